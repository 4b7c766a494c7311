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
