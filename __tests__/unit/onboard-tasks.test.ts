import { expect, test } from '@jest/globals';
import type { Connections } from '../../src/fivetran/connections.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import type { Connection } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';
import { newEntry } from '../../src/model/issue-record.ts';
import type { Planning, Task } from '../../src/operations/onboard/plan.ts';
import { withheld } from '../../src/operations/onboard/withheld.ts';
import { carryOut } from '../../src/operations/onboard/work.ts';

const target = { name: 'Acme' };
const request = {
  target,
  kind: 'named',
  connection: { service: 'stripe', card: {}, settings: {} },
};
const entry = newEntry({ group: 'g', service: 'stripe', schema: 'acme' });
const connection = (id: string, createdAt: number) =>
  ({ id, service: 'stripe', name: 'acme', groupId: 'g', createdAt }) as Connection;

/** Carries out a create while an earlier run may still be creating; what each look finds. */
async function createBeside(found: Connection[]) {
  let creates = 0;
  const connections = {
    create: async () => {
      creates += 1;
      return { connection: connection('new', 60), card: undefined };
    },
    createCard: async () => ({
      link: 'https://example.com/card',
      token: 'y',
      expiresAt: new Date(),
    }),
    named: async () => ({ connections: found, date: 60 }),
  } as unknown as Connections;
  const earlier = [{ unseenAt: 10, until: 100 }];
  const task = { kind: 'create', request, entry, unseenAt: 50, earlier } as unknown as Task;
  const log = { info: () => {}, notice: () => {}, warning: () => {} };
  const { result } = await carryOut(
    task,
    {
      ...{ connections, log, claimedAt: 50, planning: { end: 0 } as Planning },
      budget: new WaitBudget(60_000, undefined, { sleep: async () => {} }),
      announce: async () => {},
    },
    { onConnection: () => {}, onCard: () => {} },
  );
  return { result, creates };
}

test.each<[string, Connection[], object]>([
  [
    'one that can be its is taken over',
    [connection('theirs', 20)],
    { outcome: 'linked', connection: { id: 'theirs' } },
  ],
  [
    'one that can’t be its is in the way',
    [connection('rival', 5)],
    { outcome: 'failed', error: { code: 'not-this-issues' } },
  ],
  [
    'several that can’t be its are in the way',
    [connection('rival', 5), connection('other', 101)],
    { outcome: 'failed', error: { code: 'not-this-issues' } },
  ],
  [
    'beside another of the name neither is shown a link',
    [connection('theirs', 20), connection('rival', 5)],
    { outcome: 'failed', error: { code: 'duplicate-connection' } },
  ],
])('while an earlier run may still be creating: %s', async (_, found, expected) => {
  const { result, creates } = await createBeside(found);
  expect(result).toMatchObject(expected);
  expect(creates).toBe(0);
});

test('a dry run shows the request for a card, for a connection of an earlier run as well', () => {
  const connections = { cardRequest: (id: string) => ({ path: id }) } as unknown as Connections;
  const adopt = { kind: 'adopt', request, entry, connection: connection('theirs', 1) };
  const renew = { kind: 'renew', request, entry: { ...entry, connection: 'ours' } };
  const shown = [adopt, renew].map((task) => withheld(task as unknown as Task, connections));
  expect(shown).toEqual([
    { target, outcome: 'dry-run', wouldSend: { path: 'theirs' } },
    { target, outcome: 'dry-run', wouldSend: { path: 'ours' } },
  ]);
});

test('of other tasks it says what would become of them', () => {
  const connections = {
    createRequest: ({ service }: { service: string }) => ({ path: service }),
  } as unknown as Connections;
  const error = new LinkError('not-this-issues', 'x', 'y');
  const shown = [{ kind: 'create' }, { kind: 'refuse', error }, { kind: 'skip' }].map((task) =>
    withheld({ ...task, request, entry } as unknown as Task, connections),
  );
  expect(shown).toEqual([
    { target, outcome: 'dry-run', wouldSend: { path: 'stripe' } },
    { target, outcome: 'failed', error },
    { target, outcome: 'skipped', reason: 'Its link has just been created.' },
  ]);
});
