import { describe, expect, test } from '@jest/globals';
import type { Connections } from '../../src/fivetran/connections.ts';
import type { Connection } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';
import { type ApprovedRequest, type Entry, newEntry } from '../../src/model/issue-record.ts';
import type { NamedRequest } from '../../src/model/link.ts';
import { approvedOf } from '../../src/operations/entries.ts';
import { GroupSurvey, inTheWay } from '../../src/operations/onboard/group-survey.ts';
import {
  canBeOf,
  type Planning,
  planApproved,
  planEntry,
  type Task,
} from '../../src/operations/onboard/plan.ts';

// What an approval leads to for each connection, with what is on record and what Fivetran has.

/** Fivetran's time of the look at a group; this machine's, and that at which the run is over. */
const [LOOK, READ, END] = [100_000, 7000, 67_000];

const stripe = (schema: string): ApprovedRequest => ({ group: 'g', service: 'stripe', schema });
const requestFor = ({ group: groupId, ...name }: ApprovedRequest): NamedRequest =>
  ({ kind: 'named', target: {}, connection: { groupId, ...name } }) as NamedRequest;
const on = (request: ApprovedRequest, more: Partial<Entry> = {}): Entry => ({
  ...newEntry(request),
  state: 'failed',
  ...more,
});
const connection = (id: string, name: string, more: Partial<Connection> = {}): Connection => ({
  ...{ id, name, service: 'stripe', groupId: 'g', setupState: 'incomplete', createdAt: 1 },
  ...more,
});
const missing = new LinkError('unknown-connection', 'Not there.', 'y');
const broken = new LinkError('network', 'No connection.', 'y');

/** Plans what is approved; `has` is what the group has, and `failing` what can't be asked for. */
async function plan(
  requests: ApprovedRequest[],
  entries: Entry[],
  has: Connection[] = [],
  { failing = '', requestedAt = 50 }: { failing?: string; requestedAt?: number } = {},
) {
  const connections = {
    get: async (id: string) => {
      const found = has.find((one) => one.id === id);
      if (id === failing) throw broken;
      if (!found) throw missing;
      return found;
    },
    named: async () => ({ connections: [], date: LOOK }),
    async *pages(group: string) {
      if (group === failing) throw broken;
      yield { connections: has, date: LOOK };
    },
  } as unknown as Connections;
  const now = () => READ;
  const survey = new GroupSurvey(connections, now);
  const planning: Planning = {
    connections,
    survey,
    entries,
    requestedAt,
    date: LOOK,
    end: END,
    now,
  };
  const tasks = await planApproved(requests.map(requestFor), requestFor, planning);
  return { tasks, planning };
}
const kinds = (tasks: Task[]) =>
  tasks.map((task) => {
    const code = task.kind === 'refuse' ? ` ${task.error.code}` : '';
    return `${task.kind} ${task.entry.request.schema}${code}`;
  });

describe('what is approved', () => {
  test('and isn’t there yet is created, with the times between which that can be', async () => {
    const { tasks } = await plan([stripe('a')], []);
    const intents = [{ unseenAt: LOOK, until: LOOK + END - READ }];
    expect(tasks).toMatchObject([{ kind: 'create', unseenAt: LOOK, earlier: [] }]);
    expect(tasks[0]?.entry).toStrictEqual({
      ...{ request: stripe('a'), intents, state: 'creating', expires: 0, renewed: 0 },
    });
    expect(tasks[0]).not.toHaveProperty('replaces');
  });

  test('and is on record is renewed, or created again if it was deleted', async () => {
    const entry = on(stripe('a'), { connection: 'one' });
    const { tasks } = await plan([stripe('A'.toLowerCase())], [entry], [connection('one', 'a')]);
    expect(tasks).toMatchObject([{ kind: 'renew', entry, approved: true }]);
    expect(await (tasks[0] as Task & { kind: 'renew' }).found).toMatchObject({ id: 'one' });
  });

  test('and may have been created by a run that died is created with that on record', async () => {
    const intents = [{ unseenAt: 10, until: 20 }];
    const { tasks } = await plan([stripe('a')], [on(stripe('a'), { intents })]);
    expect(tasks).toMatchObject([{ kind: 'create', earlier: intents, unseenAt: LOOK }]);
    expect(tasks[0]?.entry.intents).toHaveLength(2);
    expect(tasks[0]?.entry.intents[0]).toEqual(intents[0]);
  });

  test('and was created by it is taken over', async () => {
    const entry = on(stripe('a'), { intents: [{ unseenAt: 10, until: 20 }] });
    const theirs = connection('one', 'a', { createdAt: 15 });
    const { tasks } = await plan([stripe('a')], [entry], [theirs]);
    expect(tasks).toMatchObject([{ kind: 'adopt', entry, connection: theirs }]);
  });

  test('and was created by it twice, or beside another, is neither', async () => {
    const entry = on(stripe('a'), { intents: [{ unseenAt: 10, until: 20 }] });
    const theirs = connection('one', 'a', { createdAt: 15 });
    const two = await plan([stripe('a')], [entry], [theirs, { ...theirs, id: 'two' }]);
    expect(kinds(two.tasks)).toEqual(['refuse a duplicate-connection']);
    expect(two.tasks[0]?.entry.intents).toEqual([]);
  });

  test('under a name that is in use, or overlaps one, is refused without a word on whose it is', async () => {
    for (const name of ['a', 'A', 'a.table']) {
      const { tasks } = await plan([stripe('a')], [], [connection('rival', name)]);
      expect(kinds(tasks)).toEqual(['refuse a not-this-issues']);
      expect(tasks[0]?.entry.intents).toEqual([]);
      expect(JSON.stringify((tasks[0] as Task & { kind: 'refuse' }).error)).not.toContain('rival');
    }
  });

  test('beside the issue’s own connections isn’t in their way', async () => {
    const own = on({ group: 'g', service: 'hubspot', schema: 'a' }, { connection: 'own' });
    const has = [connection('own', 'a', { service: 'hubspot' })];
    const { tasks } = await plan([stripe('a')], [own], has);
    expect(kinds(tasks)).toEqual(['create a', 'renew a']);
  });

  test('one that can’t be planned for is refused with the reason; the others are planned for', async () => {
    const elsewhere = { group: 'other', service: 'google_ads', schema: 'b' };
    const known = on(elsewhere, { intents: [{ unseenAt: 1, until: 2 }] });
    const hubspot = { ...elsewhere, service: 'hubspot' };
    const { tasks } = await plan([stripe('a'), elsewhere, hubspot], [known], [], {
      failing: 'other',
    });
    expect(kinds(tasks)).toEqual(['create a', 'refuse b network', 'refuse b network']);
    expect(tasks[1]?.entry).toBe(known);
    expect(tasks[2]?.entry).toEqual(newEntry(hubspot));
  });
});

describe('another schema or group than the connection on record has', () => {
  const entry = on(stripe('old'), { connection: 'one' });

  test('is refused while that exists', async () => {
    const { tasks } = await plan([stripe('new')], [entry], [connection('one', 'old')]);
    expect(kinds(tasks)).toEqual(['refuse old different-request']);
    expect(tasks[0]?.entry).toBe(entry);
  });

  test('takes its place once it was deleted', async () => {
    const { tasks } = await plan([stripe('new')], [entry], []);
    expect(kinds(tasks)).toEqual(['create new']);
    expect(tasks[0]?.replaces).toEqual([entry]);
  });

  test('is refused for now where that can’t be found out', async () => {
    const { tasks } = await plan([stripe('new')], [entry], [], { failing: 'one' });
    expect(kinds(tasks)).toEqual(['refuse new network', 'renew old']);
  });

  test('is refused where a run that died turns out to have created it', async () => {
    const begun = on(stripe('old'), { intents: [{ unseenAt: 10, until: 20 }] });
    const theirs = connection('one', 'old', { createdAt: 15 });
    const refused = await plan([stripe('new')], [begun], [theirs]);
    expect(kinds(refused.tasks)).toEqual(['refuse old different-request']);
    const { tasks } = await plan([stripe('new')], [begun], []);
    expect(kinds(tasks)).toEqual(['create new']);
    expect(tasks[0]).not.toHaveProperty('replaces');
  });

  test('of another connector type is no other', async () => {
    const hubspot = { ...stripe('new'), service: 'hubspot' };
    const { tasks } = await plan([hubspot], [entry], [connection('one', 'old')]);
    expect(kinds(tasks)).toEqual(['create new', 'renew old']);
  });
});

describe('what the form doesn’t name', () => {
  test('is renewed where it exists, and isn’t created again', async () => {
    const entries = [on(stripe('a'), { connection: 'one' }), on({ ...stripe('b'), service: 's3' })];
    const { tasks } = await plan([], entries, [connection('one', 'a')]);
    expect(tasks).toMatchObject([{ kind: 'renew', approved: false }]);
  });
});

describe('a link that was created', () => {
  const ready = (renewed: number, state: Entry['state'] = 'ready', expires = LOOK + 1) =>
    on(stripe('a'), { connection: 'one', state, renewed, expires });
  test.each<[string, Entry, string]>([
    ['after it was asked for is fresh enough', ready(51), 'skip a'],
    ['in that very moment is not', ready(50), 'renew a'],
    ['before is not', ready(49), 'renew a'],
    ['after, but is lost since, is not', ready(51, 'failed'), 'renew a'],
    ['after, but has expired since, is not', ready(51, 'ready', LOOK), 'renew a'],
  ])('%s', async (_, entry, expected) => {
    const { tasks } = await plan([stripe('a')], [entry], [connection('one', 'a')]);
    expect(kinds(tasks)).toEqual([expected]);
  });
});

describe('the command', () => {
  test('renews what exists, ends what was begun, and creates nothing again', async () => {
    const { planning } = await plan([], [], [connection('one', 'a')]);
    const made = on(stripe('a'), { connection: 'one' });
    expect(await planEntry(made, requestFor(made.request), planning)).toMatchObject({
      ...{ kind: 'renew', approved: false },
    });
    const begun = on(stripe('b'), { intents: [{ unseenAt: 1, until: 2 }] });
    expect(await planEntry(begun, requestFor(begun.request), planning)).toMatchObject({
      ...{ kind: 'create', earlier: begun.intents },
    });
  });

  test('says why it can’t end what was begun, which stays on record', async () => {
    const begun = on(stripe('b'), { intents: [{ unseenAt: 1, until: 2 }] });
    const { planning } = await plan([], [begun], [], { failing: 'g' });
    const task = await planEntry(begun, requestFor(begun.request), planning);
    expect(task).toMatchObject({ kind: 'refuse', error: { code: 'network' } });
    expect(task.entry).toBe(begun);
  });

  test('of a connection that a listing has although asking for it says no: it exists', async () => {
    const { planning } = await plan([], []);
    const connections = {
      ...planning.connections,
      named: async () => ({ connections: [connection('other', 'a'), connection('one', 'a')] }),
    } as unknown as Connections;
    const task = await planEntry(on(stripe('a'), { connection: 'one' }), requestFor(stripe('a')), {
      ...planning,
      connections,
    });
    expect(await (task as Task & { kind: 'renew' }).found).toMatchObject({ id: 'one' });
    const gone = await planEntry(on(stripe('a'), { connection: 'two' }), requestFor(stripe('a')), {
      ...planning,
      connections,
    });
    expect(await (gone as Task & { kind: 'renew' }).found).toBe(missing);
  });
});

test('a connection can be an entry’s by name, connector type and the time of its creation alone', () => {
  const request = { group: 'g', service: 'google_ads', schema: 'a', table: 't' };
  const intents = [
    { unseenAt: 10, until: 20 },
    { unseenAt: 30, until: 40 },
  ];
  const can = (more: Partial<Connection>) =>
    canBeOf(request, intents, connection('x', 'a.t', { service: 'google_ads', ...more }));
  const times = [9, 10, 20, 21, 29, 30, 40, 41, Number.NaN];
  expect(times.filter((createdAt) => can({ createdAt }))).toEqual([10, 20, 30, 40]);
  expect(can({ createdAt: 15, service: 'adwords' })).toBe(true);
  expect(can({ createdAt: 15, service: 'stripe' })).toBe(false);
  expect(can({ createdAt: 15, name: 'a' })).toBe(false);
  expect(canBeOf(request, [], connection('x', 'a.t', { service: 'google_ads' }))).toBe(false);
});

test('what was approved is in the record as it was asked for', () => {
  const table = { ...stripe('a'), table: 't' };
  for (const request of [stripe('a'), table]) {
    expect(approvedOf(requestFor(request))).toStrictEqual(request);
  }
});

describe('the look at a group', () => {
  test('is one for all who need it, from the first time on', async () => {
    let [listings, time] = [0, 5];
    const connections = {
      async *pages() {
        listings += 1;
        yield { connections: [connection('one', 'a')], date: LOOK };
      },
    } as unknown as Connections;
    const survey = new GroupSurvey(connections, () => time);
    survey.start('g');
    time = 9;
    expect(await survey.of('g')).toMatchObject({ date: LOOK, readAt: 5 });
    expect(await survey.of('g')).toMatchObject({ connections: [{ id: 'one' }], readAt: 5 });
    expect(listings).toBe(1);
    expect(await survey.of('other')).toMatchObject({ readAt: 9 });
  });

  test('that fails is known to those who need it, and to nobody else', async () => {
    const connections = {
      // biome-ignore lint/correctness/useYield: it fails before the first page
      async *pages() {
        throw broken;
      },
    } as unknown as Connections;
    const survey = new GroupSurvey(connections, () => 0);
    survey.start('g');
    // Nobody is listening by the time it has failed.
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(survey.of('g')).rejects.toBe(broken);
  });

  test('finds what writes where a new one would', () => {
    const all = ['a', 'A.x', 'b', 'a_b'].map((name) => connection(name, name));
    expect(inTheWay(all, stripe('a')).map(({ id }) => id)).toEqual(['a', 'A.x']);
  });
});
