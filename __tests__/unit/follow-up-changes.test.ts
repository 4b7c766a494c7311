import { describe, expect, test } from '@jest/globals';
import type { Connections } from '../../src/fivetran/connections.ts';
import type { Snapshot } from '../../src/github/snapshot.ts';
import type { Claim } from '../../src/github/thread.ts';
import type { FollowUpInputs } from '../../src/inputs/follow-up-inputs.ts';
import type { Card, SetupState } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';
import { type Entry, newEntry } from '../../src/model/issue-record.ts';
import {
  type Changes,
  carryOutChanges,
  changesFor,
} from '../../src/operations/follow-up/changes.ts';
import { startFirstSync } from '../../src/operations/follow-up/first-sync.ts';
import type { FollowUp } from '../../src/operations/follow-up/job.ts';
import { reminderFor } from '../../src/operations/follow-up/reminder.ts';
import type { CommentRules } from '../../src/operations/issue-comment.ts';
import { fingerprintOf } from '../../src/report/links-in-comment.ts';

// What follow-up changes about an issue, and when it leaves it alone.

const NOW = 100_000;
const entry = (id: string, state: Entry['state'], more: Partial<Entry> = {}): Entry => ({
  ...newEntry({ group: 'g', service: 'stripe', schema: id }),
  ...{ connection: id, state, since: 10, renewed: 5 },
  ...more,
});
const ready = (id: string, more: Partial<Entry> = {}) =>
  entry(id, 'ready', { expires: NOW + 1, link: 'x', ...more });
const snapshot = (entries: Entry[], more: object = {}) =>
  ({
    issue: { number: 1, open: true, labels: ['connect-card'], author: 'nina', isByApp: false },
    ...{ entries, details: {}, date: NOW, leases: [], former: undefined },
    ...{ comment: { id: 7, body: '' }, current: [{ id: 7 }] },
    ...more,
  }) as unknown as Snapshot;
const rules = {
  ...{ allowPublicComment: false, label: 'connect-card', audience: 'team', runUrl: 'https://x' },
  maskCard: () => {},
  gate: { protect: () => {} },
} as unknown as CommentRules;
const TASK = { renewLinks: false, startConnected: false, remindAfter: 0 };

/** What there is to change; `states` as Fivetran has the connections. */
const changes = (
  entries: Entry[],
  states: Record<string, SetupState | 'gone' | LinkError>,
  task: Partial<FollowUpInputs> = {},
  more: object = {},
) =>
  changesFor(snapshot(entries, more), new Map(Object.entries(states)), {
    task: { ...TASK, ...task } as FollowUpInputs,
    rules,
  });

describe('nothing is written', () => {
  test('where all is as the comment says', () => {
    const entries = [ready('a'), entry('b', 'connected')];
    expect(changes(entries, { a: 'incomplete', b: 'connected' })).toBeUndefined();
    expect(changes([], {})).toBeUndefined();
  });

  test('for a link that works, or one that has expired where links aren’t renewed', () => {
    const expired = entry('a', 'expired');
    expect(changes([expired], { a: 'incomplete' })).toBeUndefined();
    expect(changes([ready('a')], { a: 'incomplete' }, { renewLinks: true })).toBeUndefined();
  });
});

describe('it is written', () => {
  test('where one connection stands otherwise', () => {
    const found = changes([ready('a'), ready('b')], { a: 'incomplete', b: 'connected' });
    expect(found?.entries).toMatchObject([{ state: 'ready' }, { state: 'connected' }]);
    expect(found).toMatchObject({ renewals: [], notice: undefined, details: {} });
    expect(found?.starts.size).toBe(0);
    // A link is still shown: the mail that GitHub sends mustn't have it.
    expect(found?.text).toContain('1 of 2 connected');
    expect(found?.text).toContain('being updated');
    expect(found?.text).not.toContain('http');
  });

  test('at once as it is to be where no link is shown', () => {
    const found = changes([ready('a')], { a: 'connected' });
    expect(found?.text).not.toContain('being updated');
    expect(found?.text).toContain('onnected');
  });

  test('where the newest words are those of a run that died, or a list is in two comments', () => {
    const entries = [entry('a', 'connected')];
    const states = { a: 'connected' as const };
    expect(changes(entries, states, {}, { current: [{ id: 7 }, { id: 8 }] })).toBeDefined();
    expect(changes(entries, states, {}, { comment: undefined })).toBeDefined();
    expect(changes(entries, states, {}, { former: { id: 6, body: '' } })).toBeDefined();
    expect(changes(entries, states, {}, { current: [] })).toBeUndefined();
  });
});

describe('fresh links, where they are wanted', () => {
  const renewed = (one: Entry, state: SetupState | 'gone' | LinkError, renewLinks = true) =>
    changes([one], { a: state }, { renewLinks })?.renewals.length ?? 0;

  test.each<[string, Entry, SetupState | 'gone' | LinkError, number]>([
    ['one has expired', entry('a', 'expired'), 'incomplete', 1],
    ['one expires now', ready('a', { expires: NOW }), 'incomplete', 1],
    ['there was none', entry('a', 'failed', { error: 'timeout' }), 'incomplete', 1],
    ['it works', ready('a'), 'incomplete', 0],
    ['it is connected', entry('a', 'expired'), 'connected', 0],
    ['it is broken', entry('a', 'broken'), 'broken', 0],
    ['it was deleted', entry('a', 'expired'), 'gone', 0],
    ['it can’t be read', entry('a', 'expired'), new LinkError('network', 'x', 'y'), 0],
    ['it had a namesake', entry('a', 'failed', { error: 'duplicate-connection' }), 'incomplete', 0],
  ])('%s', (_, one, state, expected) => {
    expect(renewed(one, state)).toBe(expected);
    expect(renewed(one, state, false)).toBe(0);
  });

  test('are announced by name, and without a link', () => {
    const found = changes([entry('a', 'expired')], { a: 'incomplete' }, { renewLinks: true });
    expect(found?.text).toContain('link for **Stripe**');
  });
});

describe('the first sync of what was created paused', () => {
  const starts = (one: Entry, startConnected = true) => {
    const found = changes([one], { a: 'connected' }, { startConnected });
    return [...(found?.starts ?? [])].map(([starter, how]) => {
      expect(found?.entries).toContain(starter);
      expect(starter.starting).toBe(true);
      return how;
    });
  };
  test.each<[string, Entry, string[]]>([
    ['is started once it is connected', ready('a', { paused: true }), ['start']],
    [
      'is confirmed where a run died',
      entry('a', 'connected', { paused: true, starting: true }),
      ['confirm'],
    ],
    ['isn’t started twice', entry('a', 'connected', { paused: true, started: true }), []],
    ['isn’t started where it never was paused', entry('a', 'connected'), []],
  ])('%s', (_, one, expected) => {
    expect(starts(one)).toEqual(expected);
    expect(starts(one, false)).toEqual([]);
  });

  test('isn’t started before it is connected', () => {
    const one = ready('a', { paused: true });
    expect(changes([one], { a: 'incomplete' }, { startConnected: true })).toBeUndefined();
  });
});

describe('a reminder', () => {
  const DAY = 1000;
  const due = (entries: Entry[], more: object = {}, after = DAY) =>
    reminderFor(entries, snapshot(entries, more), after);

  test('is due after that time without a connection, to the moment', () => {
    expect(due([ready('a', { since: NOW - DAY })])?.details).toEqual({
      reminders: { count: 1, at: NOW },
    });
    expect(due([ready('a', { since: NOW - DAY + 1 })])).toBeUndefined();
    expect(due([ready('a', { since: NOW - DAY })], {}, 0)).toBeUndefined();
  });

  test('counts from the last one, three times at most', () => {
    const again = (count: number, at: number) =>
      due([ready('a')], { details: { customer: 'Acme', reminders: { count, at } } })?.details;
    expect(again(1, NOW - DAY + 1)).toBeUndefined();
    expect(again(2, NOW - DAY)).toEqual({ customer: 'Acme', reminders: { count: 3, at: NOW } });
    expect(again(3, 0)).toBeUndefined();
  });

  test('names those that wait, since the first of them', () => {
    const entries = [
      ready('a', { since: NOW - DAY, title: 'Aa' }),
      entry('b', 'expired', { since: NOW - 2 * DAY, title: 'Bb' }),
      entry('c', 'failed', { title: 'Cc', since: NOW }),
      entry('d', 'connected', { title: 'Dd', since: 1 }),
      entry('e', 'broken', { title: 'Ee', since: 1 }),
      entry('f', 'gone', { title: 'Ff', since: 1 }),
    ];
    const text = due(entries)?.notice.text ?? '';
    expect(text).toMatch(/^@nina \*\*Aa\*\*, \*\*Bb\*\*, \*\*Cc\*\* are still not connected/);
    expect(text).not.toMatch(/Dd|Ee|Ff/);
  });

  test('isn’t for what was never created, nor for what has waited for nobody yet', () => {
    const { connection: _, ...without } = entry('a', 'failed', { since: 1 });
    expect(due([without])).toBeUndefined();
    const { since: __, ...fresh } = ready('a');
    expect(due([fresh])).toBeUndefined();
    expect(due([entry('a', 'connected', { since: 1 })])).toBeUndefined();
  });

  test('mentions nobody where an app opened the issue', () => {
    const issue = { number: 1, author: 'some-app', isByApp: true, labels: [] };
    expect(due([ready('a')], { issue })?.notice.text).toMatch(/^\*\*Stripe\*\* is still/);
  });

  test('is what the comment says first, so that GitHub mails it', () => {
    const found = changes([ready('a')], { a: 'incomplete' }, { remindAfter: DAY });
    expect(found?.text).toContain('@nina');
    expect(found).toMatchObject({
      notice: { title: 'Reminder' },
      details: { reminders: { count: 1, at: NOW } },
    });
  });
});

describe('carrying it out', () => {
  const card: Card = {
    link: 'https://fivetran.com/connect-card/setup?auth=abc',
    token: 't',
    expiresAt: new Date(NOW + 86_400_000),
  };

  async function carriedOut(
    entries: Entry[],
    { renewals = [], starts = [] }: { renewals?: Entry[]; starts?: Entry[] },
    failing: Record<string, LinkError> = {},
    named: string[] = [],
  ) {
    const events: string[] = [];
    const within = {
      get: async () => ({ paused: true }),
      named: async (group: string, name: string) => {
        events.push(`look ${group} ${name}`);
        return { connections: named.map((id) => ({ id })) };
      },
      createCard: async (id: string, shape: object) => {
        events.push(`card ${id} ${JSON.stringify(shape)}`);
        if (failing[id]) throw failing[id];
        return card;
      },
      start: async (id: string) => {
        events.push(`start ${id}`);
        if (failing[id]) throw failing[id];
      },
    };
    const connections = {
      within: (deadline: number) => {
        expect(deadline).toBe(99);
        return within;
      },
    } as unknown as Connections;
    const plan: Partial<Changes> = {
      ...{ entries, renewals },
      starts: new Map(starts.map((one) => [one, 'start' as const])),
    };
    const claim = { plan, snapshot: snapshot(entries), deadline: 99 } as Claim<Changes>;
    const shape = { redirectUri: 'r', hideSetupGuide: true, allFields: false };
    const job = {
      ...{ connections, concurrency: 4, stopped: () => false },
      task: { card: shape },
      rules: { maskCard: ({ link }: Card) => events.push(`told ${link}`) },
    };
    const done = await carryOutChanges(claim, job as unknown as FollowUp);
    return { ...done, events, shape: JSON.stringify(shape) };
  }

  test('a renewed link is told of, and is on record; others stay', async () => {
    const expired = entry('a', 'expired', { error: 'timeout' });
    const other = ready('b');
    const { entries, cards, events, shape, ...rest } = await carriedOut([expired, other], {
      renewals: [expired],
    });
    const { error: _, ...kept } = expired;
    expect(entries[0]).toStrictEqual({
      ...{ ...kept, state: 'ready', renewed: NOW, since: 10 },
      ...{ link: fingerprintOf(card.link), expires: card.expiresAt.getTime() },
    });
    expect(entries[1]).toBe(other);
    expect([...cards]).toEqual([['a', card]]);
    expect(events).toEqual([`card a ${shape}`, `told ${card.link}`]);
    expect(rest).toStrictEqual({});
  });

  test('one that never had a link waits from now on', async () => {
    const { since: _, ...failed } = entry('a', 'failed');
    const { entries } = await carriedOut([failed], { renewals: [failed] });
    expect(entries[0]?.since).toBe(NOW);
  });

  test('one that never had a link gets one after a look that it is the only one of its name', async () => {
    const failed = entry('a', 'failed', { renewed: 0 });
    const { events } = await carriedOut([failed], { renewals: [failed] }, {}, ['a']);
    expect(events.map((event) => event.split(' ')[0])).toEqual(['look', 'card', 'told']);
    const beside = await carriedOut([failed], { renewals: [failed] }, {}, ['a', 'rival']);
    expect(beside.events).toEqual(['look g a']);
    expect(beside.error?.code).toBe('duplicate-connection');
  });

  test.each([
    'forbidden',
    // For the card alone: Fivetran has just told the connection's state.
    'unknown-connection',
  ] as const)(
    'what was refused before as %s is on record with the time: it rests for a day',
    async (code) => {
      const failing = { a: new LinkError(code, 'x', 'y') };
      const first = entry('a', 'failed', { error: 'timeout' });
      const once = await carriedOut([first], { renewals: [first] }, failing);
      expect(once.entries[0]).not.toHaveProperty('refused');
      const [again] = once.entries as [Entry];
      const twice = await carriedOut([again], { renewals: [again] }, failing);
      expect(twice.entries).toMatchObject([{ state: 'failed', error: code, refused: NOW }]);
      const [resting] = twice.entries as [Entry];
      const task = { renewLinks: true };
      const later = (ms: number) =>
        changes([resting], { a: 'incomplete' }, task, { date: NOW + ms })?.renewals.length ?? 0;
      expect([later(20 * 3_600_000 - 1), later(20 * 3_600_000)]).toEqual([0, 1]);
      // A fresh link ends that.
      const done = await carriedOut([resting], { renewals: [resting] });
      expect(done.entries[0]).not.toHaveProperty('refused');
    },
  );

  test('one that fails leaves the others theirs; the first failure is told', async () => {
    const [a, b, c] = [entry('a', 'expired'), entry('b', 'expired'), entry('c', 'expired')];
    const failing = {
      a: new LinkError('forbidden', 'x', 'y'),
      c: new LinkError('network', 'x', 'y'),
    };
    const { entries, cards, error } = await carriedOut([a, b, c], { renewals: [a, b, c] }, failing);
    expect(entries).toMatchObject([
      { connection: 'a', state: 'failed', error: 'forbidden' },
      { connection: 'b', state: 'ready' },
      { connection: 'c', state: 'failed', error: 'network' },
    ]);
    expect([...cards.keys()]).toEqual(['b']);
    expect(error?.code).toBe('forbidden');
  });

  test('a first sync is started, and on record', async () => {
    const one = entry('a', 'connected', { paused: true, starting: true });
    const { entries, events, ...rest } = await carriedOut([one], { starts: [one] });
    expect(entries).toStrictEqual([entry('a', 'connected', { paused: true, started: true })]);
    expect(events).toEqual(['start a']);
    expect(rest).not.toHaveProperty('error');
  });

  test('one that isn’t started is told of', async () => {
    const one = entry('a', 'connected', { paused: true, starting: true });
    const refused = Object.assign(new LinkError('forbidden', 'x', 'y'), { undone: true });
    const { entries, error } = await carriedOut([one], { starts: [one] }, { a: refused });
    expect(entries).toStrictEqual([entry('a', 'connected', { paused: true, error: 'forbidden' })]);
    expect(error).toBe(refused);
  });
});

describe('starting a first sync', () => {
  const one = entry('a', 'connected', { paused: true, starting: true });
  const untried = entry('a', 'connected', { paused: true });
  const started = { ...untried, started: true };
  const { paused: _, ...settled } = untried;
  const lost = new LinkError('timeout', 'Lost.', 'y');
  const refused = Object.assign(new LinkError('forbidden', 'x', 'y'), { undone: true });
  const unread = new LinkError('network', 'Unread.', 'y');
  const unsent = Object.assign(new LinkError('network', 'Not sent.', 'y'), { undone: true });

  test.each<
    [
      string,
      'start' | 'confirm',
      LinkError | undefined,
      boolean | undefined | LinkError,
      object,
      string,
    ]
  >([
    ['it was started', 'start', undefined, unread, started, ''],
    [
      'a request that had no effect: the next run tries again',
      'start',
      unsent,
      false,
      { ...untried, error: 'network' },
      'network',
    ],
    [
      'a request that was refused, and it is paused',
      'start',
      refused,
      true,
      { ...untried, error: 'forbidden' },
      'forbidden',
    ],
    [
      'a request that was refused, and nobody knows',
      'start',
      refused,
      unread,
      { ...untried, error: 'forbidden' },
      'forbidden',
    ],
    ['a request that was refused, and it runs', 'start', refused, false, started, ''],
    ['a lost response, and it runs', 'start', lost, false, started, ''],
    [
      'a lost response, and it is paused: nothing has started it',
      'start',
      lost,
      true,
      { ...untried, error: 'timeout' },
      'timeout',
    ],
    [
      'a lost response, and nobody knows: the next run looks',
      'start',
      lost,
      unread,
      one,
      'timeout',
    ],
    [
      'a lost response, and Fivetran doesn’t say',
      'start',
      lost,
      undefined,
      { ...settled, error: 'start-unknown' },
      'start-unknown',
    ],
    ['an earlier run started it', 'confirm', refused, false, started, ''],
    [
      'an earlier run may have, and it is paused: perhaps on purpose',
      'confirm',
      refused,
      true,
      { ...settled, error: 'start-unknown' },
      'start-unknown',
    ],
    [
      'an earlier run may have, and Fivetran doesn’t say',
      'confirm',
      refused,
      undefined,
      { ...settled, error: 'start-unknown' },
      'start-unknown',
    ],
    ['an earlier run may have, and nobody knows', 'confirm', refused, unread, one, 'network'],
  ])('%s', async (_, how, failure, paused, expected, code) => {
    const connections = {
      start: async () => {
        if (failure) throw failure;
      },
      get: async (id: string) => {
        expect(id).toBe('a');
        if (paused instanceof LinkError) throw paused;
        return { paused };
      },
    } as unknown as Connections;
    const { entry: after, error } = await startFirstSync(one, how, connections, 7);
    expect(after).toStrictEqual(expected);
    expect(error?.code ?? '').toBe(code);
  });
});
