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

test('within a deadline, requests are sent until it has passed', async () => {
  const sender = fake();
  const connections = new Connections(sender, 'connections');
  expect(await connections.within(Date.now() + 60_000).get('c1')).toMatchObject({ id: 'c1' });
  expect(sender.sent).toHaveLength(1);
  await expect(connections.within(Date.now() - 1).get('c1')).rejects.toMatchObject({
    code: 'timeout',
  });
  expect(sender.sent).toHaveLength(1);
  await connections.get('c1');
  expect(sender.sent).toHaveLength(2);
});
