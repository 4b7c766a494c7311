import { describe, expect, test } from '@jest/globals';
import { hasResult, merge } from '../../src/github/comment-pages.ts';
import type { Comment, IssuePage } from '../../src/github/issue.ts';
import { RecordSigner, type Sealed } from '../../src/github/record.ts';
import { githubNow, type Snapshot, takeSnapshot } from '../../src/github/snapshot.ts';
import { type Entry, newEntry } from '../../src/model/issue-record.ts';

// What an issue's comments say together: published lists, and what runs announced before they died.

const NOW = Date.parse('2026-11-25T09:00:00Z');
const REF = { repositoryId: 7, issue: 1 };
const present = new RecordSigner('present', 'previous');
const alone = new RecordSigner('present');
const former = new RecordSigner('previous');

const entry = (schema: string, more: Partial<Entry> = {}): Entry => ({
  ...newEntry({ group: 'g', service: 'stripe', schema }),
  ...more,
});
const lease = (id: string, until = NOW - 1) => ({ id, run: id, attempt: 1, until });

/** The snapshot of an issue with comments that have these records, the oldest first. */
function snapshotOf(...records: (Sealed & { by?: RecordSigner })[]) {
  const comments = records.map(({ by = present, ...sealed }, index): Comment => {
    const body = `x\n\n${by.sign(sealed, REF, index + 1)}`;
    const fixed = { url: '', createdAt: NOW, edited: true, author: 'other[bot]', own: false };
    return { id: index + 1, body, ...fixed };
  });
  const page: IssuePage = {
    issue: { number: 1, nodeId: 'I_1', open: true, labels: [], author: 'nina', isByApp: false },
    ...{ repositoryId: 7, public: false, viewer: 'me[bot]', date: NOW, readAt: NOW },
    ...{ comments, before: undefined },
  };
  return takeSnapshot(page, comments, present, { id: 'mine', attempt: 2 });
}

const schemas = ({ entries }: { entries: Entry[] }) => entries.map(({ request }) => request.schema);
const ids = (comments: Comment[]) => comments.map(({ id }) => id);

test('what two runs announced before they died is on record, all their create requests too', () => {
  const intent = (unseenAt: number) => [{ unseenAt, until: unseenAt + 1 }];
  const snapshot = snapshotOf(
    { generation: 1, entries: [entry('a')] },
    { generation: 2, entries: [entry('a', { intents: intent(1) }), entry('b')], lease: lease('x') },
    { generation: 2, entries: [entry('a', { intents: intent(2) }), entry('c')], lease: lease('y') },
  );
  expect(schemas(snapshot)).toEqual(['a', 'b', 'c']);
  expect(snapshot.entries[0]?.intents.map(({ unseenAt }) => unseenAt)).toEqual([1, 2]);
  expect(snapshot).toMatchObject({ generation: 2, comment: { id: 1 }, leases: [] });
  // The next result takes the place of all three.
  expect(ids(snapshot.current)).toEqual([1, 2, 3]);
});

test.each([['first'], ['second']])(
  'of two that died the %s was to replace a link: it counts no more',
  (which) => {
    const [ready, lost] = [
      { connection: 'one', state: 'ready', link: 'x' } as const,
      { connection: 'one', state: 'failed' } as const,
    ];
    const [one, two] = which === 'first' ? [lost, ready] : [ready, lost];
    const snapshot = snapshotOf(
      { generation: 1, entries: [entry('a', ready)] },
      { generation: 2, entries: [entry('a', one)], lease: lease('x') },
      { generation: 2, entries: [entry('a', two)], lease: lease('y') },
    );
    expect(snapshot.entries).toEqual([entry('a', lost)]);
  },
);

test('of two that died one was to create a connection again: its request may have been sent', () => {
  const intents = [{ unseenAt: 1, until: 2 }];
  const gone = entry('a', { connection: 'one', state: 'gone' });
  const again = entry('a', { intents });
  const snapshot = snapshotOf(
    { generation: 1, entries: [gone] },
    { generation: 2, entries: [again], lease: lease('x') },
    { generation: 2, entries: [gone], lease: lease('y') },
  );
  expect(snapshot.entries).toEqual([again]);
});

test('a published list replaces those before it, and what is remembered goes with it', () => {
  const snapshot = snapshotOf(
    { generation: 1, entries: [entry('a')] },
    { generation: 3, entries: [entry('b')], details: { customer: 'Acme' } },
  );
  expect(snapshot).toMatchObject({
    generation: 3,
    details: { customer: 'Acme' },
    previousKey: false,
  });
  expect(schemas(snapshot)).toEqual(['b']);
  expect(ids(snapshot.replaced)).toEqual([1]);
  expect(ids(snapshot.current)).toEqual([2]);
});

test('a lease counts until its time, and ends when its job is run again', () => {
  const leases = (until: number, run: string, attempt: number) =>
    snapshotOf({ generation: 1, entries: [], lease: { id: 'x', run, attempt, until } }).leases
      .length;
  expect(leases(NOW + 1, 'other', 1)).toBe(1);
  expect(leases(NOW, 'other', 1)).toBe(0);
  expect(leases(NOW + 1, 'mine', 1)).toBe(0);
  expect(leases(NOW + 1, 'mine', 2)).toBe(1);
});

test('a lease from before the published list is over', () => {
  const snapshot = snapshotOf(
    { generation: 2, entries: [], lease: lease('x', NOW + 1000) },
    { generation: 3, entries: [] },
  );
  expect(snapshot.leases).toEqual([]);
  expect(ids(snapshot.replaced)).toEqual([1]);
});

test('of two comments with the same lease the second is a copy, and counts for nothing', () => {
  const record = { generation: 1, entries: [entry('a')], lease: lease('x', NOW + 1000) };
  const snapshot = snapshotOf(record, record);
  expect(snapshot.leases.map(({ comment }) => comment.id)).toEqual([1]);
  expect(ids(snapshot.current)).toEqual([]);
});

test('a list that the previous key has signed counts while there is no other', () => {
  const snapshot = snapshotOf({ generation: 4, entries: [entry('a')], by: former });
  expect(schemas(snapshot)).toEqual(['a']);
  expect(snapshot).toMatchObject({ generation: 4, previousKey: true, former: undefined });
});

test('beside one of the present key it adds what only it has', () => {
  const snapshot = snapshotOf(
    { generation: 4, entries: [entry('a', { connection: 'one' })], by: former },
    { generation: 1, entries: [entry('b', { connection: 'two' })], by: alone },
  );
  expect(schemas(snapshot)).toEqual(['b', 'a']);
  expect(snapshot).toMatchObject({ generation: 1, previousKey: true, comment: { id: 2 } });
  expect(snapshot.former?.id).toBe(1);
});

test('nor is a list lost when a run of the previous key has died meanwhile', () => {
  const intents = [{ unseenAt: 1, until: 2 }];
  const [one, two] = [entry('a', { connection: 'one' }), entry('b', { connection: 'two' })];
  const snapshot = snapshotOf(
    { generation: 8, entries: [one], by: former },
    { generation: 9, entries: [one, entry('c', { intents })], lease: lease('x'), by: former },
    { generation: 2, entries: [two], by: alone },
  );
  expect(schemas(snapshot)).toEqual(['b', 'a', 'c']);
  expect(snapshot.entries[2]?.intents).toEqual(intents);
  expect(snapshot).toMatchObject({ comment: { id: 3 }, former: { id: 1 }, generation: 9 });
  expect(ids(snapshot.current)).toEqual([3, 2]);
  expect(ids(snapshot.replaced)).toEqual([1]);
});

test('nor when a run that begins a list with the present key has died', () => {
  const intents = [{ unseenAt: 1, until: 2 }];
  const records = (until: number) =>
    snapshotOf(
      { generation: 8, entries: [entry('a', { connection: 'one' })], by: former },
      { generation: 1, entries: [entry('b', { intents })], lease: lease('x', until), by: alone },
    );
  // While it works, others wait for it.
  expect(ids(records(NOW + 1).leases.map(({ comment }) => comment))).toEqual([2]);
  const snapshot = records(NOW - 1);
  expect(schemas(snapshot)).toEqual(['a', 'b']);
  expect(snapshot).toMatchObject({ comment: { id: 1 }, previousKey: true, generation: 8 });
  expect(ids(snapshot.current)).toEqual([1, 2]);
});

test('an issue without a record has none of the previous key', () => {
  expect(snapshotOf()).toMatchObject({
    generation: 0,
    previousKey: false,
    details: {},
    entries: [],
  });
});

test('what an issue is goes into its snapshot as it was read', () => {
  expect(snapshotOf()).toMatchObject({
    ...{ issue: { number: 1, nodeId: 'I_1' }, public: false, repositoryId: 7, viewer: 'me[bot]' },
    ...{ date: NOW, readAt: NOW, comment: undefined, former: undefined, signed: [] },
    ...{ leases: [], replaced: [], current: [] },
  });
});

test('a list of the previous key alone goes on, with what runs announced since', () => {
  const snapshot = snapshotOf(
    { generation: 4, entries: [entry('a')], by: former },
    { generation: 5, entries: [entry('b')], lease: lease('x') },
  );
  expect(schemas(snapshot)).toEqual(['b']);
  expect(snapshot).toMatchObject({ generation: 5, previousKey: true, comment: { id: 1 } });
  expect(ids(snapshot.current)).toEqual([1, 2]);
});

test('of several lists of either key the newest counts', () => {
  const snapshot = snapshotOf(
    { generation: 3, entries: [entry('a', { connection: 'one' })], by: former },
    { generation: 4, entries: [entry('b', { connection: 'two' })], by: former },
    { generation: 2, entries: [entry('d', { connection: 'four' })], by: alone },
    { generation: 1, entries: [entry('e')], by: alone },
  );
  expect(schemas(snapshot)).toEqual(['d', 'b']);
  expect(snapshot).toMatchObject({ comment: { id: 3 }, former: { id: 2 } });
});

test('an entry of either list for one connection stands once, as the present key has it', () => {
  const snapshot = snapshotOf(
    {
      generation: 4,
      entries: [
        entry('a', { connection: 'one', state: 'expired' }),
        entry('b', { connection: 'two' }),
        entry('c'),
      ],
      by: former,
    },
    {
      generation: 1,
      entries: [entry('a', { connection: 'one', state: 'ready' }), entry('b'), entry('d')],
      by: alone,
    },
  );
  expect(
    snapshot.entries.map(({ request, connection, state }) => [request.schema, connection, state]),
  ).toEqual([
    ['a', 'one', 'ready'],
    // Not known to exist, as the other list has it.
    ['d', undefined, 'creating'],
    ['b', 'two', 'creating'],
  ]);
});

test('two connections for one request, on either list, are both kept', () => {
  const snapshot = snapshotOf(
    { generation: 4, entries: [entry('a', { connection: 'old' })], by: former },
    { generation: 1, entries: [entry('a', { connection: 'new' })], by: alone },
  );
  expect(snapshot.entries.map(({ connection }) => connection)).toEqual(['new', 'old']);
});

describe('a list that was written with both keys', () => {
  const [gone, again] = [entry('a', { connection: 'gone' }), entry('a', { connection: 'again' })];

  test('has what the previous key has signed before: nothing comes back that was dropped', () => {
    // The run that wrote it died before it had deleted the others.
    const snapshot = snapshotOf(
      { generation: 8, entries: [gone], by: former },
      { generation: 9, entries: [gone], lease: lease('x'), by: former },
      { generation: 11, entries: [again] },
    );
    expect(snapshot.entries).toEqual([again]);
    expect(snapshot).toMatchObject({ comment: { id: 3 }, former: undefined, previousKey: false });
    expect([ids(snapshot.replaced), ids(snapshot.current)]).toEqual([[1, 2], [3]]);
  });

  test('lacks what it has signed since', () => {
    const snapshot = snapshotOf(
      { generation: 11, entries: [again] },
      { generation: 2, entries: [entry('b', { connection: 'since' })], by: former },
    );
    expect(schemas(snapshot)).toEqual(['a', 'b']);
    expect(snapshot).toMatchObject({ comment: { id: 1 }, former: { id: 2 } });
  });

  test('and was announced by a run that died has both lists, and its create request counts', () => {
    const intents = [{ unseenAt: 1, until: 2 }];
    const snapshot = snapshotOf(
      { generation: 8, entries: [gone], by: former },
      { generation: 2, entries: [entry('b', { connection: 'two' })], by: alone },
      {
        generation: 3,
        entries: [entry('b', { connection: 'two' }), entry('a', { intents })],
        lease: lease('x'),
      },
    );
    expect(snapshot.entries.map(({ connection }) => connection)).toEqual(['two', undefined]);
    expect(snapshot.entries[1]?.intents).toEqual(intents);
    // Its words have links that the next result keeps.
    expect(snapshot).toMatchObject({ comment: { id: 2 }, former: { id: 1 } });
  });
});

test.each([
  ['previous', former, alone],
  ['present', alone, former],
])(
  'a list of the %s key isn’t lost, however many runs with the other one alone have died',
  (_, ...by) => {
    const [first, other] = by;
    const died = (generation: number) => ({
      ...{ generation, entries: [entry('b')], lease: lease(`x${generation}`), by: other },
    });
    const list = { generation: 2, entries: [entry('a', { connection: 'one' })], by: first };
    const snapshot = snapshotOf(list, died(1), died(2), died(3), died(4));
    expect(schemas(snapshot)).toEqual(['a']);
    expect(ids(snapshot.current)).toEqual([1, 2, 3, 4, 5]);
  },
);

test('what a run announced twice, as others have it, is merged request by request', () => {
  const one = { unseenAt: 1, until: 2 };
  const snapshot = snapshotOf(
    {
      generation: 1,
      entries: [entry('a', { state: 'creating', intents: [one], error: 'x' })],
      lease: lease('x'),
    },
    { generation: 1, entries: [entry('a', { state: 'failed' })], lease: lease('y') },
  );
  expect(snapshot.entries).toMatchObject([{ state: 'creating', error: 'x', intents: [one] }]);
});

test('only comments that are surely the action’s are ever deleted', () => {
  const comments = (own: boolean) => {
    const sending = { by: 'other[bot]', at: NOW, within: 1000 };
    const sealed = [
      { generation: 1, entries: [], lease: lease('x') },
      { generation: 2, entries: [] },
      { generation: 3, entries: [], lease: lease('y') },
    ];
    const all = sealed.map((one, index): Comment => {
      const body = present.sign(one, REF, sending);
      const fixed = { url: '', createdAt: NOW, edited: false, author: 'other[bot]', own };
      return { id: index + 1, body, ...fixed };
    });
    const page = { repositoryId: 7, issue: { number: 1 }, date: NOW, readAt: NOW } as IssuePage;
    const { replaced, current } = takeSnapshot(page, all, present, { id: 'mine', attempt: 1 });
    return [ids(replaced), ids(current)];
  };
  expect(comments(true)).toEqual([[1], [2, 3]]);
  expect(comments(false)).toEqual([[], []]);
});

test('a time of this machine’s is told as GitHub’s', () => {
  const snapshot = { date: 10_000, readAt: 400 } as Snapshot;
  expect(githubNow(snapshot, 450)).toBe(10_050);
});

test('the result of a run is told from what it announced, and from strangers’ comments', () => {
  const by = (body: string, id = 1) =>
    ({ id, body, url: '', createdAt: NOW, edited: true, author: 'x', own: false }) as Comment;
  const result = by(present.sign({ generation: 1, entries: [] }, REF, 1));
  const announced = by(present.sign({ generation: 1, entries: [], lease: lease('x') }, REF, 2), 2);
  expect(hasResult([announced, by('Hello')], alone, REF)).toBe(false);
  expect(hasResult([announced, by('Hello'), result], alone, REF)).toBe(true);
  expect(hasResult([], alone, REF)).toBe(false);
});

test('pages of comments are one list, the newer reading of each, the oldest first', () => {
  const comment = (id: number, body: string) => ({ id, body }) as Comment;
  const merged = merge([comment(1, 'a'), comment(3, 'old')], [comment(3, 'new'), comment(2, 'b')]);
  expect(merged).toEqual([comment(1, 'a'), comment(2, 'b'), comment(3, 'new')]);
});
