import { expect, test } from '@jest/globals';
import type { Connections } from '../../src/fivetran/connections.ts';
import { createOnce } from '../../src/fivetran/create-once.ts';
import { ResponseLost } from '../../src/http/transport.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import type { Connection, NewConnection } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';

const wanted: NewConnection = {
  groupId: 'g',
  service: 'google_ads',
  schema: 'acme',
  config: {},
  settings: {},
  card: { redirectUri: 'https://example.com', hideSetupGuide: false, allFields: false },
};
const existing = (id: string): Connection => ({
  id,
  service: 'google_ads',
  name: 'acme',
  groupId: 'g',
  setupState: 'incomplete',
  createdAt: 5000,
});

test('two connections found after a lost response lead to no third', async () => {
  let creates = 0;
  const connections = {
    create: () => {
      creates += 1;
      return Promise.reject(new ResponseLost(new LinkError('timeout', 'No response.', 'Wait.')));
    },
    named: async () => ({ connections: [existing('a'), existing('b')], date: 6000 }),
  } as unknown as Connections;
  const budget = new WaitBudget(60_000, undefined, Date.now, async () => {});
  const log = { info: () => {}, warning: () => {} };
  const created = createOnce(wanted, 1000, { connections, budget, log, onCreated: () => {} });
  await expect(created).rejects.toMatchObject({
    code: 'duplicate-connection',
    message: expect.stringContaining('a and b'),
  });
  expect(creates).toBe(1);
});
