import { expect, test } from '@jest/globals';
import type { Connections } from '../../src/fivetran/connections.ts';
import { LinkError } from '../../src/model/errors.ts';
import { type Entry, newEntry } from '../../src/model/issue-record.ts';
import { readSetupStates } from '../../src/operations/follow-up/setup-states.ts';

const entry = (connection: string, group = 'g'): Entry => ({
  ...newEntry({ group, service: 'stripe', schema: connection }),
  connection,
  state: 'ready',
});

/** Connections in a group that has these pages; asked one by one, none exists. */
function fivetran(pages: Record<string, string>[], failure?: LinkError) {
  const sent: string[] = [];
  const connections = {
    async *pages(group: string) {
      for (const page of pages) {
        sent.push(`list ${group}`);
        if (failure) throw failure;
        yield { connections: Object.entries(page).map(([id, setupState]) => ({ id, setupState })) };
      }
    },
    get: async (id: string) => {
      sent.push(`get ${id}`);
      throw failure ?? new LinkError('unknown-connection', 'x', 'y');
    },
    named: async (_: string, name: string) => {
      sent.push(`named ${name}`);
      return { connections: [] };
    },
  } as unknown as Connections;
  return { sent, connections };
}

const read = async (connections: Connections, entries: Entry[]) =>
  Object.fromEntries(await readSetupStates(entries, connections, 1, () => false));

test('a single connection of a group is asked for, and what is gone is looked up by its name', async () => {
  const { sent, connections } = fivetran([{}]);
  expect(await read(connections, [entry('a')])).toEqual({ a: 'gone' });
  expect(sent).toEqual(['get a', 'named a']);
});

test('a listing is read until all are found', async () => {
  const { sent, connections } = fivetran([{ a: 'connected', b: 'broken' }, { c: 'incomplete' }]);
  expect(await read(connections, [entry('a'), entry('b')])).toEqual({
    a: 'connected',
    b: 'broken',
  });
  expect(sent).toEqual(['list g']);
});

test('no more pages are read than there are connections; the rest are asked for, and looked up', async () => {
  const { sent, connections } = fivetran([{ x: 'connected' }, { a: 'connected' }, {}, {}]);
  expect(await read(connections, [entry('a'), entry('b')])).toEqual({ a: 'connected', b: 'gone' });
  expect(sent).toEqual(['list g', 'list g', 'get b', 'named b']);
});

test('what a whole listing lacks takes one more response to be gone', async () => {
  const { sent, connections } = fivetran([{ a: 'connected' }]);
  expect(await read(connections, [entry('a'), entry('b')])).toEqual({ a: 'connected', b: 'gone' });
  expect(sent).toEqual(['list g', 'get b']);
});

test('where a key is rejected nothing more is sent, and every connection has that error', async () => {
  const { sent, connections } = fivetran([{}], new LinkError('unauthorized', 'x', 'y'));
  const states = await read(connections, [
    entry('a'),
    entry('b'),
    entry('c', 'h'),
    entry('d', 'h'),
  ]);
  expect(sent).toEqual(['list g']);
  expect(Object.values(states).map((state) => (state as LinkError).code)).toEqual(
    Array(4).fill('unauthorized'),
  );
});

test('a state that Fivetran doesn’t say, or that nobody knows, is a failure and not a state', async () => {
  const { connections } = fivetran([{ a: undefined as never, b: 'connected' }]);
  expect(await read(connections, [entry('a'), entry('b')])).toMatchObject({
    a: { code: 'bad-answer', message: expect.stringContaining('connection a') },
    b: 'connected',
  });
  const single = { ...connections, get: async (id: string) => ({ id, setupState: undefined }) };
  expect(await read(single as never, [entry('a')])).toMatchObject({ a: { code: 'bad-answer' } });
});

test('however many connections have a state that nobody knows, the others are asked for', async () => {
  const unknown = Array.from({ length: 20 }, (_, n) => entry(`new${n}`, `g${n}`));
  const get = async (id: string) => ({ id, setupState: id === 'a' ? 'connected' : undefined });
  const states = await read({ get } as unknown as Connections, [...unknown, entry('a', 'h')]);
  expect(states.a).toBe('connected');
  expect(states.new19).toMatchObject({
    code: 'bad-answer',
    message: expect.stringContaining('new19'),
  });
});

test('what only one of two responses calls missing exists, and a state that isn’t told is none', async () => {
  const { connections } = fivetran([]);
  const listed = [{ id: 'other' }, { id: 'a', setupState: 'broken' }, { id: 'b' }];
  const named = async () => ({ connections: listed });
  const doubtful = { ...connections, named } as unknown as Connections;
  expect(await read(doubtful, [entry('a')])).toEqual({ a: 'broken' });
  expect(await read(doubtful, [entry('b', 'h')])).toMatchObject({ b: { code: 'bad-answer' } });
});

test('others’ connections in a listing are no matter', async () => {
  const { connections } = fivetran([{ a: 'broken', x: 'connected', b: 'incomplete' }]);
  expect(await read(connections, [entry('a'), entry('b')])).toEqual({
    ...{ a: 'broken', b: 'incomplete' },
  });
});

test('entries without a connection aren’t asked for', async () => {
  const { sent, connections } = fivetran([{ a: 'broken' }]);
  const { connection: _, ...without } = entry('b');
  expect(await read(connections, [entry('a'), without])).toEqual({ a: 'gone' });
  expect(sent).toEqual(['get a', 'named a']);
  expect(await read(connections, [])).toEqual({});
});

test('one that can’t be read has its error, the others their state', async () => {
  const error = new LinkError('forbidden', 'x', 'y');
  const { connections } = fivetran([]);
  const get = async (id: string) => {
    if (id === 'a') throw error;
    return { id, setupState: 'connected' };
  };
  const states = await read({ ...connections, get } as unknown as Connections, [
    ...[entry('a'), entry('b', 'h')],
  ]);
  expect(states).toEqual({ a: error, b: 'connected' });
});

test('each page costs a request: none is read in vain', async () => {
  const { sent, connections } = fivetran([{}, {}, { a: 'broken', b: 'broken', c: 'broken' }, {}]);
  expect(await read(connections, [entry('a'), entry('b'), entry('c')])).toEqual({
    ...{ a: 'broken', b: 'broken', c: 'broken' },
  });
  expect(sent).toEqual(['list g', 'list g', 'list g']);
});

test('a run that is to stop asks for nothing more', async () => {
  const { sent, connections } = fivetran([{}]);
  const none = await readSetupStates([entry('a')], connections, 1, () => true);
  expect([...none]).toEqual([]);
  expect(sent).toEqual([]);
  let asked = 0;
  const some = await readSetupStates(
    [entry('a'), entry('b', 'h')],
    connections,
    1,
    () => asked++ > 3,
  );
  expect([...some.keys()]).toEqual(['a']);
});

test('so many groups and connections at a time as concurrency says', async () => {
  let [now, most] = [0, 0];
  const get = async (id: string) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    return { id, setupState: 'connected' };
  };
  const entries = ['a', 'b', 'c', 'd'].map((id) => entry(id, id));
  const { connections } = fivetran([]);
  const busy = { ...connections, get } as unknown as Connections;
  await readSetupStates(entries, busy, 2, () => false);
  expect(most).toBe(2);
});

test('an outage ends the listings, whatever else there is to ask for', async () => {
  const sent: string[] = [];
  const connections = {
    // biome-ignore lint/correctness/useYield: it fails before the first page
    async *pages(group: string) {
      sent.push(group);
      throw new LinkError('network', `No ${group}.`, 'y');
    },
    get: async () => ({ setupState: 'connected' }),
  } as unknown as Connections;
  // Between them groups that aren't listed, which says nothing about the network.
  const entries = Array.from({ length: 15 }, (_, n) => [
    ...[entry(`a${n}`, `g${n}`), entry(`b${n}`, `g${n}`), entry(`c${n}`, `h${n}`)],
  ]).flat();
  await read(connections, entries);
  expect(sent).toHaveLength(10);
});
