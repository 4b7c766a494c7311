import { describe, expect, test } from '@jest/globals';
import { LinkError } from '../../src/model/errors.ts';
import { type Entry, type EntryState, newEntry } from '../../src/model/issue-record.ts';
import type { KnownParts } from '../../src/model/link.ts';
import {
  followEntry,
  isRenewable,
  outcomeOf,
} from '../../src/operations/follow-up/follow-entry.ts';
import { afterFailure } from '../../src/operations/onboard/after-failure.ts';
import type { Planning, Task } from '../../src/operations/onboard/plan.ts';

const NOW = 1_000_000;
const entry = (state: EntryState, more: Partial<Entry> = {}): Entry => ({
  ...newEntry({ group: 'g', service: 'stripe', schema: 'a' }),
  connection: 'one',
  state,
  ...more,
});
const ready = (expires: number, more: Partial<Entry> = {}) =>
  entry('ready', { expires, link: 'x', since: 5, ...more });

describe('follow-up: what a connection’s setup state makes of its entry', () => {
  const follow = (
    before: Entry,
    found: 'incomplete' | 'connected' | 'broken' | 'gone' | LinkError,
  ) => followEntry(before, new Map([['one', found]]), NOW);

  test.each<[string, Entry, 'incomplete' | 'connected' | 'broken' | 'gone']>([
    ['a link that works', ready(NOW + 1), 'incomplete'],
    ['a link that has expired, as known', entry('expired'), 'incomplete'],
    ['no link because of a failure', entry('failed', { error: 'timeout' }), 'incomplete'],
    ['connected, as known', entry('connected'), 'connected'],
    ['a link to sign in again', ready(NOW + 1, { repairs: true }), 'broken'],
  ])('stays as it is: %s', (_, before, found) => expect(follow(before, found)).toBe(before));

  test.each<[string, Entry, 'incomplete' | 'connected' | 'broken' | 'gone', object]>([
    [
      'a link ends in the moment in which it expires',
      ready(NOW),
      'incomplete',
      { state: 'expired' },
    ],
    ['the customer is done', ready(NOW + 1), 'connected', { state: 'connected', expires: 0 }],
    ['somebody has deleted it', ready(NOW + 1), 'gone', { state: 'gone' }],
    [
      'signing in again took too long',
      ready(NOW, { repairs: true }),
      'broken',
      { state: 'broken' },
    ],
    ['a link for the first time doesn’t repair', ready(NOW + 1), 'broken', { state: 'broken' }],
    ['it isn’t connected any more', entry('connected'), 'incomplete', { state: 'expired' }],
  ])('%s', (_, before, found, expected) => {
    const after = follow(before, found);
    expect(after).toMatchObject(expected);
    expect(after).not.toHaveProperty('link');
    expect(after).not.toHaveProperty('repairs');
  });

  test('what couldn’t be read, or was never created, changes nothing', () => {
    const before = ready(NOW + 1);
    expect(follow(before, new LinkError('network', 'x', 'y'))).toBe(before);
    expect(followEntry(before, new Map(), NOW)).toBe(before);
    const { connection: _, ...without } = entry('failed');
    expect(followEntry(without, new Map([['', 'connected']]), NOW)).toBe(without);
  });

  test('a run that died while creating has failed', () => {
    expect(follow(entry('creating'), 'incomplete')).toMatchObject({
      state: 'failed',
      error: 'cancelled',
    });
  });

  test('a fresh link is for those that have none and are certain to be the issue’s', () => {
    const states: EntryState[] = ['creating', 'ready', 'connected', 'expired', 'broken', 'failed'];
    const renewable = states.filter((state) => isRenewable(entry(state)));
    expect(renewable).toEqual(['expired', 'failed']);
    expect(isRenewable(entry('failed', { error: 'duplicate-connection' }))).toBe(false);
    const { connection: _, ...without } = entry('failed');
    expect(isRenewable(without)).toBe(false);
  });

  test.each<[EntryState[], string]>([
    [[], 'waiting'],
    [['connected'], 'connected'],
    [['connected', 'connected'], 'connected'],
    [['connected', 'ready'], 'waiting'],
    [['ready', 'failed'], 'waiting'],
    [['connected', 'expired'], 'expired'],
    [['expired', 'gone'], 'gone'],
    [['expired', 'gone', 'broken'], 'broken'],
  ])('an issue with %j is %s', (states, outcome) => {
    const entries = states.map((state) => entry(state));
    expect(outcomeOf(entries, true)).toBe(outcome);
    expect(outcomeOf(entries, false)).toBe('bad-record');
  });
});

describe('what stays on record of a connection for which something failed', () => {
  const { connection: _, ...none } = entry('creating', {
    intents: [
      { unseenAt: 1, until: 2 },
      { unseenAt: 3, until: 9 ** 15 },
    ],
  });
  const planning = { end: NOW + 60_000, now: () => NOW } as Planning;
  const create = { kind: 'create', entry: none, earlier: none.intents.slice(0, 1) } as Task;
  const request = { kind: 'existing' } as unknown as Task['request'];
  /** What stays on record. With an id, the connection was known when the request failed. */
  const failed = (
    task: Task,
    code: LinkError['code'],
    { id, undone = false }: { id?: string; undone?: boolean } = {},
  ) => {
    const error = Object.assign(new LinkError(code, 'x', 'y'), { undone });
    const known = { ...(id !== undefined && { connection: { id } }) } as KnownParts;
    return afterFailure({ ...task, request } as Task, error, known, planning);
  };

  test('a refusal of another request leaves the entry as it is', () => {
    const task = { kind: 'refuse', entry: entry('expired') } as Task;
    expect(failed(task, 'different-request')).toBe(task.entry);
    const renewal = { ...task, kind: 'renew' } as Task;
    expect(failed(renewal, 'different-request')).toMatchObject({ state: 'failed' });
  });

  test('a link that works is kept, unless another may have taken its place', () => {
    const task = { kind: 'renew', entry: ready(NOW) } as Task;
    expect(failed(task, 'rate-limited', { id: 'one', undone: true })).toBe(task.entry);
    // Before the connection is known, no card is asked for.
    expect(failed(task, 'timeout')).toBe(task.entry);
    const lost = failed(task, 'timeout', { id: 'one' });
    expect(lost).toMatchObject({ state: 'failed', error: 'timeout' });
    expect(lost).not.toHaveProperty('link');
    const expired = { kind: 'renew', entry: entry('expired') } as Task;
    expect(failed(expired, 'rate-limited')).toMatchObject({ state: 'failed', expires: 0 });
  });

  test('what is known to exist is on record, and no create request is open', () => {
    expect(failed(create, 'timeout', { id: 'two' })).toMatchObject({
      connection: 'two',
      intents: [],
    });
  });

  test.each<LinkError['code']>(['not-this-issues', 'ownership-unclear', 'name-taken'])(
    '%s: what turns up under the name later isn’t the issue’s',
    (code) => expect(failed(create, code)).toMatchObject({ state: 'failed', intents: [] }),
  );

  test('where nothing was sent only earlier create requests are open', () => {
    expect(failed(create, 'unauthorized').intents).toEqual(none.intents.slice(0, 1));
  });

  test('where a request was sent it is open for as long as it can have an effect', () => {
    for (const code of ['create-unknown', 'cancelled', 'internal'] as const) {
      // A minute was left, and what was sent has its effect within 15 s.
      expect(failed(create, code).intents).toEqual([
        none.intents[0],
        { unseenAt: 3, until: 9 ** 15 - 45_000 },
      ]);
    }
  });

  test('what isn’t to be created keeps its create requests, as it sent none', () => {
    const task = { kind: 'refuse', entry: none } as Task;
    expect(failed(task, 'network')).toMatchObject({ state: 'failed', intents: none.intents });
    expect(failed(task, 'create-unknown').intents).toEqual(none.intents);
    expect(failed(task, 'network')).not.toHaveProperty('connection');
  });

  test('a connection on record stays there where nothing more is known of it', () => {
    const task = { kind: 'renew', entry: entry('broken', { link: 'x' }) } as Task;
    expect(failed(task, 'forbidden')).toStrictEqual({
      ...{ ...task.entry, state: 'failed', error: 'forbidden', expires: 0 },
    });
  });

  test('one that this run created paused is remembered as such', () => {
    const paused = { kind: 'named', connection: { settings: { paused: true } } };
    const error = new LinkError('timeout', 'x', 'y');
    const marked = (created: boolean, request: object) => {
      const known = { connection: { id: 'two' }, created } as KnownParts;
      const task = { ...create, request } as Task;
      return afterFailure(task, error, known, planning).paused;
    };
    expect(marked(true, paused)).toBe(true);
    expect(marked(false, paused)).toBeUndefined();
    expect(marked(true, request)).toBeUndefined();
    const running = { kind: 'named', connection: { settings: { paused: false } } };
    expect(marked(true, running)).toBeUndefined();
  });
});
