import { expect, test } from '@jest/globals';
import type { Connections } from '../../src/fivetran/connections.ts';
import { createOnce } from '../../src/fivetran/create-once.ts';
import { Refusal } from '../../src/fivetran/failures.ts';
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
  const budget = new WaitBudget(60_000, undefined, { sleep: async () => {} });
  const log = { info: () => {}, warning: () => {} };
  const created = createOnce(wanted, 1000, { connections, budget, log, onCreated: () => {} });
  await expect(created).rejects.toMatchObject({
    code: 'duplicate-connection',
    message: expect.stringContaining('a and b'),
  });
  expect(creates).toBe(1);
});

const lost = () => new ResponseLost(new LinkError('timeout', 'No response.', 'Wait.'));

/** Creates the connection; `responses` to its create requests, `looks` what each look finds. */
async function run(responses: (Connection | Error)[], looks: Connection[][]) {
  const told: string[] = [];
  const connections = {
    create: async () => {
      const response = responses.shift();
      if (response instanceof Error) throw response;
      return { connection: response, card: undefined };
    },
    named: async () => ({ connections: looks.shift() ?? looks.at(-1) ?? [], date: 6000 }),
  } as unknown as Connections;
  const budget = new WaitBudget(60_000, undefined, { sleep: async () => {} });
  const log = { info: () => {}, warning: () => {} };
  const onCreated = ({ id }: Connection) => told.push(id);
  const creation = await createOnce(wanted, 1000, { connections, budget, log, onCreated });
  return { creation, told, left: responses.length };
}

test('a connection of another service that appears meanwhile isn’t the lost one', async () => {
  const other = { ...existing('other'), service: 'stripe' };
  const { creation, told } = await run([lost(), existing('a')], [[other], [other], [other]]);
  expect(creation).toMatchObject({ outcome: 'created', connection: { id: 'a' } });
  expect(told).toEqual(['a']);
});

test('nor is one from before the look that found none', async () => {
  const old = { ...existing('old'), createdAt: 999 };
  const { creation } = await run([lost(), existing('a')], Array(9).fill([old]));
  expect(creation).toMatchObject({ connection: { id: 'a' } });
});

test.each([400, 409])(
  'a refusal with %i may be because of the name: it is looked up',
  async (status) => {
    const refusal = new Refusal(status, 'Taken.', 'refused', 'x', 'y');
    expect((await run([refusal], [[existing('b')]])).creation).toMatchObject({
      outcome: 'taken',
      existing: [{ id: 'b' }],
    });
    await expect(run([refusal], [[]])).rejects.toBe(refusal);
  },
);

test('any other refusal says what it says, whatever has the name', async () => {
  const refusal = new Refusal(403, 'No.', 'forbidden', 'x', 'y');
  await expect(run([refusal], [[existing('b')]])).rejects.toBe(refusal);
});

test('a second create request that is refused, while nothing has the name: the refusal says why', async () => {
  const refusal = new Refusal(400, 'No.', 'refused', 'x', 'y');
  await expect(run([lost(), refusal], [])).rejects.toBe(refusal);
});
