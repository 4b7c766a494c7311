import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { batchStep, many } from '../support/batch.ts';
import { until } from '../support/wait.ts';

// What slows a batch down, and what ends one before its list does.

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const requested = (count: number) => until(() => sandbox.requests.length >= count);
const posts = () => sandbox.requests.filter(({ method }) => method === 'POST');
const messageOf = (result: Record<string, unknown> | undefined) =>
  (result?.error as { message: string } | undefined)?.message;

test('an outage ends a batch after ten failures in a row, and the rest is reported as not begun', async () => {
  sandbox.fault({ on: 'create', times: 999, answer: { status: 500 } });
  const step = await batchStep(sandbox, many(100), { 'max-wait': '0', concurrency: '2' });
  expect(step.outputs.outcome).toBe('failed');
  expect(posts().length).toBeLessThanOrEqual(12);
  expect(messageOf(step.results[0])).toMatch(
    /^Couldn't confirm whether connection customer_1 was created/,
  );
  expect(messageOf(step.results.at(-1))).toMatch(/^Not begun: 10 requests in a row have failed/);
  expect(step.results.at(-1)?.error).toMatchObject({ code: 'create-unknown' });
});

test('failures with other responses in between are no outage', async () => {
  for (let row = 0; row < 15; row++) {
    sandbox.fault({ on: 'create', answer: { status: 500 } });
    sandbox.fault({ on: 'create', answer: { status: 400, code: 'Odd', message: 'No.' } });
  }
  const step = await batchStep(sandbox, many(40), { 'max-wait': '0', concurrency: '1' });
  expect(step.results.filter(({ outcome }) => outcome === 'linked')).toHaveLength(10);
  expect(posts()).toHaveLength(40);
});

test('rows that weren’t sent because of the rate limit have that reason, and the time to try again', async () => {
  sandbox.options.rateLimit = 4;
  const step = await batchStep(sandbox, many(9), { 'max-wait': '0', concurrency: '1' });
  expect(step.results.map(({ outcome }) => outcome).join(' ')).toBe(
    'linked linked linked failed failed failed failed failed failed',
  );
  expect(messageOf(step.results.at(-1))).toMatch(/^Not begun: .*what is left of max-wait/);
  expect(posts()).toHaveLength(4);
});

test('a batch slows down before it is refused', async () => {
  sandbox.options.rateLimit = 61;
  const step = await batchStep(sandbox, many(100), { 'max-wait': '2', concurrency: '2' });
  const times = sandbox.requests.filter(({ status }) => status < 300).map(({ at }) => at);
  expect(times).toHaveLength(61);
  const pause = (from: number, to: number) => ((times[to] ?? 0) - (times[from] ?? 0)) / (to - from);
  // The last six before the limit get what max-wait allows, which is about 300 ms each.
  expect(pause(56, 60)).toBeGreaterThan(200);
  expect(pause(56, 60)).toBeGreaterThan(4 * pause(10, 50));
  expect(step.results.filter(({ outcome }) => outcome === 'linked')).toHaveLength(60);
});

test('when one is refused, the others wait with it', async () => {
  sandbox.options.latency = 20;
  const answer = { status: 429, headers: { 'retry-after': '1' } };
  sandbox.fault({ on: 'create', skip: 10, answer });
  const step = await batchStep(sandbox, many(60), { concurrency: '4' });
  expect(step.exitCode).toBe(0);
  const refused = sandbox.requests.findIndex(({ status }) => status === 429);
  const after = sandbox.requests.slice(refused + 1).map(({ at }) => at);
  const meanwhile = after.filter((at) => at < (sandbox.requests[refused]?.at ?? 0) + 900);
  // Those that were on their way already.
  expect(meanwhile.length).toBeLessThanOrEqual(4);
  expect(step.log.match(/Waiting 1 s/g)).toHaveLength(1);
});

test('cancelled while it lists, a batch creates nothing', async () => {
  sandbox.options.latency = 400;
  const step = await batchStep(
    sandbox,
    many(50),
    {},
    {
      onStart: async (kill) => {
        await requested(1);
        kill('SIGINT');
      },
    },
  );
  expect(posts()).toEqual([]);
  expect(step.results).toHaveLength(50);
  for (const { error } of step.results) expect(error).toMatchObject({ code: 'cancelled' });
  expect(step.log).toContain('Cancelled: nothing new is begun');
});

test('cancelled after a lost response, nothing is created a second time', async () => {
  sandbox.fault({ on: 'create', answer: 'reset' });
  const step = await batchStep(
    sandbox,
    many(1),
    {},
    {
      onStart: async (kill) => {
        await requested(3);
        await sleep(100);
        kill('SIGTERM');
      },
    },
  );
  expect(posts()).toHaveLength(1);
  expect(step.results).toMatchObject([{ outcome: 'failed', error: { code: 'create-unknown' } }]);
  expect(step.tookAfterSignal).toBeLessThan(3000);
});

test('cancelled twice, it still reports what it knows', async () => {
  sandbox.options.latency = 500;
  const step = await batchStep(
    sandbox,
    many(4),
    { 'on-existing': 'ignore' },
    {
      onStart: async (kill) => {
        await requested(4);
        kill('SIGINT');
        await sleep(100);
        kill('SIGINT');
      },
    },
  );
  expect(step.results.map(({ outcome }) => outcome)).toEqual(Array(4).fill('linked'));
  expect([step.exitCode, step.outputs.outcome]).toEqual([0, 'linked']);
});

test('a dry run with some that are connected is a dry run', async () => {
  sandbox.addConnection({
    groupId: 'acme_group',
    service: 'google_ads',
    schema: 'customer_1',
    setupState: 'connected',
  });
  const step = await batchStep(sandbox, many(2), { 'dry-run': 'true' });
  expect(step.outputs.outcome).toBe('dry-run');
  expect(step.results.map(({ outcome }) => outcome)).toEqual(['connected', 'dry-run']);
});

test('that config is ignored for those that exist is said once, its values never', async () => {
  for (const schema of ['customer_1', 'customer_2']) {
    sandbox.addConnection({ groupId: 'acme_group', service: 'google_ads', schema });
  }
  const given = { config: 'token: hunter2hunter2' };
  for (const more of [given, { ...given, 'dry-run': 'true' }]) {
    const step = await batchStep(sandbox, many(3), more);
    const notices = step.annotations.filter(({ level }) => level === 'notice');
    expect(notices).toMatchObject([{ message: expect.stringContaining('for 2 of them') }]);
    expect(step.raw + step.summary).not.toContain('hunter2');
    for (const { id } of sandbox.connections.slice(2)) sandbox.removeConnection(id);
  }
});
