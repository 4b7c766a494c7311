import { describe, expect, test } from '@jest/globals';
import { type ErrorCode, LinkError, NotBegun } from '../../src/model/errors.ts';
import { CircuitBreaker } from '../../src/operations/circuit-breaker.ts';

const failure = (code: string, message = 'No.') =>
  new LinkError(code as ErrorCode, message, 'Fix.');

/** A breaker that has observed these failures, one after the other. */
function observing(...errors: Array<LinkError | undefined>): CircuitBreaker {
  const breaker = new CircuitBreaker();
  for (const error of errors) breaker.observe(error);
  return breaker;
}

describe('one failure is enough', () => {
  test.each(['unauthorized', 'github-unauthorized', 'rate-limited', 'proxy', 'tls'])(
    '%s stops everything',
    (code) => {
      const error = failure(code);
      const refusal = observing(error).refusal('any');
      expect(refusal).toBeInstanceOf(NotBegun);
      expect(refusal).toMatchObject({ code, reason: error, message: 'Not begun: No.' });
    },
  );

  test.each(['unknown-group', 'forbidden'])('%s stops its scope only', (code) => {
    const breaker = new CircuitBreaker();
    breaker.observe(failure(code), 'a');
    expect(breaker.refusal('a')).toMatchObject({ code });
    expect(breaker.refusal('b')).toBeUndefined();
    expect(breaker.refusal()).toBeUndefined();
  });
});

describe('refusals by GitHub', () => {
  test.each(['github-forbidden', 'issue-locked', 'issue-gone'])(
    'one %s stops nothing, the same twice in a row stops everything',
    (code) => {
      expect(observing(failure(code)).refusal()).toBeUndefined();
      expect(observing(failure(code), failure(code)).refusal()).toMatchObject({ code });
    },
  );

  test('different ones, or one with a success in between, stop nothing', () => {
    const locked = () => failure('issue-locked');
    const forbidden = () => failure('github-forbidden');
    expect(observing(locked(), forbidden(), locked()).refusal()).toBeUndefined();
    expect(observing(locked(), undefined, locked()).refusal()).toBeUndefined();
    expect(observing(locked(), failure('issue-locked', 'Other.')).refusal()).toBeUndefined();
  });
});

describe('outages', () => {
  const CODES = ['timeout', 'network', 'server-error', 'bad-answer', 'create-unknown'];
  const outage = (count: number) =>
    Array.from({ length: count }, (_, n) => failure(CODES[n % CODES.length] ?? '', `${n}`));

  test('ten in a row stop everything, and the refusal names the last', () => {
    expect(observing(...outage(9)).refusal()).toBeUndefined();
    expect(observing(...outage(10)).refusal()?.message).toBe(
      'Not begun: 10 requests in a row have failed, the last one like this: 9',
    );
  });

  test.each(['network', 'github-failed'])('%s is one of them', (code) => {
    const failures = Array.from({ length: 10 }, () => failure(code));
    expect(observing(...failures.slice(1)).refusal()).toBeUndefined();
    expect(observing(...failures).refusal()).toMatchObject({ code });
  });

  test('a success or another failure in between starts the count again', () => {
    expect(observing(...outage(9), undefined, ...outage(9)).refusal()).toBeUndefined();
    expect(observing(...outage(9), failure('refused'), ...outage(9)).refusal()).toBeUndefined();
  });

  test('one error that many share counts once', () => {
    const shared = failure('server-error');
    expect(observing(...Array(20).fill(shared)).refusal()).toBeUndefined();
  });
});

test('what concerns one request alone stops nothing', () => {
  expect(
    observing(...Array.from({ length: 20 }, () => failure('refused'))).refusal(),
  ).toBeUndefined();
});
