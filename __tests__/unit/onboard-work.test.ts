import { describe, expect, test } from '@jest/globals';
import type { Connections } from '../../src/fivetran/connections.ts';
import { Refusal } from '../../src/fivetran/failures.ts';
import { ResponseLost } from '../../src/http/transport.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import type { Connection } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';
import { type Entry, newEntry } from '../../src/model/issue-record.ts';
import type { GroupSurvey } from '../../src/operations/onboard/group-survey.ts';
import type { Planning, Task } from '../../src/operations/onboard/plan.ts';
import { carryOut } from '../../src/operations/onboard/work.ts';
import { fingerprintOf } from '../../src/report/links-in-comment.ts';

// What becomes of one connection of an issue: its result, and what is on record of it.

const LINK = 'https://fivetran.com/connect-card/setup?auth=abc';
const EXPIRES = 5_000_000;
const CLAIMED = 900;
const request = {
  ...{ target: { service: 'stripe' }, kind: 'named' },
  connection: {
    groupId: 'g',
    service: 'stripe',
    schema: 'a',
    card: { allFields: true },
    settings: {},
  },
};
const blank = newEntry({ group: 'g', service: 'stripe', schema: 'a' });
const intents = [{ unseenAt: 10, until: 20 }];
const connection = (id: string, more: Partial<Connection> = {}): Connection => ({
  ...{ id, name: 'a', service: 'stripe', groupId: 'g', setupState: 'incomplete', createdAt: 60 },
  ...more,
});
const refusal = new Refusal(409, 'In use.', 'refused', 'x', 'y');
const refused = (code: LinkError['code']) => new LinkError(code, `It is ${code}.`, 'y');

interface Fivetran {
  /** What comes of create requests, one after the other. */
  created?: (Connection | Error)[];
  /** What each look at the name finds; the last one stays. */
  named?: Connection[][];
  /** What the group has when it is planned for anew. */
  group?: Connection[];
  cardFails?: LinkError;
  /** Whether the response to the create request has the card. */
  withCard?: boolean;
  maxWait?: number;
}

async function carriedOut(task: object, fivetran: Fivetran = {}) {
  const { created = [], named = [[]], group = [], maxWait = 60_000, withCard = true } = fivetran;
  const events: string[] = [];
  const card = { link: LINK, token: 't', expiresAt: new Date(EXPIRES) };
  const connections = {
    create: async () => {
      events.push('create');
      const response = created.shift();
      if (response instanceof Error) throw response;
      return { connection: response, card: withCard ? card : undefined };
    },
    createCard: async (id: string, shape: object) => {
      events.push(`card ${id} ${JSON.stringify(shape)}`);
      if (fivetran.cardFails) throw fivetran.cardFails;
      return card;
    },
    named: async (groupId: string, name: string) => {
      events.push(`look ${groupId} ${name}`);
      return { connections: (named.length > 1 ? named.shift() : named[0]) ?? [], date: 70 };
    },
  } as unknown as Connections;
  const log = (kind: string) => (line: string) => void events.push(`${kind}: ${line}`);
  const survey = { of: async () => ({ connections: group, date: 50, readAt: 0 }) };
  const planning = {
    ...{ connections, entries: [], requestedAt: 0, date: 0, end: 1000, now: () => 400 },
    survey: survey as unknown as GroupSurvey,
  } as Planning;
  const announced: Entry[] = [];
  const sleep = async (ms: number) => void events.push(`pause ${ms}`);
  const done = await carryOut(
    { request, entry: blank, ...task } as unknown as Task,
    {
      ...{ connections, planning, claimedAt: CLAIMED },
      log: { info: log('info'), notice: log('notice'), warning: log('warning') },
      budget: new WaitBudget(maxWait, undefined, { sleep }),
      announce: async (entry) => void announced.push(entry),
    },
    {
      onConnection: ({ id }, isNew) => void events.push(`told ${id} ${isNew}`),
      onCard: ({ link }) => void events.push(`told ${link}`),
    },
  );
  return { ...done, events, announced };
}
const SHAPE = JSON.stringify(request.connection.card);
const withLink = { link: fingerprintOf(LINK), expires: EXPIRES, renewed: CLAIMED };
const create = { kind: 'create', unseenAt: 50, earlier: [] };
const creating = { ...blank, state: 'creating', intents: [{ unseenAt: 50, until: 500 }] } as const;

describe('one to be created', () => {
  test('has its link from the same request, and is told of at once', async () => {
    const { entry, result, events } = await carriedOut(
      { ...create, entry: creating },
      { created: [connection('new')], named: [[connection('new')]] },
    );
    expect(entry).toStrictEqual({
      ...{ ...blank, connection: 'new', intents: [], state: 'ready', since: CLAIMED, ...withLink },
    });
    expect(result).toStrictEqual({
      ...{ target: request.target, outcome: 'linked', connection: connection('new') },
      ...{ created: true, card: expect.objectContaining({ link: LINK }) },
    });
    expect(events).toEqual([
      'create',
      'told new true',
      'info: Created connection new (stripe, a).',
      'look g a',
      `told ${LINK}`,
    ]);
  });

  test('has its link from a second request where the first gave none', async () => {
    const { result, events } = await carriedOut(create, {
      ...{ created: [connection('new')], named: [[connection('new')]], withCard: false },
    });
    expect(result.outcome).toBe('linked');
    expect(events).toContain(`card new ${SHAPE}`);
    expect(events).toContain('info: Created a Connect Card for connection new.');
  });

  test('isn’t shown a link where another of the name turns up', async () => {
    const { entry, result, events } = await carriedOut(create, {
      ...{ created: [connection('new')], named: [[connection('rival'), connection('new')]] },
    });
    expect(result).toMatchObject({
      ...{ outcome: 'failed', created: true, connection: { id: 'new' } },
      error: { code: 'duplicate-connection', message: expect.stringContaining('new and rival') },
    });
    expect(result).not.toHaveProperty('card');
    expect(entry).toMatchObject({ state: 'failed', connection: 'new', intents: [] });
    expect(events.join()).not.toContain(LINK);
  });

  test.each<[string, object[], string]>([
    ['the name can’t be used', [], 'not-this-issues'],
    ['an earlier run may have created it: it is unclear whose it is', intents, 'ownership-unclear'],
  ])('and is refused: %s', async (_, earlier, code) => {
    const { entry, result, events } = await carriedOut(
      { ...create, entry: creating, earlier },
      { created: [refusal], named: [[connection('rival')]] },
    );
    expect(result).toMatchObject({ outcome: 'failed', error: { code } });
    expect(entry).toMatchObject({ state: 'failed', error: code, intents: [] });
    expect(entry).not.toHaveProperty('connection');
    expect(events).toEqual(['create', 'look g a']);
  });

  test('one that exists when a second request is refused may be somebody else’s', async () => {
    const lost = new ResponseLost(refused('timeout'));
    const { result } = await carriedOut(create, {
      ...{ created: [lost, refusal], named: [[], [], [], [], [], [connection('rival')]] },
    });
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'ownership-unclear' } });
  });

  test('paused is remembered as such, to be started once it is connected', async () => {
    const paused = {
      ...request,
      connection: { ...request.connection, settings: { paused: true } },
    };
    const fivetran = { created: [connection('new')], named: [[connection('new')]] };
    const { entry } = await carriedOut({ ...create, request: paused }, fivetran);
    expect(entry.paused).toBe(true);
  });
});

describe('while the create request of an earlier run may still have an effect', () => {
  const earlier = [{ unseenAt: 10, until: 51 }];

  test('it is looked for at growing intervals, and then created', async () => {
    const { result, events } = await carriedOut(
      { ...create, earlier },
      { created: [connection('new')] },
    );
    expect(result.outcome).toBe('linked');
    const looks = [0, 1000, 2000, 4000, 8000].flatMap((ms) => [`pause ${ms}`, 'look g a']);
    expect(events.slice(0, 12)).toEqual([
      'info: An earlier run may have created a: looking before creating it.',
      ...looks,
      'create',
    ]);
  });

  test('what appears is the issue’s, and gets a link of its own', async () => {
    const late = connection('late', { createdAt: 40 });
    const { entry, result, events } = await carriedOut(
      { ...create, earlier },
      { named: [[], [], [late]] },
    );
    expect(result).toMatchObject({ outcome: 'linked', created: true, connection: { id: 'late' } });
    expect(entry).toMatchObject({ state: 'ready', connection: 'late' });
    expect(events).toContain('told late true');
    expect(events).toContain(`card late ${SHAPE}`);
    expect(events).not.toContain('create');
  });

  test('nothing is created where there is no time left to look', async () => {
    const { entry, result, events } = await carriedOut(
      { ...create, entry: creating, earlier: creating.intents },
      { maxWait: 0 },
    );
    expect(result).toMatchObject({ error: { code: 'create-unknown' } });
    expect((result as { error: LinkError }).error.message).toContain('connection a, and max-wait');
    expect(entry).toMatchObject({ intents: creating.intents });
    expect(events).not.toContain('create');
  });

  test('it is created at once when that is over', async () => {
    for (const until of [49, 50]) {
      const { events } = await carriedOut(
        { ...create, earlier: [{ unseenAt: 10, until }] },
        { created: [connection('new')] },
      );
      expect(events[0]).toBe('create');
    }
  });
});

describe('one that an earlier run created', () => {
  const adopt = { kind: 'adopt', connection: connection('theirs') };

  test('gets a link, and counts as created', async () => {
    const { entry, result, events } = await carriedOut(adopt, { named: [[connection('theirs')]] });
    expect(result).toMatchObject({
      outcome: 'linked',
      created: true,
      connection: { id: 'theirs' },
    });
    expect(entry).toMatchObject({ connection: 'theirs', intents: [], state: 'ready' });
    expect(events).toEqual([
      'info: An earlier run created connection theirs for this issue.',
      'told theirs true',
      'look g a',
      `card theirs ${SHAPE}`,
      'info: Created a Connect Card for connection theirs.',
      `told ${LINK}`,
    ]);
  });

  test('isn’t shown a link beside another of its name', async () => {
    const { result } = await carriedOut(adopt, { named: [[connection('rival')]] });
    expect(result).toMatchObject({ error: { code: 'duplicate-connection' } });
  });
});

describe('one on record', () => {
  const known: Entry = {
    ...{ ...blank, connection: 'one', state: 'expired', error: 'timeout', since: 7, repairs: true },
    ...{ link: 'old', paused: true, renewed: 5 },
  };
  const renewing = (found: Connection | LinkError, more: object = {}) => ({
    ...{ kind: 'renew', entry: known, found: Promise.resolve(found), approved: false },
    ...more,
  });

  test('gets a fresh link; how long it has waited stays, what failed doesn’t', async () => {
    const { entry, result, events } = await carriedOut(renewing(connection('one')));
    expect(entry).toStrictEqual({
      ...{ ...blank, connection: 'one', state: 'ready', since: 7, paused: true, ...withLink },
    });
    expect(result).toMatchObject({ outcome: 'linked', created: false, connection: { id: 'one' } });
    expect(events).toEqual([
      'told one false',
      `card one ${SHAPE}`,
      'info: Created a Connect Card for connection one.',
      `told ${LINK}`,
    ]);
  });

  test('that never had a link gets one after a look that it is the only one of its name', async () => {
    const task = renewing(connection('one'), { entry: { ...known, renewed: 0 } });
    const { events } = await carriedOut(task, { named: [[connection('one')]] });
    expect(events.slice(0, 3)).toEqual(['told one false', 'look g a', `card one ${SHAPE}`]);
    const beside = await carriedOut(task, { named: [[connection('one'), connection('rival')]] });
    expect(beside.result).toMatchObject({ error: { code: 'duplicate-connection' } });
  });

  test('that is broken gets a link to sign in again', async () => {
    const broken = connection('one', { setupState: 'broken' });
    expect((await carriedOut(renewing(broken))).entry.repairs).toBe(true);
  });

  test('that is connected needs none, and is as it was found', async () => {
    const found = connection('one', { setupState: 'connected' });
    const { entry, result, events } = await carriedOut(renewing(found));
    expect(result).toMatchObject({ outcome: 'connected', connection: found });
    expect(entry).toStrictEqual({
      ...{ ...blank, connection: 'one', state: 'connected', since: 7, paused: true, expires: 0 },
      renewed: 5,
    });
    expect(events).toEqual([
      'told one false',
      'notice: Connection one is already connected, so it needs no link.',
    ]);
  });

  test('that had a namesake gets a link once that is gone', async () => {
    const task = renewing(connection('one'), {
      entry: { ...known, error: 'duplicate-connection' },
    });
    const still = await carriedOut(task, { named: [[connection('one'), connection('rival')]] });
    expect(still.result).toMatchObject({ error: { code: 'duplicate-connection' } });
    const gone = await carriedOut(task, { named: [[connection('one')]] });
    expect(gone.result.outcome).toBe('linked');
  });

  test('keeps its record where the card can’t be created', async () => {
    const { entry, result } = await carriedOut(renewing(connection('one')), {
      cardFails: refused('forbidden'),
    });
    expect(result).toMatchObject({
      ...{
        outcome: 'failed',
        connection: { id: 'one' },
        created: false,
        error: { code: 'forbidden' },
      },
    });
    expect(entry).toMatchObject({ connection: 'one', state: 'failed', error: 'forbidden' });
  });

  test('that can’t be asked for stays, with the reason', async () => {
    const { entry, result, events } = await carriedOut(renewing(refused('network')));
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'network' } });
    expect(entry).toMatchObject({ connection: 'one', state: 'failed', error: 'network' });
    expect(events).toEqual([]);
  });

  test('that was deleted is gone for the command, which approves nothing', async () => {
    const { entry, result, events, announced } = await carriedOut(
      renewing(refused('unknown-connection')),
    );
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'unknown-connection' } });
    expect(entry).toStrictEqual({ ...known, state: 'gone', expires: 0 });
    expect(events).toEqual(['notice: It is unknown-connection. It was created for this issue.']);
    expect(announced).toEqual([]);
  });

  test('that was deleted is created again for an approval, once that is on record', async () => {
    const started = { ...known, started: true as const, starting: true as const };
    const task = renewing(refused('unknown-connection'), { approved: true, entry: started });
    const { entry, result, announced } = await carriedOut(task, {
      ...{ created: [connection('new')], named: [[connection('new')]] },
    });
    expect(announced).toMatchObject([
      { state: 'creating', intents: [{ unseenAt: 50, until: 1050 }] },
    ]);
    expect(announced[0]).not.toHaveProperty('connection');
    expect(result).toMatchObject({ outcome: 'linked', created: true, connection: { id: 'new' } });
    // It waits from now on, and nothing of the former one is true of it.
    expect(entry).toStrictEqual({
      ...{ ...blank, connection: 'new', state: 'ready', since: CLAIMED, ...withLink },
    });
  });

  test('that was deleted isn’t created where its name is in use by now', async () => {
    const task = renewing(refused('unknown-connection'), { approved: true });
    const { result, announced, events } = await carriedOut(task, { group: [connection('rival')] });
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'not-this-issues' } });
    expect(announced).toEqual([]);
    expect(events).not.toContain('create');
  });
});

test('what isn’t to be done is a result all the same', async () => {
  const error = refused('not-this-issues');
  expect(await carriedOut({ kind: 'refuse', error })).toMatchObject({
    result: { target: request.target, outcome: 'failed', error },
    entry: { state: 'failed', error: 'not-this-issues' },
    events: [],
  });
  expect(await carriedOut({ kind: 'skip' })).toMatchObject({
    result: {
      target: request.target,
      outcome: 'skipped',
      reason: expect.stringMatching(/run has/),
    },
    entry: blank,
    events: [],
  });
});
