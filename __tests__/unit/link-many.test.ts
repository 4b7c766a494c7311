import { describe, expect, jest, test } from '@jest/globals';
import type { Connections } from '../../src/fivetran/connections.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import type { Inputs } from '../../src/inputs/read-inputs.ts';
import type { Card, Connection } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';
import type { LinkRequest } from '../../src/model/link.ts';
import { linkMany } from '../../src/operations/link/batch.ts';
import { linkOne } from '../../src/operations/link/one-link.ts';
import type { RunContext } from '../../src/operations/run-context.ts';
import { Cancellation } from '../../src/runner/cancellation.ts';

// Links without an issue, one and many: what is sent, and what is said in the end.

const named = (schema: string, more: object = {}, groupId = 'g'): LinkRequest =>
  ({
    ...{ kind: 'named', target: { schema }, position: undefined },
    connection: { groupId, service: 'stripe', schema, config: {}, settings: {}, card: {}, ...more },
  }) as unknown as LinkRequest;
const byId = (connectionId: string) =>
  ({
    kind: 'existing',
    connectionId,
    target: { connectionId },
    card: {},
  }) as unknown as LinkRequest;

interface Situation {
  /** Names that exist already. */
  existing?: string[];
  failing?: Record<string, LinkError>;
  concurrency?: number;
  onCreate?: (schema: string, cancellation: Cancellation) => Promise<void> | undefined;
  event?: string;
}

function context({ existing = [], failing = {}, onCreate, event, ...more }: Situation) {
  const events: string[] = [];
  const outputs: Record<string, unknown>[] = [];
  const masked: string[] = [];
  let over = () => {};
  const cancellation = new Cancellation((callBack) => {
    over = callBack;
  });
  const has = (name: string) =>
    ({ id: `c_${name}`, name, service: 'stripe', groupId: 'g' }) as Connection;
  const card = (id: string): Card => ({
    ...{ link: `https://x/${id}`, token: `t_${id}`, expiresAt: new Date(9_000_000) },
  });
  const connections = {
    async *pages(group: string) {
      events.push(`list ${group}`);
      if (failing[group]) throw failing[group];
      yield { connections: [...existing, 'unwanted'].map(has), date: 1 };
    },
    named: async (_: string, name: string) => ({
      ...{ connections: existing.includes(name) ? [has(name)] : [], date: 1 },
    }),
    get: async (id: string) => ({ ...has(id), id }),
    create: async ({ schema }: { schema: string }) => {
      events.push(`create ${schema}`);
      await onCreate?.(schema, cancellation);
      if (failing[schema]) throw failing[schema];
      return { connection: { ...has(schema), id: `new_${schema}` }, card: card(schema) };
    },
    createCard: async (id: string) => card(id),
  } as unknown as Connections;
  const log = (kind: string) => (line: string) => void events.push(`${kind}: ${line}`);
  const runner = {
    ...{ info: log('info'), debug: log('debug'), notice: log('notice'), warning: log('warning') },
    ...{ error: log('error'), group: log('group'), summary: () => {} },
    gate: { redactData: (data: unknown) => data },
    outputs: (values: Record<string, unknown>) => void outputs.push(values),
  };
  const run = {
    ...{ env: { GITHUB_EVENT_NAME: event }, runner, cancellation, connections },
    budget: new WaitBudget(0, cancellation.signal),
    maskCard: ({ link }: { link: string }) => void masked.push(link),
  } as unknown as RunContext;
  const inputs = {
    ...{ concurrency: more.concurrency ?? 1, onExisting: 'reuse', dryRun: false },
    github: { message: undefined, issueNumber: undefined },
  } as unknown as Inputs;
  return { run, inputs, events, outputs, masked, end: () => over() };
}
const results = (outputs: Record<string, unknown>[]) =>
  JSON.parse(String(outputs.at(-1)?.results)) as Record<string, unknown>[];

describe('many links', () => {
  test('are made with one listing of their group, each masked, in the list’s order', async () => {
    const { run, inputs, events, outputs, masked } = context({ existing: ['b'] });
    const requests = [named('a'), named('b'), byId('one'), named('d')];
    expect(await linkMany(requests, inputs, run)).toBe(true);
    expect(events.filter((event) => /^(?:list|create|info)/.test(event))).toEqual([
      ...['info: 4 links, at most 1 requests at a time.', 'list g', 'create a', 'create d'],
      expect.stringMatching(/^info: Done: /),
    ]);
    expect(results(outputs)).toMatchObject([
      { connection_id: 'new_a', created: true, link: 'https://x/a' },
      { connection_id: 'c_b', created: false },
      { connection_id: 'one', created: false },
      { connection_id: 'new_d', created: true },
    ]);
    expect(masked).toHaveLength(4);
    // What is said of each is for those who look for it.
    expect(events).toContainEqual(expect.stringMatching(/^debug: Created connection new_a/));
    expect(events.filter((event) => event.startsWith('notice'))).toEqual([]);
  });

  test('of which one fails: the others are made', async () => {
    const failing = { b: new LinkError('refused', 'No.', 'y') };
    const { run, inputs, outputs } = context({ failing });
    expect(await linkMany([named('a'), named('b'), named('c')], inputs, run)).toBe(false);
    expect(results(outputs).map(({ outcome }) => outcome)).toEqual(['linked', 'failed', 'linked']);
  });

  test('nothing more is sent where all would fail alike, or all of a group', async () => {
    const bad = context({ failing: { a: new LinkError('unauthorized', 'Bad key.', 'y') } });
    expect(await linkMany([named('a'), named('b')], bad.inputs, bad.run)).toBe(false);
    expect(bad.events).not.toContain('create b');
    expect(results(bad.outputs)).toMatchObject([{}, { error: { code: 'unauthorized' } }]);
    const group = context({ failing: { g: new LinkError('unknown-group', 'No group.', 'y') } });
    const requests = [named('a'), named('b'), named('c', {}, 'h')];
    expect(await linkMany(requests, group.inputs, group.run)).toBe(false);
    expect(group.events.filter((event) => /^(?:list|create)/.test(event))).toEqual([
      ...['list g', 'list h', 'create c'],
    ]);
  });

  test('for connections that stay as they are, which the request has otherwise: how many', async () => {
    const { run, inputs, events } = context({ existing: ['a', 'b', 'c'] });
    const requests = [
      ...[named('a', { config: { x: 1 } }), named('b', { settings: { paused: true } })],
      ...[named('c'), named('d', { config: { x: 1 } }), byId('one')],
    ];
    await linkMany(requests, inputs, run);
    expect(events.filter((event) => event.startsWith('notice'))).toEqual([
      'notice: Existing connections stay as they are: config and settings are ignored for 2 of them.',
    ]);
  });

  test('so many at a time', async () => {
    let [now, most] = [0, 0];
    const onCreate = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
    };
    const { run, inputs } = context({ onCreate, concurrency: 3 });
    await linkMany(
      ['a', 'b', 'c', 'd', 'e'].map((one) => named(one)),
      inputs,
      run,
    );
    expect(most).toBe(3);
  });

  test('of a batch that takes long: how far it is', async () => {
    let time = 0;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => time);
    const onCreate = async () => {
      time += 3000;
    };
    const { run, inputs, events } = context({ onCreate });
    await linkMany(
      ['a', 'b', 'c'].map((one) => named(one)),
      inputs,
      run,
    );
    clock.mockRestore();
    expect(events).toContain('info: 2 of 3 done, 0 failed; 0.3 a second, 1 left, about 3 s.');
  });

  test('of a run that is cancelled: what is in progress may finish, nothing more is begun', async () => {
    const onCreate = async (_: string, cancellation: Cancellation) => cancellation.request();
    const { run, inputs, events, outputs } = context({ onCreate });
    expect(await linkMany([named('a'), named('b')], inputs, run)).toBe(false);
    expect(events).not.toContain('create b');
    const message = expect.stringContaining('before this was begun');
    expect(results(outputs)).toMatchObject([
      { outcome: 'linked' },
      { outcome: 'failed', error: { code: 'cancelled', message } },
    ]);
  });

  test('of a run that has no more time: what is known is reported', async () => {
    const situation = context({
      onCreate: async (_, cancellation) => {
        cancellation.request();
        situation.end();
        await new Promise(() => {});
      },
    });
    const { run, inputs, outputs } = situation;
    expect(await linkMany([named('a'), named('b')], inputs, run)).toBe(false);
    expect(results(outputs)).toMatchObject([
      { error: { message: expect.stringContaining('may have been created') } },
      { error: { message: expect.stringContaining('before this was begun') } },
    ]);
  });

  test('of a dry run that is cancelled: no comment is missed', async () => {
    const { run, inputs, events, end } = context({ existing: ['a'], event: 'issues' });
    const dry = { ...inputs, dryRun: true } as Inputs;
    const { connections } = run;
    const pages = connections.pages.bind(connections);
    connections.pages = async function* (group, query) {
      if (group === 'slow') {
        run.cancellation.request();
        end();
        await new Promise(() => {});
      }
      yield* pages(group, query);
    };
    connections.cardRequest = () => ({}) as never;
    await linkMany([named('a'), named('b', {}, 'slow')], dry, run);
    expect(events.join()).not.toContain('commented');
  });

  test('that a cancelled run has no time to comment are in the outputs all the same', async () => {
    const situation = context({
      event: 'issues',
      onCreate: async (_, cancellation) => cancellation.request(),
    });
    const { run, inputs, outputs } = situation;
    expect(await linkMany([named('a')], inputs, run)).toBe(true);
    expect(outputs.at(-1)).toMatchObject({ link: 'https://x/a' });
  });
});

describe('one link', () => {
  test('is introduced, made, and put into words for the customer', async () => {
    const { run, inputs, events, outputs } = context({});
    expect(await linkOne(named('a'), inputs, run)).toBe(true);
    expect(events[0]).toBe('info: A link for stripe as a in group g.');
    expect(outputs.at(-1)).toMatchObject({
      ...{ link: 'https://x/a', token: 't_a', 'connection-id': 'new_a', outcome: 'linked' },
      message: expect.stringContaining('https://x/a'),
    });
  });

  test('for a connection by its id', async () => {
    const { run, inputs, events, outputs } = context({});
    await linkOne(byId('one'), inputs, run);
    expect(events[0]).toBe('info: A link for connection one.');
    expect(outputs.at(-1)).toMatchObject({ 'connection-id': 'one', created: false });
  });

  test('that can’t be made has no message', async () => {
    const failing = { a: new LinkError('refused', 'No.', 'y') };
    const { run, inputs, outputs } = context({ failing });
    expect(await linkOne(named('a'), inputs, run)).toBe(false);
    expect(outputs.at(-1)).toMatchObject({ outcome: 'failed', message: undefined });
  });

  test('of a run that has no more time: it may have been created', async () => {
    const situation = context({
      onCreate: async (_, cancellation) => {
        cancellation.request();
        situation.end();
        await new Promise(() => {});
      },
    });
    const { run, inputs, outputs } = situation;
    expect(await linkOne(named('a'), inputs, run)).toBe(false);
    expect(results(outputs)).toMatchObject([{ error: { code: 'cancelled' } }]);
  });
});
