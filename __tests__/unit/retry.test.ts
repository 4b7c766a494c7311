import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  backoff,
  isTlsError,
  retryAfter,
  safetyOfNetworkError,
  safetyOfStatus,
} from '../../src/http/retry.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';

test.each([
  [200, 'final'],
  [400, 'final'],
  [401, 'final'],
  [403, 'final'],
  [404, 'final'],
  [409, 'final'],
  [302, 'final'],
  [429, 'not-done'],
  [408, 'in-doubt'],
  [499, 'final'],
  [500, 'in-doubt'],
  [502, 'in-doubt'],
  [503, 'in-doubt'],
  [504, 'in-doubt'],
])('status %i is %s', (status, retry) => expect(safetyOfStatus(status)).toBe(retry));

test.each([
  ['ECONNREFUSED', 'not-done'],
  ['EHOSTUNREACH', 'not-done'],
  ['ENETUNREACH', 'not-done'],
  ['ENOTFOUND', 'not-done'],
  ['EAI_AGAIN', 'not-done'],
  ['UND_ERR_CONNECT_TIMEOUT', 'not-done'],
  ['ECONNRESET', 'in-doubt'],
  ['UND_ERR_SOCKET', 'in-doubt'],
  ['TimeoutError', 'in-doubt'],
  ['HPE_INVALID_CONSTANT', 'in-doubt'],
  ['a code that nobody knows', 'in-doubt'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'final'],
  ['PROXY_REFUSED', 'final'],
])('network error %s is %s', (code, retry) => expect(safetyOfNetworkError(code)).toBe(retry));

test.each([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_HAS_EXPIRED',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'EPROTO',
])('%s is about TLS', (code) => expect(isTlsError(code)).toBe(true));

test.each(['EPROTONOSUPPORT', 'ERR_HTTP_INVALID_HEADER', 'ECONNRESET', 'AN_ERR_TLS_X', ''])(
  '%j isn’t about TLS',
  (code) => expect(isTlsError(code)).toBe(false),
);

describe('Retry-After', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  test.each([
    ['120', 120_000],
    [' 3600 ', 3_600_000],
    ['9'.repeat(400), 2 ** 31 * 1000],
    ['Mon, 23 Nov 2026 10:01:00 GMT', 60_000],
    ['Monday, 23-Nov-26 10:01:00 GMT', 60_000],
    ['Mon Nov 23 10:01:00 2026', 60_000],
    ['Sat Dec  5 10:00:00 2026', 12 * 86_400_000],
  ])('%j says how long to wait', (header, ms) => expect(retryAfter(header, now)).toBe(ms));

  test('of a moment is a wait as well', () => {
    expect(retryAfter('Mon, 23 Nov 2026 10:01:00 GMT', now + 59_999)).toBe(1);
  });

  test.each([
    '0',
    '000',
    '1.5',
    '-1',
    '+1',
    '1e3',
    '0x10',
    '1 s',
    'Mon, 23 Nov 2026 09:00:00 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Mon, 23 Nov 2026 10:01:00 +0000',
    'Mon, 23 Nov 2026 10:01:00',
    'Mon, 45 Nov 2026 10:01:00 GMT',
    '2026-11-23T10:01:00Z',
    'Nov 24 2026',
    'soon',
    '',
    undefined,
  ])('%j leaves it to the back-off', (header) => {
    expect(retryAfter(header, now)).toBeUndefined();
  });
});

test('backing off doubles up to eight seconds, less a random part of up to a half', () => {
  expect([1, 2, 3, 4, 5, 6].map((attempt) => backoff(attempt, () => 0))).toEqual([
    500, 1000, 2000, 4000, 8000, 8000,
  ]);
  expect([1, 5].map((attempt) => backoff(attempt, () => 1))).toEqual([250, 4000]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), (attempt) => {
      const most = backoff(attempt, () => 0);
      const ms = backoff(attempt);
      expect(ms).toBeGreaterThan(most / 2 - 1);
      expect(ms).toBeLessThanOrEqual(most);
    }),
  );
});

describe('the wait budget', () => {
  function clock() {
    let time = 0;
    const sleepers: Array<{ until: number; wake: () => void }> = [];
    return {
      now: () => time,
      sleep: (ms: number) => new Promise<void>((wake) => sleepers.push({ until: time + ms, wake })),
      async to(then: number) {
        time = then;
        for (const { until, wake } of sleepers) if (until <= time) wake();
        await new Promise((resolve) => setImmediate(resolve));
      },
    };
  }

  test('waits while it lasts, and refuses at once what does not fit', async () => {
    const { now, sleep, to } = clock();
    const budget = new WaitBudget(1000, undefined, { now, sleep });
    const first = budget.wait(600);
    await to(100);
    expect(budget.left).toBe(900);
    await to(600);
    expect(await first).toBe(true);
    expect(budget.left).toBe(400);
    expect(await budget.wait(401)).toBe(false);
    expect(budget.left).toBe(400);
    const all = budget.wait(400);
    await to(1000);
    expect(await all).toBe(true);
    expect(budget.left).toBe(0);
    expect(await budget.wait(1)).toBe(false);
  });

  test('a wait that ends late leaves nothing, and what isn’t waited costs nothing', async () => {
    const { now, sleep, to } = clock();
    await to(70);
    const budget = new WaitBudget(1000, undefined, { now, sleep });
    await to(500);
    expect(budget.left).toBe(1000);
    const first = budget.wait(900);
    await to(1700);
    expect(await first).toBe(true);
    expect(budget.left).toBe(0);
  });

  test('waits at the same time count once', async () => {
    const { now, sleep, to } = clock();
    const budget = new WaitBudget(1000, undefined, { now, sleep });
    const both = [budget.wait(600), budget.wait(800)];
    await to(300);
    expect(budget.left).toBe(700);
    await to(600);
    await to(800);
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(budget.left).toBe(200);
  });

  test('a run that is cancelled waits no longer, and not again', async () => {
    const cancellation = new AbortController();
    const budget = new WaitBudget(60_000, cancellation.signal);
    expect(budget.ended).toBe(false);
    const waiting = budget.wait(60_000);
    cancellation.abort();
    expect(await waiting).toBe(false);
    expect(budget.ended).toBe(true);
    expect(budget.left).toBe(0);
    expect(await budget.wait(1)).toBe(false);
  });

  test('goes by the machine’s clocks where it is given none', async () => {
    const budget = new WaitBudget(5000);
    const [now, elapsed] = [budget.now(), budget.elapsed()];
    expect(Math.abs(now - Date.now())).toBeLessThan(1000);
    expect(await budget.wait(3)).toBe(true);
    expect(budget.left).toBeLessThanOrEqual(4998);
    expect(budget.elapsed()).toBeGreaterThan(elapsed);
    expect(Math.abs(budget.elapsed() - performance.now())).toBeLessThan(1000);
    expect(budget.ended).toBe(false);
    await new Promise<void>((resolve) => budget.after(1, resolve));
  });

  test('by others where it is given those', () => {
    const calls: number[] = [];
    const budget = new WaitBudget(0, undefined, {
      elapsed: () => 7,
      after: (ms) => {
        calls.push(ms);
        return () => {};
      },
    });
    expect(budget.elapsed()).toBe(7);
    budget.after(12, () => {});
    expect(calls).toEqual([12]);
  });
});

test('what is called off isn’t called back', async () => {
  const called: string[] = [];
  const { after } = new WaitBudget(0);
  const callOff = after(1, () => called.push('off'));
  after(1, () => called.push('on'));
  callOff();
  await new Promise<void>((resolve) => after(5, resolve));
  expect(called).toEqual(['on']);
});
