import { describe, expect, test } from '@jest/globals';
import type { Connections } from '../../src/fivetran/connections.ts';
import type { ConnectorTypes } from '../../src/fivetran/connector-types.ts';
import type { Snapshot } from '../../src/github/snapshot.ts';
import type { Entries } from '../../src/github/thread.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import type { Connection } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';
import { type Entry, newEntry } from '../../src/model/issue-record.ts';
import { onboard } from '../../src/operations/onboard/onboard.ts';
import type { Onboarding, Planned } from '../../src/operations/onboard/onboarding.ts';
import { ResultsSoFar } from '../../src/operations/results-so-far.ts';
import { Cancellation } from '../../src/runner/cancellation.ts';

// One event on an issue, from the check of who may ask to the words while the links are created.

const NOW = 100_000;
const LABEL = 'connect-card';
const FORM = { Service: 'stripe', Schema: 'acme' };
const entry = (schema: string, more: Partial<Entry> = {}): Entry => ({
  ...newEntry({ group: 'g', service: 'stripe', schema }),
  ...{ connection: `c_${schema}`, state: 'expired' },
  ...more,
});
const snapshot = (entries: Entry[], more: object = {}) =>
  ({
    issue: { number: 1, open: true, labels: [LABEL], author: 'nina' },
    ...{ entries, details: { reminders: { count: 1, at: 2 } }, public: false, date: NOW },
    ...{ signed: entries.map(() => ({})), comment: undefined, former: undefined },
    ...more,
  }) as unknown as Snapshot;

interface Situation {
  kind?: 'label' | 'command';
  name?: string;
  form?: Record<string, string>;
  entries?: Entry[];
  may?: boolean;
  dryRun?: boolean;
  isRerun?: boolean;
  groups?: Map<string, string>;
  /** The issue when it is free, and when it is claimed; as it was read by default. */
  free?: Snapshot;
  claimed?: Snapshot;
  before?: Snapshot;
  publishFails?: boolean;
  at?: number;
}

async function onboarded(situation: Situation) {
  const { kind = 'label', name = '', form = FORM, entries = [], may = true } = situation;
  const read = situation.before ?? snapshot(entries);
  const events: string[] = [];
  const announced: Entries[] = [];
  const planned: Planned[] = [];
  const published: Entries[] = [];
  const thread = {
    read: async () => {
      events.push('read');
      return read;
    },
    whenFree: async (first: Snapshot) => {
      events.push('wait');
      return situation.free ?? first;
    },
    claim: async (first: Snapshot, plan: (now: Snapshot, end: number) => Promise<Planned>) => {
      const claimed = situation.claimed ?? first;
      const what = await plan(claimed, NOW + 50_000);
      events.push(what ? 'claim' : 'nothing to claim');
      if (!what) return undefined;
      announced.push({ ...what });
      planned.push(what);
      return {
        ...{ plan: what, snapshot: claimed, deadline: 9, amend: async () => {} },
        publish: async (result: Entries) => {
          if (situation.publishFails) throw new LinkError('issue-locked', 'Locked.', 'y');
          published.push(result);
          return 'https://x/comment';
        },
      };
    },
  };
  const connections = {
    get: async (id: string) => ({ id, name: 'x', service: 'stripe' }) as Connection,
    async *pages() {
      events.push('list');
      yield { connections: [], date: NOW };
    },
    named: async () => ({ connections: [], date: NOW }),
    create: async ({ schema }: { schema: string }) => ({ connection: { id: `new_${schema}` } }),
    createCard: async (id: string) => {
      events.push(`card ${id}`);
      return { link: `https://x/${id}`, token: 't', expiresAt: new Date(9_000_000) };
    },
    within: () => connections,
    createRequest: ({ schema }: { schema: string }) => ({ path: `create ${schema}` }),
    cardRequest: (id: string) => ({ path: `card ${id}` }),
  } as unknown as Connections;
  const log = (level: string) => (line: string) => void events.push(`${level}: ${line}`);
  const outputs: Record<string, unknown>[] = [];
  const shown: string[] = [];
  const runner = {
    ...{ info: () => {}, notice: log('notice'), warning: log('warning') },
    gate: { redactData: (data: unknown) => data, protect: (text: string) => shown.push(text) },
    outputs: (values: Record<string, unknown>) => void outputs.push(values),
  };
  const types = {
    describe: async (service: string) => {
      events.push(`name ${service}`);
      return { name: 'Stripe Co', docsUrl: undefined };
    },
    serviceCalled: async () => undefined,
  } as unknown as ConnectorTypes;
  const body = Object.entries(form)
    .map(([heading, answer]) => `### ${heading}\n\n${answer}`)
    .join('\n\n');
  const by = { id: 1, login: 'tess', bot: false };
  const { groups, isRerun = false, at = NOW - 1000 } = situation;
  const fields = {
    ...{ groupId: groups ? '' : 'g', service: '', schema: '', table: '', connectionId: '' },
    ...{
      redirectUri: 'https://x',
      config: {},
      settings: {},
      hideSetupGuide: true,
      allFields: false,
    },
    allowUnknownService: false,
  };
  const job = {
    trigger: {
      ...{ kind, name, by, at, isRerun, rerunBy: undefined, comment: undefined },
      issue: { number: 1, body, author: { id: 2, login: 'nina', bot: false } },
    },
    inputs: {
      ...{ concurrency: 1, dryRun: situation.dryRun ?? false },
      github: { allowPublicComment: false, label: LABEL, audience: 'team' },
    },
    task: {
      ...{ fields, services: [], label: LABEL, approvers: [] },
      rules: { groups, allowedServices: ['*'], schemaPattern: '[a-z_]+' },
    },
    github: {
      ...{ runUrl: 'https://x/run', thread: () => thread },
      repository: { mayTriage: async () => may },
    },
    context: {
      ...{ runner, connections, env: {}, maskCard: () => {}, cancellation: new Cancellation() },
      budget: new WaitBudget(0, undefined, { now: () => NOW, sleep: async () => {} }),
    },
    types,
    reactions: { seen: () => void events.push('seen') },
  } as unknown as Onboarding;
  const done = await onboard(job, new ResultsSoFar([], () => {}));
  const outcomes = done.results.map((result) => {
    const why = result.outcome === 'failed' ? ` ${result.error.code}` : '';
    return `${result.outcome}${why}`;
  });
  return { ...done, outcomes, events, announced, planned, published, outputs, shown };
}
const noticeIn = (published: Entries[]) => published[0]?.text ?? '';

describe('an approval', () => {
  test('creates what the form asks for; the group is looked at meanwhile', async () => {
    const { outcomes, events, announced, commentUrl, published, shown } = await onboarded({});
    expect(outcomes).toEqual(['linked']);
    expect(events).toEqual([...['read', 'list', 'seen', 'name stripe', 'claim', 'card new_acme']]);
    expect(announced[0]).toMatchObject({
      entries: [{ state: 'creating', intents: [{ unseenAt: NOW, until: NOW + 50_000 }] }],
      text: expect.stringContaining('Creating a link'),
      details: { reminders: { count: 1 } },
    });
    expect(commentUrl).toBe('https://x/comment');
    expect(published[0]?.entries).toMatchObject([{ connection: 'new_acme', title: 'Stripe Co' }]);
    // Those pass the gate whole, though a value of config is part of them.
    expect(shown).toEqual(expect.arrayContaining(['acme', 'Stripe Co', 'https://x/run']));
  });

  test('remembers the customer that the form names now', async () => {
    const named = await onboarded({ form: { ...FORM, Customer: 'Acme' } });
    expect(named.announced[0]?.details).toEqual({
      ...{ customer: 'Acme', reminders: { count: 1, at: 2 } },
    });
    expect(named.published[0]?.details).toMatchObject({ customer: 'Acme' });
    const before = snapshot([], { details: { customer: 'Bcme' } });
    const nobody = await onboarded({ before });
    expect(nobody.announced[0]?.details).toEqual({ customer: 'Bcme' });
  });

  test('remembers the destination’s name where the form chooses one', async () => {
    const groups = new Map([['europe', 'g']]);
    const other = entry('other', { request: { group: 'g', service: 's3', schema: 'other' } });
    const { announced, published } = await onboarded({
      ...{ groups, form: { ...FORM, Destination: 'Europe' }, entries: [other] },
    });
    expect(announced[0]?.entries.map(({ destination }) => destination)).toEqual([
      ...[undefined, 'Europe'],
    ]);
    expect(published[0]?.entries.at(-1)).toMatchObject({ destination: 'Europe' });
    const fixed = await onboarded({ form: { ...FORM, Destination: 'Europe' } });
    expect(fixed.announced[0]?.entries[0]).not.toHaveProperty('destination');
  });

  test('says what is unusual', async () => {
    const { events } = await onboarded({ form: { ...FORM, Service: 'brand_new_service' } });
    expect(events).toContainEqual(
      expect.stringMatching(/^warning: .*brand_new_service.*not known/),
    );
  });

  test('by somebody who may not approve: nothing is created, and the comment says so', async () => {
    const { outcomes, events, published, outputs } = await onboarded({ may: false });
    expect(outcomes).toEqual(['failed not-approved']);
    expect(events).toEqual(['read', 'list', 'claim']);
    expect(noticeIn(published)).toContain('Waiting for approval');
    expect(outputs[0]?.outcome).toBe('failed');
  });

  test('of a form that needs a correction, beside what is there', async () => {
    const { commentUrl, outcomes, published } = await onboarded({
      ...{ form: { Service: 'stripe' }, entries: [entry('kept')] },
    });
    expect(outcomes).toEqual(['failed form-incomplete']);
    expect(noticeIn(published)).toContain('Schema');
    expect(published[0]?.entries).toMatchObject([{ connection: 'c_kept' }]);
    expect(commentUrl).toBe('https://x/comment');
  });

  test('that is refused where the comment can’t be written: the log says so', async () => {
    const { outcomes, events, commentUrl } = await onboarded({ may: false, publishFails: true });
    expect(outcomes).toEqual(['failed not-approved']);
    expect(events).toContain("warning: The issue's comment couldn't be updated: Locked.");
    expect(commentUrl).toBeUndefined();
  });

  test('that is refused in a dry run writes nothing', async () => {
    const { outcomes, events } = await onboarded({ may: false, dryRun: true });
    expect(outcomes).toEqual(['failed not-approved']);
    expect(events).not.toContain('claim');
  });

  test('in a dry run says what would be sent', async () => {
    const entries = [entry('acme'), entry('other')];
    const { results, events } = await onboarded({ dryRun: true, entries });
    expect(results).toMatchObject([
      { outcome: 'dry-run', wouldSend: { path: 'card c_acme' } },
      { outcome: 'dry-run', wouldSend: { path: 'card c_other' } },
    ]);
    expect(events).not.toContain('claim');
  });
});

describe('an issue that has changed', () => {
  const closed = snapshot([], { issue: { number: 1, open: false, labels: [LABEL] } });

  test('before the run began: it is skipped', async () => {
    const { results, events } = await onboarded({ before: closed });
    expect(results).toMatchObject([
      { outcome: 'skipped', reason: 'The issue was closed meanwhile.' },
    ]);
    expect(events).not.toContain('claim');
  });

  test('before it was the run’s turn: there is nothing left to do', async () => {
    const { results, events } = await onboarded({ claimed: closed });
    expect(results).toMatchObject([
      { target: {}, outcome: 'skipped', reason: 'Another run has already done this.' },
    ]);
    expect(events).toContain('nothing to claim');
  });

  test('in that another run has created the links meanwhile', async () => {
    const fresh = entry('acme', { state: 'ready', renewed: NOW, expires: NOW + 1 });
    const claimed = snapshot([fresh]);
    const { results, events } = await onboarded({ claimed });
    expect(results).toMatchObject([
      { target: { service: 'stripe' }, reason: 'Another run has already done this.' },
    ]);
    expect(events).toContain('nothing to claim');
    // Of several, one that is done leaves the other to be done.
    const both = await onboarded({ claimed: snapshot([fresh, entry('other')]) });
    expect(both.outcomes).toEqual(['skipped', 'linked']);
  });

  test('whoever runs the job again gets fresh links, unless they are from since', async () => {
    const fresh = entry('acme', { state: 'ready', renewed: NOW - 1, expires: NOW + 1 });
    expect((await onboarded({ entries: [fresh] })).outcomes).toEqual(['skipped']);
    const again = await onboarded({ entries: [fresh], isRerun: true });
    expect(again.outcomes).toEqual(['linked']);
  });

  test('is looked at anew, and so is its group', async () => {
    const { events } = await onboarded({ claimed: snapshot([]) });
    expect(events.filter((event) => event === 'list')).toHaveLength(2);
  });
});

describe('the command', () => {
  const entries = [
    entry('a', { title: 'Stripe (new)' }),
    entry('b', { request: { group: 'g', service: 'google_ads', schema: 'b', table: 't' } }),
    entry('c', { connection: undefined as never, intents: [{ unseenAt: 1, until: 2 }] }),
    entry('d', { connection: undefined as never }),
  ];
  const command = (name: string, more: Situation = {}) =>
    onboarded({ kind: 'command', name, entries, ...more });

  test.each<[string, string[]]>([
    ['', ['renew a', 'renew b', 'create c']],
    ['stripe', ['renew a', 'create c']],
    ['STRIPE (new)', ['renew a']],
    ['Google_Ads', ['renew b']],
    ['google ads', ['renew b']],
    ['adwords', ['renew b']],
    ['b', ['renew b']],
    ['B.T', ['renew b']],
    ['c', ['create c']],
  ])('for %j', async (name, expected) => {
    const { planned, events } = await command(name);
    expect(
      planned[0]?.tasks.map(({ kind, entry: { request } }) => `${kind} ${request.schema}`),
    ).toEqual(expected);
    expect(events.slice(0, 3)).toEqual(['read', 'seen', 'wait']);
  });

  test.each(['d', 't', 'hubspot', 'strip'])('for %j finds nothing', async (name) => {
    const { outcomes, published } = await command(name);
    expect(outcomes).toEqual(['failed unknown-connection']);
    expect(noticeIn(published)).toContain('no connection of that name');
  });

  test('waits for a run that is creating what it is to renew', async () => {
    const before = snapshot([], { signed: [{}] });
    const { outcomes } = await onboarded({
      ...{ kind: 'command', before, free: snapshot([entry('a')]) },
    });
    expect(outcomes).toEqual(['linked']);
  });

  test('of somebody who may not: nobody waits for anything', async () => {
    const { outcomes, events, published } = await command('', { may: false });
    expect(outcomes).toEqual(['failed not-approved']);
    expect(events).toEqual(['read']);
    expect(published).toEqual([]);
  });

  test('counts links that are to be replaced as lost, should the run die', async () => {
    const ready = entry('a', { state: 'ready', expires: NOW + 1, link: 'x' });
    const { announced } = await onboarded({
      ...{ kind: 'command', entries: [ready, entry('b')], at: NOW },
    });
    expect(announced[0]?.entries).toMatchObject([
      { connection: 'c_a', state: 'failed', error: 'cancelled', expires: 0 },
      { connection: 'c_b', state: 'expired' },
    ]);
    expect(announced[0]?.entries[0]).not.toHaveProperty('link');
    expect(announced[0]?.text).toContain('links for **Stripe Co**, **Stripe Co**');
  });

  test('keeps what is remembered of the issue', async () => {
    const before = snapshot([entry('a')], { details: { customer: 'Acme' } });
    const { announced, published } = await onboarded({ kind: 'command', before });
    expect(announced[0]?.details).toEqual({ customer: 'Acme' });
    expect(published[0]?.details).toEqual({ customer: 'Acme' });
  });
});
