import { expect, test } from '@jest/globals';
import { Connections } from '../../src/fivetran/connections.ts';
import type { Request, Response } from '../../src/http/transport.ts';

/** A sender that answers everything with one connection. */
function fake() {
  const sent: Request[] = [];
  return {
    sent,
    send: async (request: Request): Promise<Response> => {
      sent.push(request);
      return { status: 200, headers: {}, body: { data: { id: 'c1' } }, date: 0 };
    },
  };
}

test('every request of a view with a deadline carries it', async () => {
  const sender = fake();
  const connections = new Connections(sender, 'connections');
  await connections.within(1234).get('c1');
  await connections.get('c1');
  expect(sender.sent.map(({ deadline }) => deadline)).toEqual([1234, undefined]);
});

test('a listing whose cursors go round ends', async () => {
  const asked: string[] = [];
  const next: Record<string, string> = { '': 'a', a: 'b', b: 'a' };
  const connections = new Connections(
    {
      send: async ({ path }) => {
        const cursor = new URL(path, 'https://a.example').searchParams.get('cursor') ?? '';
        asked.push(cursor);
        const data = { items: [], next_cursor: next[cursor] };
        return { status: 200, headers: {}, body: { data }, date: 0 };
      },
    },
    'connections',
  );
  expect(await connections.named('g', 'acme')).toEqual({ connections: [], date: 0 });
  expect(asked).toEqual(['', 'a', 'b']);
});
