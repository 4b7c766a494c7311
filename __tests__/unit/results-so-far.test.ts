import { expect, test } from '@jest/globals';
import type { Card, Connection } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';
import { asFailed, errorOf, type LinkResult } from '../../src/model/link.ts';
import { ResultsSoFar } from '../../src/operations/results-so-far.ts';

const connection: Connection = {
  id: 'c1',
  service: 'google_ads',
  name: 'acme',
  groupId: 'g',
  setupState: 'incomplete',
  createdAt: 0,
};
const card: Card = { link: 'https://example.com/card', token: 't', expiresAt: new Date(0) };
const linked: LinkResult = { target: {}, outcome: 'linked', connection, created: true, card };

test('what is known is kept at once, in the order of the requests', () => {
  const results = new ResultsSoFar([{ schema: 'a' }, { schema: 'b' }], () => {});
  results.start(1).onConnection(connection, true);
  expect(results.get()).toEqual([
    { target: { schema: 'a' }, outcome: 'pending', begun: false },
    { target: { schema: 'b' }, outcome: 'pending', begun: true, connection, created: true },
  ]);
});

test('a card is masked before anything else can see it', () => {
  const seen: LinkResult[][] = [];
  const results: ResultsSoFar = new ResultsSoFar([{}], () => seen.push(results.get()));
  const observer = results.start(0);
  observer.onCard(card);
  expect(seen).toEqual([[{ target: {}, outcome: 'pending', begun: true }]]);
  expect(results.get()).toMatchObject([{ card }]);
});

test('when cancelled, what isn’t finished failed, begun or not, with what is known of it', () => {
  const results = new ResultsSoFar([{}, {}], () => {});
  results.add({ schema: 'late' });
  results.finish(0, linked);
  results.start(1).onConnection(connection, true);
  const [first, second, third] = results.cancelled();
  expect(first).toBe(linked);
  expect(second).toMatchObject({ outcome: 'failed', connection, created: true });
  expect(second && errorOf(second)).toMatchObject({
    code: 'cancelled',
    message: expect.stringContaining('may have been created'),
  });
  expect(results.get()).toHaveLength(3);
  expect(third).toMatchObject({ target: { schema: 'late' } });
  expect(third && errorOf(third)?.message).toContain('before this was begun');
});

test('what arrives after the end changes nothing', () => {
  const results = new ResultsSoFar([{}], () => {});
  const observer = results.start(0);
  results.finish(0, linked);
  observer.onConnection({ ...connection, id: 'other' }, false);
  expect(results.get()).toEqual([linked]);
});

test('a result that fails afterwards keeps what is known, and its first error', () => {
  const first = new LinkError('github-forbidden', 'No.', 'Fix.');
  const failed = asFailed(linked, first);
  expect(failed).toEqual({
    target: {},
    connection,
    created: true,
    card,
    outcome: 'failed',
    error: first,
  });
  expect(asFailed(failed, new LinkError('internal', 'Other.', '')).error).toBe(first);
});
