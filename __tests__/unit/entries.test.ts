import { expect, test } from '@jest/globals';
import { LinkError, NotBegun } from '../../src/model/errors.ts';
import { type ApprovedRequest, type Entry, newEntry } from '../../src/model/issue-record.ts';
import type { LinkRequest } from '../../src/model/link.ts';
import {
  mayHaveReplaced,
  pausedMark,
  sameRequest,
  withEntry,
  withLostLink,
} from '../../src/operations/entries.ts';

// An issue's list of connections: what is the same, and what a failure leaves of an entry.

const request: ApprovedRequest = { group: 'g', service: 'google_ads', schema: 'a' };
const entry = (more: Partial<Entry> = {}): Entry => ({ ...newEntry(request), ...more });

test.each<[string, Partial<ApprovedRequest>, boolean]>([
  ['nothing', {}, true],
  ['another name of the connector type', { service: 'adwords' }, true],
  ['the group', { group: 'h' }, false],
  ['the connector type', { service: 'stripe' }, false],
  ['the schema', { schema: 'b' }, false],
  ['a table', { table: 't' }, false],
])('two requests that differ in %s are for the same connection: %j', (_, more, same) => {
  expect(sameRequest(request, { ...request, ...more })).toBe(same);
  expect(sameRequest({ ...request, ...more }, request)).toBe(same);
});

test('an entry takes the place of the one for the same connection, or comes last', () => {
  const [one, two] = [entry({ connection: 'one' }), entry({ connection: 'two' })];
  const other = { ...entry(), request: { ...request, schema: 'b' } };
  const list = [other, one];
  // By its id, whatever it is called by now; by its request, whatever its id.
  const renamed = { ...one, request: { ...request, schema: 'c' } };
  expect(withEntry(list, renamed)).toEqual([other, renamed]);
  expect(withEntry(list, two)).toEqual([other, two]);
  expect(withEntry([one, other], { ...other, connection: 'x' })).toMatchObject([
    { connection: 'one' },
    { connection: 'x' },
  ]);
  const third = { ...entry(), request: { ...request, schema: 'd' } };
  expect(withEntry(list, third)).toEqual([other, one, third]);
  expect(list).toEqual([other, one]);
});

test('a link that another may have replaced isn’t shown any more', () => {
  const failure = (code: LinkError['code'], undone = false) =>
    Object.assign(new LinkError(code, 'x', 'y'), { undone });
  expect(mayHaveReplaced(failure('timeout'))).toBe(true);
  expect(mayHaveReplaced(failure('forbidden', true))).toBe(false);
  expect(mayHaveReplaced(failure('unknown-connection'))).toBe(false);
  expect(mayHaveReplaced(new NotBegun(failure('unauthorized')))).toBe(false);
  const before = entry({ connection: 'one', state: 'ready', link: 'x', expires: 5, since: 1 });
  expect(withLostLink(before, 'timeout')).toStrictEqual({
    ...entry({ connection: 'one', since: 1 }),
    ...{ state: 'failed', error: 'timeout', expires: 0 },
  });
});

test('a connection counts as created paused only if this run created it so', () => {
  const asking = (settings: object) => ({ kind: 'named', connection: { settings } }) as LinkRequest;
  expect(pausedMark(asking({ paused: true }), true)).toStrictEqual({ paused: true });
  for (const created of [false, undefined]) {
    expect(pausedMark(asking({ paused: true }), created)).toStrictEqual({});
  }
  expect(pausedMark(asking({ paused: false }), true)).toStrictEqual({});
  expect(pausedMark(asking({ paused: 'true' }), true)).toStrictEqual({});
  expect(pausedMark(asking({}), true)).toStrictEqual({});
  expect(pausedMark({ kind: 'existing' } as LinkRequest, true)).toStrictEqual({});
});
