import { describe, expect, test } from '@jest/globals';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import { LinkError } from '../../src/model/errors.ts';
import { asFailed, type LinkOutcome, type LinkResult } from '../../src/model/link.ts';
import { Progress } from '../../src/operations/link/progress.ts';
import { RatePacer, requestsFor } from '../../src/operations/link/rate-pacer.ts';
import { overall, resultJson } from '../../src/report/results.ts';

describe('the pace of a batch', () => {
  function clock(maxWait = 1e9) {
    let now = 0;
    const sleep = async (ms: number) => {
      now += ms;
    };
    const budget = new WaitBudget(maxWait, undefined, { now: () => now, sleep });
    return { budget, now: () => now };
  }
  const answer = (limit: number, remaining: number) => ({
    headers: { 'x-rate-limit': String(limit), 'x-rate-limit-remaining': String(remaining) },
  });

  test('full speed while enough is left', async () => {
    const { budget, now } = clock();
    const pace = new RatePacer(100, budget);
    for (let sent = 0; sent < 50; sent++) {
      await pace.acquire();
      pace.observe(answer(20_000, 15_000));
    }
    expect(now()).toBe(0);
  });

  test('as fast as the limit is replenished, when little is left and more is to be sent', async () => {
    const { budget, now } = clock();
    const pace = new RatePacer(1000, budget);
    pace.observe(answer(3600, 300));
    for (let sent = 0; sent < 11; sent++) await pace.acquire();
    // One second each, but for the first.
    expect(now()).toBe(10_000);
  });

  test('not at all when the rest fits in', async () => {
    const { budget, now } = clock();
    const pace = new RatePacer(50, budget);
    pace.observe(answer(3600, 300));
    for (let sent = 0; sent < 50; sent++) await pace.acquire();
    expect(now()).toBe(0);
  });

  test('without headers there is no pace to keep', async () => {
    const { budget, now } = clock();
    const pace = new RatePacer(1000, budget);
    pace.observe({ headers: {} });
    for (let sent = 0; sent < 5; sent++) await pace.acquire();
    expect(now()).toBe(0);
  });

  test('what budget is left is spread over the requests that are left', async () => {
    const { budget, now } = clock(500);
    const pace = new RatePacer(1000, budget);
    pace.observe(answer(3600, 10));
    for (let sent = 0; sent < 6; sent++) await pace.acquire();
    expect(now()).toBe(250);
    for (let sent = 0; sent < 100; sent++) await pace.acquire();
    expect(now()).toBe(500);
  });

  test('when one is refused, the others wait with it if they can', async () => {
    const refused = { status: 429, headers: { 'retry-after': '3' } };
    const patient = clock();
    const pace = new RatePacer(1000, patient.budget);
    pace.observe(refused);
    await Promise.all([pace.acquire(), pace.acquire()]);
    expect(patient.now()).toBeGreaterThanOrEqual(3000);
    const hasty = clock(2000);
    const other = new RatePacer(1000, hasty.budget);
    other.observe(refused);
    await other.acquire();
    expect(hasty.now()).toBe(0);
  });

  test('a cancelled run sends nothing that was held back', async () => {
    const stop = new AbortController();
    const budget = new WaitBudget(1e9, stop.signal);
    const pace = new RatePacer(1000, budget);
    pace.observe(answer(3600, 10));
    await pace.acquire();
    const held = pace.acquire();
    stop.abort();
    await expect(held).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('a listing for each group, and two for a connection that exists', () => {
    const named = (groupId: string) => ({ kind: 'named', connection: { groupId } });
    const requests = [named('a'), named('a'), named('b'), { kind: 'existing' }];
    expect(requestsFor(requests as never)).toBe(7);
  });
});

describe('progress', () => {
  test('a line every five seconds at most, with count, failures, rate and what is left', () => {
    const lines: string[] = [];
    let now = 0;
    const progress = new Progress(
      1000,
      (line) => lines.push(line),
      () => now,
    );
    for (let done = 1; done <= 1000; done++) {
      now += 20;
      progress.done({ outcome: done % 100 === 0 ? 'failed' : 'linked' });
    }
    expect(lines).toEqual([
      '250 of 1000 done, 2 failed; 50.0 a second, 750 left, about 15 s.',
      '500 of 1000 done, 5 failed; 50.0 a second, 500 left, about 10 s.',
      '750 of 1000 done, 7 failed; 50.0 a second, 250 left, about 5 s.',
    ]);
  });
});

test('results repeat what the list had besides, and say how to fix an error', () => {
  const target = { name: 'Acme', extra: { email: 'ada@example.com' } };
  const error = new LinkError('refused', 'No.', 'Fix it.');
  expect(resultJson({ target, outcome: 'failed', error })).toMatchObject({
    name: 'Acme',
    extra: { email: 'ada@example.com' },
    connection_id: null,
    error: { code: 'refused', message: 'No.', fix: 'Fix it.' },
  });
});

test('results have the name that people know the service by, reported by Fivetran or put together', () => {
  const target = { service: 'google_ads' };
  const skipped: LinkResult = { target, outcome: 'skipped', reason: 'No need.' };
  expect(resultJson(skipped).service_name).toBe('Google Ads');
  const error = new LinkError('refused', 'No.', 'Fix it.');
  const reported = asFailed({ ...skipped, serviceName: 'Google Ads API' }, error);
  expect(resultJson(reported)).toMatchObject({
    service: 'google_ads',
    service_name: 'Google Ads API',
  });
  expect(resultJson({ target: {}, outcome: 'failed', error }).service_name).toBeNull();
});

test('the outcome of a whole run', () => {
  const of = (...outcomes: LinkOutcome[]) =>
    overall(outcomes.map((outcome) => ({ target: {}, outcome }) as LinkResult));
  expect(of('linked', 'connected')).toBe('linked');
  expect(of('connected', 'connected')).toBe('connected');
  expect(of('linked', 'failed')).toBe('failed');
  expect(of('dry-run', 'connected')).toBe('dry-run');
  expect(of('connected', 'skipped')).toBe('connected');
  expect(of('skipped')).toBe('skipped');
});
