import { describe, expect, test } from '@jest/globals';
import { getConfirmed } from '../../src/fivetran/confirmed.ts';
import type { Connections } from '../../src/fivetran/connections.ts';
import { createOnce } from '../../src/fivetran/create-once.ts';
import { duplicates, mayShareName } from '../../src/fivetran/duplicates.ts';
import { Refusal } from '../../src/fivetran/failures.ts';
import { ResponseLost } from '../../src/http/transport.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import type { Connection, NewConnection } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';

// A create request whose response is lost, at every step: what is looked for, created and told.

const START = 1_000_000;
const wanted = {
  ...{ groupId: 'g', service: 'stripe', schema: 'acme', config: {}, settings: {} },
  card: { redirectUri: 'https://example.com', hideSetupGuide: false, allFields: false },
} as NewConnection;
const connection = (id: string, createdAt = START + 1): Connection => ({
  ...{ id, service: 'stripe', name: 'acme', groupId: 'g', setupState: 'incomplete', createdAt },
});
const failure = (message: string, code: LinkError['code'] = 'network') =>
  new LinkError(code, message, 'y');
const lost = (message = 'No response.') => new ResponseLost(failure(message, 'timeout'));
const refused = (status: number) => new Refusal(status, 'Taken.', 'refused', 'x', 'y');

interface Situation {
  /** What comes of the create requests, one after the other. */
  creates: (Connection | Error)[];
  /** What the looks find; after the last one nothing. */
  looks?: (Connection[] | Error)[];
  unseenAt?: number | undefined;
  maxWait?: number;
  contested?: boolean;
  /** Called at each pause. */
  onPause?: (cancellation: AbortController) => void;
}

async function created({ creates, looks = [], maxWait = 60_000, ...more }: Situation) {
  const events: string[] = [];
  const cancellation = new AbortController();
  let time = START;
  const connections = {
    create: async () => {
      events.push('create');
      const response = creates.shift();
      if (response instanceof Error) throw response;
      return { connection: response, card: undefined };
    },
    named: async (group: string, name: string) => {
      events.push(`look ${group} ${name}`);
      const found = looks.shift() ?? [];
      if (found instanceof Error) throw found;
      return { connections: found, date: time };
    },
  } as unknown as Connections;
  const budget = new WaitBudget(maxWait, cancellation.signal, {
    now: () => time,
    sleep: async (ms) => {
      if (ms > 0) events.push(`pause ${ms}`);
      time += ms;
      more.onPause?.(cancellation);
    },
  });
  const log = (kind: string) => (line: string) => void events.push(`${kind}: ${line}`);
  const unseenAt = 'unseenAt' in more ? more.unseenAt : START;
  const creation = await createOnce(wanted, unseenAt, {
    ...{ connections, budget, log: { info: log('info'), warning: log('warning') } },
    onCreated: ({ id }) => void events.push(`told ${id}`),
    ...(more.contested && { contested: true }),
  }).catch((error: unknown) => error);
  const said = creation instanceof Error ? creation.message : '';
  return { creation, said, events };
}
const LOOK = 'look g acme';
const LOST =
  'warning: No response. The connection may have been created all the same: looking before creating again.';
const NOT_KNOWN = "Couldn't confirm whether connection acme was created in group g. ";

test('a response that comes is the end of it', async () => {
  const { creation, events } = await created({ creates: [connection('a')] });
  expect(creation).toStrictEqual({
    ...{ outcome: 'created', connection: connection('a'), card: undefined },
  });
  expect(events).toEqual(['create', 'told a']);
});

describe('after a lost response', () => {
  test('one that appears is the request’s, whenever it does', async () => {
    const looks = [[], [], [connection('a')]];
    const { creation, events } = await created({ creates: [lost()], looks });
    expect(creation).toStrictEqual({
      ...{ outcome: 'created', connection: connection('a'), card: undefined },
    });
    expect(events).toEqual([
      ...['create', LOST, LOOK, 'pause 1000', LOOK, 'pause 2000', LOOK],
      ...['info: It was created: connection a.', 'told a'],
    ]);
  });

  test('it is created once more when it hasn’t appeared for 15 s, and looked for again', async () => {
    const looks = [[], [], [], [], [], [connection('b')]];
    const { creation, events } = await created({ creates: [lost(), connection('b')], looks });
    expect(creation).toMatchObject({ outcome: 'created', connection: { id: 'b' } });
    expect(events).toEqual([
      ...['create', LOST, LOOK, 'pause 1000', LOOK, 'pause 2000', LOOK, 'pause 4000', LOOK],
      ...['pause 8000', LOOK, "info: It hasn't appeared. Creating once more."],
      ...['create', 'told b', LOOK],
    ]);
  });

  test('two of its name then: both are named, none is deleted', async () => {
    const looks = [[], [], [], [], [], [connection('a'), connection('b')]];
    const { creation, events } = await created({ creates: [lost(), connection('b')], looks });
    expect(creation).toMatchObject({
      code: 'duplicate-connection',
      message: '2 connections in group g are named acme: b and a. Nothing was deleted.',
    });
    expect(events).toContain('told b');
  });

  test('a look afterwards that fails is no reason to lose the link', async () => {
    const looks = [[], [], [], [], [], failure('No connection.')];
    const { creation, events } = await created({ creates: [lost(), connection('b')], looks });
    expect(creation).toMatchObject({ outcome: 'created', connection: { id: 'b' } });
    expect(events.at(-1)).toBe(
      "warning: Couldn't check whether there are two connections now: No connection.",
    );
  });

  test('two that appear are both its own: no third', async () => {
    const looks = [[connection('a'), connection('b')]];
    const { creation, events } = await created({ creates: [lost()], looks });
    expect(creation).toMatchObject({ code: 'duplicate-connection' });
    expect(events).toEqual(['create', LOST, LOOK]);
  });

  test('a second lost response ends it; what exists by then is told', async () => {
    const looks = [[], [], [], [], [], [connection('a'), connection('b')]];
    const creates = [lost(), lost('Cut off.')];
    const { creation, said, events } = await created({ creates, looks });
    expect(creation).toMatchObject({ code: 'create-unknown' });
    expect(said).toBe(`${NOT_KNOWN}Two responses were lost. Cut off. Existing now: a, b.`);
    expect(events.slice(-2)).toEqual(['told a', 'told b']);
    const nothing = await created({ creates: [lost(), lost('Cut off.')] });
    expect(nothing.said).toBe(`${NOT_KNOWN}Two responses were lost. Cut off.`);
  });

  test('a look that fails leaves it open', async () => {
    const { creation, said, events } = await created({
      ...{ creates: [lost()], looks: [failure('No connection.')] },
    });
    expect(creation).toMatchObject({ code: 'create-unknown' });
    expect(said).toBe(`${NOT_KNOWN}No response. Looking for it failed as well: No connection.`);
    expect(events).toEqual(['create', LOST, LOOK]);
  });

  test('so does a second request that fails', async () => {
    const creates = [lost(), failure('Forbidden.', 'forbidden')];
    const { creation, said } = await created({ creates });
    expect(creation).toMatchObject({ code: 'create-unknown' });
    expect(said).toBe(`${NOT_KNOWN}No response. Creating it again failed: Forbidden.`);
  });

  test('nothing is created again where max-wait leaves no time to look first', async () => {
    const { creation, said, events } = await created({ creates: [lost()], maxWait: 0 });
    expect(creation).toMatchObject({ code: 'create-unknown' });
    expect(said).toBe(`${NOT_KNOWN}No response. It doesn't exist yet, and max-wait is used up.`);
    expect(events).toEqual(['create', LOST, LOOK]);
    const found = await created({ creates: [lost()], looks: [[connection('a')]], maxWait: 0 });
    expect(found.creation).toMatchObject({ outcome: 'created', connection: { id: 'a' } });
  });

  test('what is left of max-wait is used to look, then it is created again', async () => {
    for (const [maxWait, pauses] of [
      [1, ['pause 1']],
      [1700, ['pause 1000', 'pause 700']],
    ] as const) {
      const { events } = await created({ creates: [lost(), connection('b')], maxWait });
      expect(events.filter((event) => event.startsWith('pause'))).toEqual(pauses);
      expect(events.filter((event) => event === 'create')).toHaveLength(2);
    }
  });

  test('a run that is cancelled creates nothing more', async () => {
    const { creation, said, events } = await created({
      ...{ creates: [lost()], onPause: (cancellation) => cancellation.abort() },
    });
    expect(creation).toMatchObject({ code: 'create-unknown' });
    expect(said).toBe(`${NOT_KNOWN}No response. It doesn't exist yet, and the run was cancelled.`);
    expect(events.filter((event) => event === 'create')).toHaveLength(1);
  });
});

describe('a second request that is refused', () => {
  const creates = () => [lost(), refused(409)];

  test('means that the first has arrived after all: it appears', async () => {
    const looks = [[], [], [], [], [], [], [connection('a')]];
    const { creation, events } = await created({ creates: creates(), looks });
    expect(creation).toMatchObject({ outcome: 'created', connection: { id: 'a' } });
    expect(events.at(-1)).toBe('told a');
  });

  test('or that the name is another’s', async () => {
    const looks = [...Array(10).fill([]), [connection('old', START - 1)]];
    const { creation, events } = await created({ creates: creates(), looks });
    expect(creation).toMatchObject({ outcome: 'taken', existing: [{ id: 'old' }] });
    expect(events.join()).not.toContain('told');
  });

  test('leaves it unclear whose it is where others may want the name', async () => {
    const looks = [[], [], [], [], [], [connection('a')]];
    const { creation, said } = await created({ creates: creates(), looks, contested: true });
    expect(creation).toMatchObject({
      ...{ code: 'ownership-unclear', cause: expect.objectContaining({ status: 409 }) },
    });
    expect(said).toContain('One create request for acme lost its response');
  });
});

describe('whose a connection is', () => {
  test.each([
    [START - 1, false],
    [START, true],
  ])('created at %i, where it was looked for before: %s', async (createdAt, isOurs) => {
    const looks = [[connection('a', createdAt)]];
    const { creation } = await created({ creates: [lost(), connection('b')], looks });
    expect(creation).toMatchObject({ connection: { id: isOurs ? 'a' : 'b' } });
  });

  test.each([
    [START - 1001, false],
    [START - 1000, true],
  ])('created at %i, where nobody had looked: %s', async (createdAt, isOurs) => {
    for (const found of [[[connection('a', createdAt)]], [[], [], [connection('a', createdAt)]]]) {
      const { creation } = await created({
        ...{ creates: [lost(), connection('b')], looks: found, unseenAt: undefined },
      });
      expect(creation).toMatchObject({ connection: { id: isOurs ? 'a' : 'b' } });
    }
  });
});

describe('a first request that is refused', () => {
  test.each([400, 409])('with %i, by Fivetran or as the transport tells it', async (status) => {
    const told = new LinkError('server-error', 'x', 'y', { cause: refused(status) });
    for (const refusal of [refused(status), told]) {
      const looks = [[connection('a')]];
      const { creation, events } = await created({ creates: [refusal], looks });
      expect(creation).toMatchObject({ outcome: 'taken', existing: [{ id: 'a' }], refusal });
      expect(events).toEqual(['create', LOOK]);
    }
  });

  test.each<[string, Error]>([
    ['with another status', refused(422)],
    ['by nobody', failure('No connection.')],
    ['by a fault of ours', new TypeError('x')],
  ])('%s fails as it is, without a look', async (_, error) => {
    const { creation, events } = await created({ creates: [error] });
    expect(creation).toBe(error);
    expect(events).toEqual(['create']);
  });
});

test('several of one name: what to do depends on whether they may rightly share it', () => {
  const own = { ...wanted, settings: { destination_schema_names: 'SOURCE_NAMING' } };
  expect([wanted, own].map(mayShareName)).toEqual([false, true]);
  const all = [connection('a'), connection('b'), connection('c')];
  const error = duplicates(wanted, all);
  expect(error).toMatchObject({
    code: 'duplicate-connection',
    message: '3 connections in group g are named acme: a and b and c. Nothing was deleted.',
    fix: expect.stringContaining('delete the others'),
  });
  expect(duplicates(own, all).fix).not.toContain('delete');
});

describe('that a connection doesn’t exist', () => {
  const missing = failure('Not there.', 'unknown-connection');
  async function asked(got: Connection | Error, listed: Connection[] | Error) {
    const looks: string[] = [];
    const connections = {
      get: async () => {
        if (got instanceof Error) throw got;
        return got;
      },
      named: async (group: string, name: string) => {
        looks.push(`${group} ${name}`);
        if (listed instanceof Error) throw listed;
        return { connections: listed, date: 0 };
      },
    } as unknown as Connections;
    const known = { id: 'a', group: 'g', schema: 's', table: 't' };
    const found = await getConfirmed(connections, known).catch((error: unknown) => error);
    return { found, looks };
  }

  test('takes two responses', async () => {
    const one = connection('a');
    expect(await asked(one, [])).toEqual({ found: one, looks: [] });
    expect(await asked(missing, [])).toEqual({ found: missing, looks: ['g s.t'] });
    expect((await asked(missing, [connection('b')])).found).toBe(missing);
    expect((await asked(missing, [connection('b'), one])).found).toBe(one);
  });

  test('isn’t believed for any other failure', async () => {
    for (const error of [failure('No connection.'), new TypeError('x')]) {
      expect(await asked(error, [connection('a')])).toEqual({ found: error, looks: [] });
    }
    const unread = failure('No listing.');
    expect((await asked(missing, unread)).found).toBe(unread);
  });
});
