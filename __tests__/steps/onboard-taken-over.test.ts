import { expect, test } from '@jest/globals';
import { killedAt } from '../support/killed.ts';
import { FORM, form, linksOf, outcomeOf, shown, world } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';
import { until } from '../support/wait.ts';

// Runs that come after one that died: they wait until its lease is over, and go on where it stopped.

const GOOD = { connections: 1, comments: 1, working: 1 };
const HOUR_MS = 3_600_000;
const DIED = { fivetran: { on: 'create', effect: 'done', answer: 'hang' } } as const;
const NEVER_ARRIVED = { fivetran: { on: 'create', effect: 'none', answer: 'hang' } } as const;

test('while the lease lasts another run waits, and says until when', async () => {
  const here = await world();
  await killedAt(here, DIED);
  const step = await here.command(1, { dist: true, with: { 'max-wait': '1' } });
  const { error } = onlyResult(step);
  expect(error.code).toBe('issue-busy');
  const until = /until \w+ (.*? UTC)/.exec(error.message)?.[1] ?? '';
  expect(Date.parse(until)).toBeGreaterThan(Date.now());
  expect(here.fivetran.connections).toHaveLength(1);
  expect(await here.own()).toHaveLength(1);
});

test('after that the command finishes what was approved, whatever the issue says now', async () => {
  const here = await world();
  await killedAt(here, DIED);
  await here.github.editIssue(1, { body: '### Schema\n\nother' }, 'nina');
  here.github.options.now = () => Date.now() + HOUR_MS;
  here.fivetran.options.now = () => Date.now() + HOUR_MS;
  const step = await here.command(1, { dist: true });
  expect(step.outputs).toMatchObject({ outcome: 'linked', schema: 'acme', created: 'true' });
  expect(await outcomeOf(here)).toEqual(GOOD);
});

test('what was announced for something else and never created makes room for a new request', async () => {
  const here = await world();
  await killedAt(here, NEVER_ARRIVED);
  await here.github.editIssue(1, { body: form({ ...FORM, Schema: 'other' }) }, 'nina');
  here.github.options.now = () => Date.now() + HOUR_MS;
  here.fivetran.options.now = () => Date.now() + HOUR_MS;
  const step = await here.approve();
  expect(step.outputs).toMatchObject({ outcome: 'linked', schema: 'other' });
  expect(shown((await here.own())[0])).not.toContain('`acme`');
  expect(await outcomeOf(here)).toEqual(GOOD);
});

test('a request that arrives after the next run has looked: two, and both are named', async () => {
  const here = await world({}, { fivetran: { duplicates: 'accept' } });
  const event = await killedAt(here, NEVER_ARRIVED);
  const late = { groupId: 'acme_group', service: 'google_ads', schema: 'acme' };
  here.fivetran.fault({ on: 'create', meanwhile: () => here.fivetran.addConnection(late) });
  const step = await here.run(event, {
    env: { GITHUB_RUN_ATTEMPT: '2' },
  });
  const { error } = onlyResult(step);
  expect(here.fivetran.connections).toHaveLength(2);
  expect(error.code).toBe('duplicate-connection');
  for (const { id } of here.fivetran.connections) expect(error.message).toContain(id);
  const [comment, ...more] = await here.own();
  expect(more).toEqual([]);
  expect(linksOf(comment)).toEqual([]);
  // The command doesn't get around that.
  expect(onlyResult(await here.command()).error.code).toBe('duplicate-connection');
});

test('cancelled while Fivetran doesn’t answer: the step says so, and the next run finishes', async () => {
  const here = await world();
  const { number } = await here.open();
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  here.fivetran.fault({ on: 'create', effect: 'done', answer: 'hang' });
  const step = await here.run(event, {
    onStart: async (kill) => {
      await until(() => here.fivetran.requests.some(({ method }) => method === 'POST'));
      kill('SIGINT');
    },
  });
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(onlyResult(step).error.code).toBe('cancelled');
  expect(step.tookAfterSignal).toBeLessThan(7500);
  const again = await here.run(event, { dist: true, env: { GITHUB_RUN_ATTEMPT: '2' } });
  expect(again.outputs).toMatchObject({ outcome: 'linked', created: 'true' });
  expect(await outcomeOf(here)).toEqual(GOOD);
});
