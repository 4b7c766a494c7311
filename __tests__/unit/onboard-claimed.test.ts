import { describe, expect, test } from '@jest/globals';
import type { Connections } from '../../src/fivetran/connections.ts';
import type { Snapshot } from '../../src/github/snapshot.ts';
import type { Claim, Entries } from '../../src/github/thread.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import type { Card, Connection } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';
import { type ApprovedRequest, type Entry, newEntry } from '../../src/model/issue-record.ts';
import { DisplayNames } from '../../src/operations/display-names.ts';
import type { Onboarding, Planned } from '../../src/operations/onboard/onboarding.ts';
import type { Task } from '../../src/operations/onboard/plan.ts';
import { work } from '../../src/operations/onboard/under-claim.ts';
import { ResultsSoFar } from '../../src/operations/results-so-far.ts';
import { fingerprintOf } from '../../src/report/links-in-comment.ts';
import { Cancellation } from '../../src/runner/cancellation.ts';

// What is done while an issue is claimed, and what its list and its comment say afterwards.

const NOW = 1000;
const linkOf = (id: string) => `https://fivetran.com/connect-card/setup?auth=${id}`;
const request = (schema: string, service = 'stripe'): ApprovedRequest => ({
  ...{ group: 'g', service, schema },
});
const entry = (schema: string, more: Partial<Entry> = {}, service = 'stripe'): Entry => ({
  ...newEntry(request(schema, service)),
  ...more,
});
const intents = (until: number) => [{ unseenAt: 1, until }];
const task = (kind: Task['kind'], one: Entry, more: object = {}) => {
  const { group: groupId, ...name } = one.request;
  const connection = { groupId, ...name, card: {}, settings: {} };
  return {
    ...{
      kind,
      entry: one,
      request: { kind: 'named', target: { service: name.service }, connection },
    },
    ...more,
  } as unknown as Task;
};
const renew = (id: string, schema: string, service = 'stripe') =>
  task('renew', entry(schema, { connection: id, state: 'expired' }, service), {
    found: Promise.resolve({ id, service, name: schema } as Connection),
  });
const refuse = (schema: string, code: LinkError['code'] = 'network') =>
  task('refuse', entry(schema), { error: new LinkError(code, 'No.', 'y') });

interface Situation {
  before?: Entry[];
  kind?: 'label' | 'command';
  isPublic?: boolean;
  publishFails?: boolean;
  /** Called when a card is created. */
  onCard?: (id: string, cancellation: Cancellation) => Promise<void>;
  amended?: (entries: Entry[]) => Promise<void>;
  details?: Planned['details'];
  concurrency?: number;
}

async function worked(tasks: Task[], situation: Situation = {}) {
  const { before = [], kind = 'label', isPublic = false, concurrency = 4 } = situation;
  const events: string[] = [];
  const outputs: Record<string, unknown>[] = [];
  const cancellation = new Cancellation();
  const within = {
    createCard: async (id: string): Promise<Card> => {
      events.push(`card ${id}`);
      await situation.onCard?.(id, cancellation);
      return { link: linkOf(id), token: 't', expiresAt: new Date(9_000_000) };
    },
    create: async ({ schema, service }: { schema: string; service: string }) => {
      events.push(`create ${schema}`);
      return { connection: { id: `new_${schema}`, service, name: schema }, card: undefined };
    },
    named: async () => ({ connections: [], date: NOW }),
  };
  const connections = {
    within: (deadline: number) => {
      events.push(`within ${deadline}`);
      return within;
    },
  } as unknown as Connections;
  const masked: string[] = [];
  const runner = {
    ...{ info: () => {}, warning: () => {} },
    notice: (line: string) => events.push(`notice ${line.slice(0, 24)}`),
    gate: { redactData: (data: unknown) => data, protect: () => {} },
    outputs: (values: Record<string, unknown>) => void outputs.push(values),
  };
  const maskCard = ({ link }: { link: string }) => void masked.push(link);
  const job = {
    trigger: { kind },
    inputs: { concurrency, github: { allowPublicComment: false, label: 'l', audience: 'team' } },
    github: { runUrl: 'https://x' },
    context: {
      ...{ runner, cancellation, connections, maskCard, env: {} },
      budget: new WaitBudget(1000, undefined, { sleep: async () => {} }),
    },
  } as unknown as Onboarding;
  const snapshot = {
    issue: { number: 1, open: true, labels: ['l'], author: 'nina' },
    ...{ entries: before, details: {}, public: isPublic, date: NOW },
    comment: { body: `[x](${linkOf('kept')})` },
  } as unknown as Snapshot;
  const published: Entries[] = [];
  const amended: Entry[][] = [];
  const survey = { of: async () => ({ connections: [], date: 50, readAt: 0 }) };
  const planning = { entries: before, survey, requestedAt: 0, end: 100, now: () => 0 };
  const plan = { tasks, planning, entries: before, text: 'x', details: situation.details };
  const claim = {
    ...{ plan, snapshot, deadline: 77 },
    amend: async ({ entries }: Entries) => {
      await situation.amended?.(entries);
      amended.push(entries);
    },
    publish: async (result: Entries) => {
      if (situation.publishFails) throw new LinkError('github-failed', 'Not written.', 'y');
      published.push(result);
      return 'https://x/comment';
    },
  } as unknown as Claim<Planned>;
  const results = new ResultsSoFar([], maskCard);
  const done = await work(job, claim, new DisplayNames({} as never), results);
  const list = (published[0]?.entries ?? []).map(
    ({ request: { schema }, state, connection = '-' }) => `${schema} ${connection} ${state}`,
  );
  return { ...done, events, masked, outputs, published, amended, list };
}

describe('while the issue is claimed', () => {
  test('each connection gets its link; the list has the form’s order, whichever is done first', async () => {
    let slow = () => {};
    const waiting = new Promise<void>((resolve) => {
      slow = resolve;
    });
    const { results, list, events, commentUrl, hasLinks, published } = await worked(
      [renew('one', 'a'), renew('two', 'b')],
      { onCard: (id) => (id === 'one' ? waiting : Promise.resolve(slow())) },
    );
    expect(results.map(({ outcome, connection }) => `${outcome} ${connection?.id}`)).toEqual([
      ...['linked one', 'linked two'],
    ]);
    expect(list).toEqual(['a one ready', 'b two ready']);
    expect(events).toEqual(['within 77', 'card one', 'card two']);
    expect({ commentUrl, hasLinks }).toEqual({ commentUrl: 'https://x/comment', hasLinks: true });
    expect(published[0]?.text).toContain(linkOf('one'));
    expect(published[0]?.text).toContain(linkOf('two'));
  });

  test('no more at a time than concurrency says', async () => {
    let [now, most] = [0, 0];
    const onCard = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
    };
    const tasks = ['a', 'b', 'c', 'd'].map((id) => renew(id, id));
    await worked(tasks, { onCard, concurrency: 2 });
    expect(most).toBe(2);
  });

  test('outputs have the links before the comment is written, which may fail', async () => {
    const { results, outputs, message } = await worked([renew('one', 'a'), refuse('b')], {
      publishFails: true,
    });
    expect(JSON.parse(String(outputs[0]?.results))).toMatchObject([{ link: linkOf('one') }, {}]);
    expect(results).toMatchObject([
      {
        ...{ outcome: 'failed', card: { link: linkOf('one') } },
        error: { code: 'github-failed', message: expect.stringContaining('connection one') },
      },
      // It has failed before, and says why.
      { outcome: 'failed', error: { code: 'network' } },
    ]);
    expect(message).toContain(linkOf('one'));
  });

  test('the message for the customer has the links that the comment keeps, masked', async () => {
    const kept = entry('k', {
      ...{
        connection: 'kept',
        state: 'ready',
        expires: 9_000_000,
        link: fingerprintOf(linkOf('kept')),
      },
    });
    const { message, masked, list } = await worked([renew('one', 'a', 'hubspot')], {
      before: [kept],
    });
    expect(message).toContain(linkOf('kept'));
    expect(message).toContain(linkOf('one'));
    expect(masked).toContain(linkOf('kept'));
    expect(list).toEqual(['k kept ready', 'a one ready']);
  });

  test('without a link there is no message', async () => {
    const { message, results } = await worked([refuse('a')]);
    expect(message).toBeUndefined();
    expect(results).toMatchObject([{ error: { code: 'network' } }]);
  });

  test('a public repository’s comment has no link, and the log says why', async () => {
    const { events, hasLinks, published, message } = await worked([renew('one', 'a')], {
      isPublic: true,
    });
    expect(hasLinks).toBe(false);
    expect(published[0]?.text).not.toContain(linkOf('one'));
    expect(message).toContain(linkOf('one'));
    expect(events).toContain('notice The repository is public');
    const none = await worked([refuse('a')], { isPublic: true });
    expect(none.events.join()).not.toContain('public');
  });

  test('who it is for is remembered, and stands in the comment', async () => {
    const details = { customer: 'Acme' };
    const { published } = await worked([renew('one', 'a')], { details });
    expect(published[0]).toMatchObject({ details, text: expect.stringContaining('Acme') });
    expect((await worked([renew('one', 'a')])).published[0]?.details).toEqual({});
  });

  test('a different request is told of beside the list', async () => {
    const one = entry('a', { connection: 'one', state: 'connected' });
    const other = task('refuse', one, { error: new LinkError('different-request', 'x', 'y') });
    const { published, list } = await worked([other], { before: [one] });
    expect(published[0]?.text).toContain('another schema or group than was approved for Stripe');
    expect(list).toEqual(['a one connected']);
    expect((await worked([refuse('a')])).published[0]?.text).not.toContain('another schema');
  });
});

describe('a run that is cancelled', () => {
  test('begins nothing more: what wasn’t begun stays as it was, or was never sent', async () => {
    const creating = entry('c', { intents: [...intents(5), ...intents(600)] }, 'hubspot');
    const later = task('create', creating, { unseenAt: 50, earlier: intents(5) });
    const ready = task('renew', entry('b', { connection: 'two', state: 'expired' }, 's3'));
    const { results, list, published, events } = await worked([renew('one', 'a'), ready, later], {
      onCard: async (_, cancellation) => cancellation.request(),
      concurrency: 1,
    });
    expect(events).toEqual(['within 77', 'card one']);
    expect(results).toMatchObject([
      { outcome: 'linked' },
      { outcome: 'failed', error: { code: 'cancelled' } },
      { outcome: 'failed', error: { code: 'cancelled' } },
    ]);
    expect(list).toEqual(['a one ready', 'b two expired', 'c - failed']);
    expect(published[0]?.entries[2]).toMatchObject({ error: 'cancelled', intents: intents(5) });
  });
});

describe('what is announced while it is done', () => {
  const gone = (id: string, schema: string, service: string) =>
    task('renew', entry(schema, { connection: id, state: 'expired' }, service), {
      found: Promise.resolve(new LinkError('unknown-connection', 'Gone.', 'y')),
      approved: true,
    });

  test('is written one after the other, each list with those before', async () => {
    const order: string[] = [];
    const { amended } = await worked([gone('one', 'a', 'stripe'), gone('two', 'b', 's3')], {
      amended: async (entries) => {
        order.push(`begin ${entries.length}`);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`end ${entries.length}`);
      },
    });
    expect(order).toEqual(['begin 2', 'end 2', 'begin 2', 'end 2']);
    expect(amended.at(-1)?.map(({ request: { schema } }) => schema)).toEqual(['a', 'b']);
  });

  test('and not written: that one isn’t created, the next is', async () => {
    let failures = 1;
    const { results, events } = await worked([gone('one', 'a', 'stripe'), gone('two', 'b', 's3')], {
      amended: async () => {
        if (failures-- > 0) throw new LinkError('github-failed', 'x', 'y');
      },
    });
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'linked']);
    expect(events.filter((event) => event.startsWith('create'))).toEqual(['create b']);
  });
});

describe('what leaves the list', () => {
  const kept = async (before: Entry, tasks: Task[], kind: 'label' | 'command' = 'label') =>
    (await worked(tasks, { before: [before], kind })).list.some((line) =>
      line.startsWith(`${before.request.schema} ${before.connection ?? '-'} `),
    );
  const made = entry('old', { connection: 'old', state: 'expired' });
  const never = entry('old', { state: 'failed' });
  const creating = (schema: string, more: object = {}) =>
    task('create', entry(schema, { state: 'creating' }), { unseenAt: 50, earlier: [], ...more });

  test.each<[string, Entry, Task[], boolean]>([
    ['a connection, for one in its place', made, [creating('new', { replaces: [made] })], false],
    ['a connection that exists', made, [creating('new')], true],
    [
      'a connection, for another’s replacement',
      made,
      [creating('new', { replaces: [entry('x', { connection: 'x' })] })],
      true,
    ],
    ['what never came to exist, for another of its type', never, [creating('new')], false],
    ['what never came to exist, and isn’t asked for', never, [renew('one', 'a', 'hubspot')], false],
    ['what never came to exist, and is asked for again', never, [refuse('old')], true],
    ['what may come to exist', { ...never, intents: intents(NOW + 1) }, [creating('new')], true],
    ['what may have, until now', { ...never, intents: intents(NOW) }, [creating('new')], false],
    [
      'what may have, and isn’t asked for',
      { ...never, intents: intents(NOW) },
      [renew('one', 'a', 'hubspot')],
      true,
    ],
    [
      'one of two that may yet',
      { ...never, intents: [...intents(5), ...intents(NOW + 1)] },
      [creating('new')],
      true,
    ],
  ])('%s', async (_, before, tasks, stays) => {
    expect(await kept(before, tasks)).toBe(stays);
  });

  test('nothing that isn’t asked for, for the command', async () => {
    expect(await kept(never, [renew('one', 'a', 'hubspot')], 'command')).toBe(true);
    expect(await kept(never, [creating('new')], 'command')).toBe(false);
  });
});
