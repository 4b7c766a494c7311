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
