import { expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { startFirstSync } from '../../src/operations/follow-up/first-sync.ts';
import {
  type Followed,
  followed,
  forgetRequests,
  onboarded,
  schemas,
  waiting,
  writes,
} from '../support/follow-up.ts';
import { FORM, shown } from '../support/onboard.ts';
import { until } from '../support/wait.ts';

// start-connected: the first sync of a connection that was created paused starts with the customer.

const START = { 'start-connected': 'true' };
const results = ({ outputs }: StepResult) => JSON.parse(outputs.results ?? '[]');
const starts = ({ fivetran }: Followed) =>
  fivetran.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body);

async function connected(inputs: Record<string, string>, settings = 'paused: true') {
  const here = await followed(inputs);
  const { outputs } = await here.onboard(FORM, { with: { settings } });
  await here.fivetran.completeCard(outputs.link ?? '');
  return here;
}

/** A follow-up that dies before it can say that it started the first sync. */
async function startAndDie(here: Followed) {
  here.fivetran.fault({ on: 'update', effect: 'done', answer: 'hang' });
  const onStart = async (kill: () => void) => {
    await until(() => starts(here).length > 0);
    kill();
  };
  await here.followUp({}, { onStart });
}

test('it is started once, and the comment says so', async () => {
  const here = await connected(START);
  expect(results(await here.followUp({}, { dist: true }))).toMatchObject([
    { outcome: 'connected', changed: true },
  ]);
  expect(starts(here)).toEqual([{ paused: false }]);
  expect(here.fivetran.connections).toMatchObject([{ paused: false }]);
  expect(shown((await here.own())[0])).toContain('connected, and the first sync was started');
  // Whoever pauses it later means it.
  const [connection] = here.fivetran.connections;
  if (connection) connection.paused = true;
  expect(results(await here.followUp({}, { dist: true }))).toMatchObject([{ changed: false }]);
  expect(starts(here)).toHaveLength(1);
});

test('not before it is connected, not without the input, and not if it wasn’t created paused', async () => {
  const waiting = await followed(START);
  await waiting.onboard(FORM, { with: { settings: 'paused: true' } });
  await waiting.followUp();
  expect(starts(waiting)).toEqual([]);
  const off = await connected({});
  await off.followUp();
  expect(starts(off)).toEqual([]);
  const running = await connected(START, 'paused: false');
  await running.followUp();
  expect(starts(running)).toEqual([]);
});

test('a start that fails is reported, and tried again by the next run', async () => {
  const here = await connected(START);
  here.fivetran.fault({ on: 'update', answer: { status: 403 } });
  const step = await here.followUp({}, { dist: true });
  expect(step.exitCode).toBe(1);
  expect(results(step)).toMatchObject([{ error: { code: 'forbidden' } }]);
  expect(shown((await here.own())[0])).not.toContain('was started');
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected', changed: true }]);
  expect(here.fivetran.connections).toMatchObject([{ paused: false }]);
});

test('a start whose response is lost isn’t sent again once somebody has paused the connection', async () => {
  const here = await connected(START);
  here.fivetran.fault({ on: 'update', times: 4, effect: 'done', answer: 'reset' });
  const step = await here.followUp();
  expect(results(step)).toMatchObject([{ outcome: 'connected', changed: true, error: null }]);
  expect(shown((await here.own())[0])).toContain('connected, and the first sync was started');
  const [connection] = here.fivetran.connections;
  if (connection) connection.paused = true;
  await here.followUp();
  expect(connection).toMatchObject({ paused: true });
});

test('nor after the run has died with the request; the next one says that it can’t know', async () => {
  const here = await connected(START);
  await startAndDie(here);
  const [connection] = here.fivetran.connections;
  if (connection) connection.paused = true;
  // The dead run's time is over.
  here.github.options.now = () => Date.now() + 600_000;
  expect(results(await here.followUp())).toMatchObject([{ error: { code: 'start-unknown' } }]);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected', error: null }]);
  expect(starts(here)).toHaveLength(1);
  // Who reads the issue later learns of it as well.
  expect(shown((await here.own())[0])).toContain(
    'connected, but its first sync couldn’t be confirmed (`start-unknown`)',
  );
});

test('what was in doubt about a deleted connection isn’t about the one that takes its place', async () => {
  const here = await connected(START);
  await startAndDie(here);
  here.github.options.now = () => Date.now() + 600_000;
  here.fivetran.removeConnection(here.fivetran.connections[0]?.id ?? '');
  const { outputs } = await here.approve(1, { with: { settings: 'paused: true' } });
  await here.fivetran.completeCard(outputs.link ?? '');
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected', error: null }]);
  expect(starts(here)).toEqual([{ paused: false }, { paused: false }]);
});

test('an issue isn’t closed before the first sync was started: nobody would try it again', async () => {
  const here = await connected({ ...START, 'close-connected': 'true' });
  here.fivetran.fault({ on: 'update', answer: { status: 403 } });
  await here.followUp();
  expect(await here.github.issue(1)).toMatchObject({ state: 'open' });
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected', changed: true }]);
  expect(starts(here)).toHaveLength(2);
  expect(await here.github.issue(1)).toMatchObject({ state: 'closed' });
});

/** Runs follow-up so many times, an hour apart, and a day later. */
async function hourly(here: Followed, times: number) {
  const steps: StepResult[] = [];
  for (let hour = 0; hour < times; hour++) {
    here.github.options.now = () => Date.now() + hour * 3_600_000;
    forgetRequests(here);
    steps.push(await here.followUp());
  }
  here.github.options.now = () => Date.now() + (times + 24) * 3_600_000;
  return steps;
}

test('a start that is refused for good is in the comment, and tried again once a day, not by every run', async () => {
  const here = await connected({ ...START, 'close-connected': 'true' });
  here.fivetran.fault({ on: 'update', times: 3, answer: { status: 403 } });
  const steps = await hourly(here, 4);
  expect(steps.map(({ exitCode }) => exitCode)).toEqual([1, 1, 0, 0]);
  const [comment, ...more] = await here.own();
  expect(shown(comment)).toContain(
    '⚠️ **Google Ads** (`acme`): connected, but its first sync couldn’t be started (`forbidden`).',
  );
  expect(more).toEqual([]);
  // The last run has read, and written nothing of which GitHub would notify anybody.
  expect(writes(here)).toEqual([]);
  expect(results(steps.at(-1) as StepResult)).toMatchObject([
    { outcome: 'connected', changed: false, error: null },
  ]);
  expect(steps.at(-1)?.annotations).toMatchObject([
    { level: 'warning', message: expect.stringContaining('the first sync of acme (forbidden)') },
  ]);
  expect(await here.github.issue(1)).toMatchObject({ state: 'open' });
  // A day later it is refused once more; and a day after that Fivetran lets it.
  expect((await here.followUp()).exitCode).toBe(1);
  expect((await here.followUp()).exitCode).toBe(0);
  here.github.options.now = () => Date.now() + 60 * 3_600_000;
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected', changed: true }]);
  expect(shown((await here.own())[0])).toContain('connected, and the first sync was started');
  expect(await here.github.issue(1)).toMatchObject({ state: 'closed' });
});

test('a first sync that was started in Fivetran meanwhile isn’t missed, though the key may not start it', async () => {
  const here = await connected({ ...START, 'close-connected': 'true' });
  here.fivetran.fault({ on: 'update', times: 9, answer: { status: 403 } });
  await here.followUp();
  const [connection] = here.fivetran.connections;
  if (connection) connection.paused = false;
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected', error: null }]);
  expect(await here.github.issue(1)).toMatchObject({ state: 'closed' });
});

test('a fresh link that is refused for good is tried again once a day as well; the command tries at once', async () => {
  const here = await onboarded(schemas('acme'), { 'renew-links': 'true' }, 25);
  here.fivetran.fault({ on: 'card', times: 2, answer: { status: 403 } });
  const steps = await hourly(here, 4);
  expect(steps.map(({ exitCode }) => exitCode)).toEqual([1, 1, 0, 0]);
  expect(writes(here)).toEqual([]);
  expect(steps.at(-1)?.annotations).toMatchObject([
    { level: 'warning', message: expect.stringContaining('a fresh link of acme (forbidden)') },
  ]);
  expect(shown((await here.own())[0])).toContain('(`forbidden`)');
  expect((await here.followUp({ 'renew-links': 'false' })).annotations).toEqual([]);
  const { outputs } = await here.command();
  expect(outputs.outcome).toBe('linked');
  expect((await here.followUp()).annotations).toEqual([]);
});

test('a connection of which Fivetran doesn’t say whether it is paused is reported once', async () => {
  const here = await followed(START);
  const entry = waiting(here, 'acme', { state: 'connected', paused: true, starting: true });
  const connections = { get: async () => ({ id: entry.connection }) };
  const { entry: after, error } = await startFirstSync(entry, 'confirm', connections as never, 1);
  expect(error).toMatchObject({ code: 'start-unknown' });
  expect(after).not.toHaveProperty('paused');
  expect(after).not.toHaveProperty('starting');
});

test('a link that a step puts on the issue counts, too', async () => {
  const here = await followed(START);
  await here.open();
  const event = await here.github.addLabel(1, 'connect-card', 'tess');
  const inputs = { operation: 'link', service: 'stripe', schema: 'acme', settings: 'paused: true' };
  const { outputs } = await here.run(event, { with: inputs });
  await here.fivetran.completeCard(outputs.link ?? '');
  await here.followUp();
  expect(starts(here)).toEqual([{ paused: false }]);
});

test('one that existed before isn’t started, whatever the step says of new ones', async () => {
  const here = await followed(START);
  await here.open();
  const event = await here.github.addLabel(1, 'connect-card', 'tess');
  const inputs = { operation: 'link', service: 'stripe', schema: 'acme' };
  await here.run(event, { with: inputs });
  const again = await here.run(event, { with: { ...inputs, settings: 'paused: true' } });
  await here.fivetran.completeCard(again.outputs.link ?? '');
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected' }]);
  expect(starts(here)).toEqual([]);
});
