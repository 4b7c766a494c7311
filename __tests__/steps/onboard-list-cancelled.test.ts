import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Clock } from '../support/clock.ts';
import { outcomeOf, resultsOf, shown, THREE, world } from '../support/onboard.ts';
import { until } from '../support/wait.ts';

// A run that is cancelled while it creates several connections reports each as far as it is known.

test('cancelled at the second of three: one has its link, one is in doubt, one wasn’t begun', async () => {
  const here = await world({ concurrency: '1' });
  const { number } = await here.open(THREE);
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  here.fivetran.fault({ on: 'create', skip: 1, effect: 'done', answer: 'hang' });
  const created = () => here.fivetran.requests.filter(({ method }) => method === 'POST').length;
  const step = await here.run(event, {
    onStart: async (kill) => {
      await until(() => created() === 2);
      kill('SIGINT');
    },
  });
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(step.tookAfterSignal).toBeLessThan(7500);
  const [first, second, third] = resultsOf(step);
  expect(first).toMatchObject({ service: 'google_ads', outcome: 'linked', created: true });
  expect(second).toMatchObject({
    service: 'stripe',
    error: { code: 'cancelled', message: expect.stringContaining('may have been created') },
  });
  expect(third).toMatchObject({
    service: 'facebook_ads',
    error: { code: 'cancelled', message: expect.stringContaining('before this was begun') },
  });
  await here.fivetran.completeCard(String(first?.link));

  // The same job, run again, finds what was created and creates the rest.
  const clock = new Clock();
  const again = await here.run(event, { env: { GITHUB_RUN_ATTEMPT: '2' }, clock });
  // What wasn't begun may have been, as far as the record tells: it is looked for.
  expect(clock.slept).toContain(8000);
  expect(resultsOf(again)).toMatchObject([
    { outcome: 'connected', connection_id: first?.connection_id },
    { outcome: 'linked', created: true },
    { outcome: 'linked', created: true },
  ]);
  expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 2 });
});

test('what is in progress when the run is cancelled is finished and shown; the rest is said', async () => {
  const here = await world({ concurrency: '1' });
  const { number } = await here.open(THREE);
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  here.fivetran.fault({ on: 'create', skip: 1, meanwhile: () => sleep(500) });
  const created = () => here.fivetran.requests.filter(({ method }) => method === 'POST').length;
  const step = await here.run(event, {
    onStart: async (kill) => {
      await until(() => created() === 2);
      kill('SIGINT');
    },
  });
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(resultsOf(step)).toMatchObject([
    { outcome: 'linked', created: true },
    { outcome: 'linked', created: true },
    { service: 'facebook_ads', outcome: 'failed', error: { code: 'cancelled' } },
  ]);
  expect(shown((await here.own())[0])).toMatch(/Facebook Ads.*the run was cancelled/);
  expect(await outcomeOf(here)).toEqual({ connections: 2, comments: 1, working: 2 });
  const again = await here.run(event, { dist: true, env: { GITHUB_RUN_ATTEMPT: '2' } });
  expect(resultsOf(again).map(({ outcome }) => outcome)).toEqual([
    'connected',
    'connected',
    'linked',
  ]);
});
