import { expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { linksOf, outcomeOf, THREE, type World, world } from '../support/onboard.ts';
import { until } from '../support/wait.ts';

// Several runs at the same moment: one connection a source, one comment, links that work.

type Event = Parameters<World['run']>[0];

/** Runs for these events at the same moment, two seconds after them; none may fail. */
async function together(here: World, events: Event[], ...inputs: Array<Record<string, string>>) {
  // A runner takes longer than that to start, and GitHub's times have whole seconds.
  const now = here.github.options.now;
  here.github.options.now = () => now() + 2000;
  const steps = await Promise.all(
    events.map((event, index) => here.run(event, { dist: true, with: inputs[index] ?? {} })),
  );
  expect(steps.map(({ exitCode }) => exitCode)).toEqual(events.map(() => 0));
  return steps;
}

const outcomes = (steps: StepResult[]) => steps.map(({ outputs }) => outputs.outcome);

test.each(['accept', 'refuse-400', 'refuse-409'] as const)(
  'three labels create one connection (%s)',
  async (duplicates) => {
    const here = await world({}, { fivetran: { duplicates, latency: 20 } });
    const { number } = await here.open();
    const event = await here.github.addLabel(number, 'connect-card', 'tess');
    const steps = await together(here, [event, event, event]);
    expect(outcomes(steps).toSorted()).toEqual(['linked', 'skipped', 'skipped']);
    expect(await outcomeOf(here)).toEqual({ connections: 1, comments: 1, working: 1 });
  },
);

test('two labels for three sources create three connections', async () => {
  const here = await world({}, { fivetran: { duplicates: 'accept', latency: 20 } });
  const { number } = await here.open(THREE);
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  await together(here, [event, event]);
  expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 3 });
});

test('three commands create one card', async () => {
  const here = await world();
  await here.onboard();
  const cards = () =>
    here.fivetran.requests.filter(({ path }) => path.endsWith('/connect-card')).length;
  const event = await here.github.comment(1, '/connect-card', 'nina');
  const steps = await together(here, [event, event, event]);
  expect(outcomes(steps).toSorted()).toEqual(['linked', 'skipped', 'skipped']);
  expect(cards()).toBe(1);
  expect(await outcomeOf(here)).toEqual({ connections: 1, comments: 1, working: 1 });
});

test('a label and a command', async () => {
  const here = await world();
  const { number } = await here.open();
  const label = await here.github.addLabel(number, 'connect-card', 'tess');
  const command = await here.github.comment(number, '/connect-card', 'nina');
  const [approved] = await Promise.all([
    here.run(label, { dist: true }),
    here.run(command, { dist: true }),
  ]);
  expect(approved.exitCode).toBe(0);
  expect(await outcomeOf(here)).toEqual({ connections: 1, comments: 1, working: 1 });
});

test('a command and follow-up, which would both renew an expired link', async () => {
  const here = await world();
  const DAY_MS = 25 * 3_600_000;
  here.fivetran.options.now = () => Date.now() - DAY_MS;
  await here.onboard();
  here.fivetran.options.now = Date.now;
  const command = await here.github.comment(1, '/connect-card', 'nina');
  const followUp = { operation: 'follow-up', 'group-id': '', 'renew-links': 'true' };
  await together(here, [command, command], {}, followUp);
  expect(await outcomeOf(here)).toEqual({ connections: 1, comments: 1, working: 1 });
});

test('two steps that put different links on one issue leave both', async () => {
  const here = await world({ operation: 'link', 'issue-number': '1' });
  await here.open();
  const event = await here.github.comment(1, 'x', 'nina');
  await together(
    here,
    [event, event],
    { service: 'google_ads', schema: 'ads' },
    { service: 'stripe', schema: 'payments' },
  );
  expect(await outcomeOf(here)).toEqual({ connections: 2, comments: 1, working: 2 });
});

test('two steps that ask for the same link create one connection', async () => {
  const here = await world(
    { operation: 'link', 'issue-number': '1', service: 'google_ads', schema: 'acme' },
    { fivetran: { duplicates: 'accept', latency: 20 } },
  );
  await here.open();
  const event = await here.github.comment(1, 'x', 'nina');
  await together(here, [event, event]);
  expect(await outcomeOf(here)).toEqual({ connections: 1, comments: 1, working: 1 });
});

test('two batches that ask for the same links create one connection each', async () => {
  const requests = [
    { service: 'google_ads', schema: 'acme' },
    { service: 'stripe', schema: 'payments' },
  ];
  const here = await world(
    { operation: 'link', 'issue-number': '1', requests: JSON.stringify(requests) },
    { fivetran: { duplicates: 'accept', latency: 20 } },
  );
  await here.open();
  const event = await here.github.comment(1, 'x', 'nina');
  await together(here, [event, event]);
  expect(await outcomeOf(here)).toEqual({ connections: 2, comments: 1, working: 2 });
});

test('a run that comes while another one works waits for it', async () => {
  const here = await world();
  const { number } = await here.open();
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  here.fivetran.options.latency = 1500;
  const first = here.run(event, { dist: true });
  await until(async () => (await here.own()).length > 0);
  const second = await here.run(event, { dist: true });
  expect((await first).outputs.outcome).toBe('linked');
  expect(second.outputs.outcome).toBe('skipped');
  expect(await outcomeOf(here)).toEqual({ connections: 1, comments: 1, working: 1 });
});

test('two issues that are approved for one free name at once: at most one gets a link', async () => {
  const here = await world({}, { fivetran: { duplicates: 'accept', latency: 100 } });
  await here.open();
  await here.open();
  const events = await Promise.all(
    [1, 2].map((issue) => here.github.addLabel(issue, 'connect-card', 'tess')),
  );
  const steps = await Promise.all(events.map((event) => here.run(event, { dist: true })));
  const shown = (await Promise.all([here.own(1), here.own(2)])).flatMap(([one]) => linksOf(one));
  expect(shown.length).toBeLessThanOrEqual(1);
  for (const step of steps) {
    if (step.outputs.outcome === 'linked') continue;
    const [{ error }] = JSON.parse(step.outputs.results ?? '[]');
    expect(['duplicate-connection', 'not-this-issues']).toContain(error.code);
  }
});

test('a run that has waited until a newer link has expired creates another', async () => {
  const here = await world();
  await here.onboard();
  const event = await here.github.comment(1, '/connect-card', 'nina');
  const later = (ms: number) => {
    const now = () => Date.now() + ms;
    here.github.options.now = now;
    here.fivetran.options.now = now;
  };
  later(60_000);
  await here.command();
  // Its link is there, and works.
  expect((await here.run(event)).outputs.outcome).toBe('skipped');
  later(26 * 3_600_000);
  expect((await here.run(event)).outputs.outcome).toBe('linked');
  expect(await outcomeOf(here)).toEqual({ connections: 1, comments: 1, working: 1 });
});
