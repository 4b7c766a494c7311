import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import { LinkError } from '../../src/model/errors.ts';
import { asFailed, type LinkOutcome, type LinkResult } from '../../src/model/link.ts';
import { calm, Progress } from '../../src/operations/link/progress.ts';
import { RatePacer, requestsFor } from '../../src/operations/link/rate-pacer.ts';
import { traffic } from '../../src/operations/link/traffic.ts';
import { overall, resultJson } from '../../src/report/results.ts';

afterEach(() => void jest.restoreAllMocks());

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

  test.each([
    ['exactly a tenth is left', answer(3600, 360), 1000, 0],
    ['less than a tenth', answer(3600, 359), 1000, 1000],
    ['as many are left as are to be sent', answer(3600, 100), 100, 0],
    ['one fewer', answer(3600, 99), 100, 1000],
    ['none are left', answer(3600, 0), 100, 1000],
    ['a limit of none says nothing', answer(0, 0), 100, 0],
    ['nor does a number that isn’t one', { headers: { 'x-rate-limit': '3600' } }, 100, 0],
  ])('%s', async (_, response, todo, pause) => {
    const { budget, now } = clock();
    const pace = new RatePacer(todo, budget);
    pace.observe(response);
    await pace.acquire();
    await pace.acquire();
    expect(now()).toBe(pause);
  });

  test('full speed again when there is enough again', async () => {
    const { budget, now } = clock();
    const pace = new RatePacer(1000, budget);
    pace.observe(answer(3600, 10));
    await pace.acquire();
    pace.observe(answer(3600, 3000));
    await pace.acquire();
    await pace.acquire();
    expect(now()).toBe(1000);
  });

  test('a wait of exactly what is left of max-wait fits in', async () => {
    const { budget, now } = clock(3000);
    const pace = new RatePacer(1000, budget);
    pace.observe({ status: 429, headers: { 'retry-after': '3' } });
    await pace.acquire();
    expect(now()).toBe(3000);
  });

  test('a refusal by a server that tells no time holds back by this clock', async () => {
    const { budget, now } = clock();
    const pace = new RatePacer(1000, budget);
    const headers = { 'retry-after': 'Thu, 01 Jan 1970 00:00:03 GMT' };
    pace.observe({ status: 429, headers });
    await pace.acquire();
    expect(now()).toBe(3000);
  });

  test('a refusal holds back until its time by the server’s clock, and never less than before', async () => {
    const { budget, now } = clock();
    const pace = new RatePacer(1000, budget);
    const until = (time: number, date: number) => ({
      ...{ status: 429, date, headers: { 'retry-after': new Date(time).toUTCString() } },
    });
    pace.observe(until(60_000_000, 59_990_000));
    pace.observe(until(60_000_000, 59_998_000));
    pace.observe({ status: 429, headers: {} });
    // Of another status it is no reason to wait.
    pace.observe({ status: 503, headers: { 'retry-after': '60' } });
    await pace.acquire();
    expect(now()).toBe(10_000);
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

  test('counts from its start, and says nothing when all is done', () => {
    const lines: string[] = [];
    let now = 70_000;
    const progress = new Progress(
      3,
      (line) => lines.push(line),
      () => now,
    );
    const linked = { outcome: 'linked' } as const;
    now += 4999;
    progress.done(linked);
    now += 5001;
    progress.done(linked);
    now += 60_000;
    progress.done(linked);
    expect(lines).toEqual(['2 of 3 done, 0 failed; 0.2 a second, 1 left, about 5 s.']);
  });

  test('a log for many requests has a line every five seconds, the rest is for debugging', () => {
    const lines: string[] = [];
    let now = 3;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    const log = calm({
      info: (line) => void lines.push(`info ${line}`),
      debug: (line) => void lines.push(`debug ${line}`),
    });
    log.info('a');
    now += 4999;
    log.info('b');
    now += 1;
    log.info('c');
    log.debug('d');
    expect(lines).toEqual(['info a', 'debug b', 'info c', 'debug d']);
  });

  test('many requests have their sockets, a pace and a calm log', async () => {
    const lines: string[] = [];
    const info = (line: string) => void lines.push(`info ${line}`);
    const debug = (line: string) => void lines.push(`debug ${line}`);
    const request = { kind: 'named', connection: { groupId: 'a' } } as never;
    const budget = new WaitBudget(0);
    const { sockets, pace, log } = traffic([request], 7, { budget, log: { info, debug } });
    expect(sockets).toBe(7);
    await pace?.acquire();
    log?.info('a');
    log?.info('b');
    expect(lines).toEqual(['info a', 'debug b']);
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

test('results have the name that people know the service by', () => {
  const target = { service: 'google_ads' };
  const skipped: LinkResult = { target, outcome: 'skipped', reason: 'No need.' };
  expect(resultJson(skipped).service_name).toBe('Google Ads');
  const error = new LinkError('refused', 'No.', 'Fix it.');
  expect(resultJson(asFailed(skipped, error))).toMatchObject({
    service: 'google_ads',
    service_name: 'Google Ads',
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
