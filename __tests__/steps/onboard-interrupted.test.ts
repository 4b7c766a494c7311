import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Fault as FivetranFault } from '../../sandbox/fivetran/server.ts';
import type { Fault as GitHubFault } from '../../sandbox/github/server.ts';
import { type World, world } from '../support/onboard.ts';
import { until } from '../support/wait.ts';

// Killed anywhere and run again: one connection, one comment, one link that works.

/** Runs an onboarding that dies, as with its machine, as soon as the fault is met. */
async function killedAt(
  here: World,
  { github, fivetran }: { github?: GitHubFault; fivetran?: FivetranFault },
) {
  const { number } = await here.open();
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  if (github) here.github.fault(github);
  if (fivetran) here.fivetran.fault(fivetran);
  const kind = github?.on;
  const step = await here.run(event, {
    onStart: async (kill) => {
      const met = () =>
        kind
          ? here.github.requests.filter((one) => one.kind === kind).length > (github?.skip ?? 0)
          : here.fivetran.requests.some(({ method }) => method === 'POST');
      await until(met);
      // What the request does at the other end is done by now.
      await sleep(50);
      kill();
    },
  });
  expect(step.exitCode).toBeNull();
  return event;
}

async function outcome(here: World) {
  const comments = await here.own();
  const link = /\]\(<(.*?)>\)/.exec(comments[0]?.body ?? '')?.[1] ?? '';
  return {
    connections: here.fivetran.connections.length,
    comments: comments.length,
    works: await here.fivetran.completeCard(link).then(Boolean, () => false),
  };
}

const POINTS: Record<string, Parameters<typeof killedAt>[1]> = {
  'before the intent': { github: { on: 'create-comment', answer: 'hang' } },
  'after the intent': { github: { on: 'create-comment', effect: 'done', answer: 'hang' } },
  'between intent and create': { github: { on: 'comments', skip: 1, answer: 'hang' } },
  'before the create arrives': { fivetran: { on: 'create', effect: 'none', answer: 'hang' } },
  'while the create is under way': { fivetran: { on: 'create', effect: 2500, answer: 'hang' } },
  'after the create': { fivetran: { on: 'create', effect: 'done', answer: 'hang' } },
  'before the final edit': { github: { on: 'update-comment', answer: 'hang' } },
  'after the final edit': { github: { on: 'update-comment', effect: 'done', answer: 'hang' } },
};
const GOOD = { connections: 1, comments: 1, works: true };

test('killed at any point and run again: one connection, one comment, one link', async () => {
  const results = await Promise.all(
    Object.entries(POINTS).map(async ([point, fault]) => {
      const here = await world();
      const event = await killedAt(here, fault);
      const again = await here.run(event, { env: { GITHUB_RUN_ATTEMPT: '2' } });
      return [point, { ...(await outcome(here)), exitCode: again.exitCode }];
    }),
  );
  const good = Object.keys(POINTS).map((point) => [point, { ...GOOD, exitCode: 0 }]);
  expect(Object.fromEntries(results)).toEqual(Object.fromEntries(good));
});

test('killed with an intent, the command finishes what was approved, whatever the issue says now', async () => {
  const here = await world();
  await killedAt(here, { fivetran: { on: 'create', effect: 'done', answer: 'hang' } });
  await here.github.editIssue(1, { body: '### Schema\n\nother' }, 'nina');
  const step = await here.command();
  expect(step.outputs).toMatchObject({ outcome: 'linked', schema: 'acme', created: 'true' });
  expect(await outcome(here)).toEqual(GOOD);
});

test.each(['accept', 'refuse-400', 'refuse-409'] as const)(
  'two runs at the same moment make one connection and one comment (%s)',
  async (duplicates) => {
    const here = await world({}, { fivetran: { duplicates, latency: 20 } });
    const { number } = await here.open();
    const event = await here.github.addLabel(number, 'connect-card', 'tess');
    const steps = await Promise.all([here.run(event), here.run(event), here.run(event)]);
    expect(steps.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(steps.map(({ outputs }) => outputs.outcome)).toContain('linked');
    expect(await outcome(here)).toEqual(GOOD);
  },
);

test('a request that arrives after the next run has looked: two, and both are named', async () => {
  const here = await world({}, { fivetran: { duplicates: 'accept' } });
  const event = await killedAt(here, {
    fivetran: { on: 'create', effect: 'none', answer: 'hang' },
  });
  const late = { groupId: 'acme_group', service: 'google_ads', schema: 'acme' };
  here.github.fault({
    on: 'create-comment',
    meanwhile: () => here.fivetran.addConnection(late),
  });
  const step = await here.run(event, { env: { GITHUB_RUN_ATTEMPT: '2' } });
  const { error } = JSON.parse(step.outputs.results ?? '[]')[0];
  expect(here.fivetran.connections).toHaveLength(2);
  expect(error.code).toBe('duplicate-connection');
  for (const { id } of here.fivetran.connections) expect(error.message).toContain(id);
  expect(await here.own()).toHaveLength(1);
});

test('a run that finds another at work leaves it alone', async () => {
  const here = await world();
  const { number } = await here.open();
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  here.fivetran.options.latency = 1500;
  const first = here.run(event);
  await until(async () => (await here.own()).length > 0);
  const second = await here.run(event);
  expect((await first).outputs.outcome).toBe('linked');
  expect(second.outputs.outcome).toMatch(/skipped|linked/);
  expect(await outcome(here)).toEqual(GOOD);
});

test.each([
  ['never made', { effect: 'none', answer: 'reset' }],
  ['made, the answer lost', { effect: 'done', answer: 'reset' }],
] as const)('a lost create: %s', async (_, fault) => {
  const here = await world();
  here.fivetran.fault({ on: 'create', ...fault });
  const { outputs } = await here.onboard(undefined, { with: { 'max-wait': '20' } });
  expect(outputs).toMatchObject({ outcome: 'linked', created: 'true' });
  expect(await outcome(here)).toEqual(GOOD);
});

test('an intent for something else that came to nothing makes room for the new request', async () => {
  const here = await world();
  await killedAt(here, { fivetran: { on: 'create', effect: 'none', answer: 'hang' } });
  await here.github.editIssue(
    1,
    { body: '### Service\n\ngoogle_ads\n\n### Schema\n\nother' },
    'nina',
  );
  const step = await here.approve();
  expect(step.outputs).toMatchObject({ outcome: 'linked', schema: 'other' });
  expect(await outcome(here)).toEqual(GOOD);
});

test('several commands at the same moment leave a link that works', async () => {
  const here = await world();
  await here.onboard();
  const event = await here.github.comment(1, '/connect-card', 'nina');
  await Promise.all([here.run(event), here.run(event), here.run(event)]);
  expect(await outcome(here)).toEqual(GOOD);
});

test.each([
  ['a command', {}],
  ['a follow-up', { operation: 'follow-up', 'group-id': '', 'renew-links': 'true' }],
])('%s whose link was replaced before it could say so makes another', async (_, inputs) => {
  const here = await world();
  here.fivetran.options.now = () => Date.now() - 25 * 60 * 60 * 1000;
  await here.onboard();
  here.fivetran.options.now = Date.now;
  const event = await here.github.comment(1, '/connect-card', 'nina');
  // Between making its card and writing it down, a run looks whether another one was there.
  here.github.fault({ on: 'comments', skip: 1, meanwhile: () => here.run(event) });
  expect((await here.run(event, { with: inputs })).exitCode).toBe(0);
  expect(await outcome(here)).toEqual(GOOD);
});

test('a command beside the first label leaves one comment', async () => {
  const here = await world();
  const { number } = await here.open();
  const label = await here.github.addLabel(number, 'connect-card', 'tess');
  const command = await here.github.comment(number, '/connect-card', 'nina');
  here.github.fault({ on: 'create-comment', meanwhile: () => here.run(label) });
  await here.run(command);
  expect(await outcome(here)).toEqual(GOOD);
});

test('cancelled while Fivetran doesn’t answer: it says so, and the next run finishes', async () => {
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
  expect(JSON.parse(step.outputs.results ?? '[]')).toMatchObject([
    { error: { code: 'cancelled' } },
  ]);
  expect(step.took).toBeLessThan(7500);
  expect((await here.run(event)).outputs).toMatchObject({ outcome: 'linked', created: 'true' });
  expect(await outcome(here)).toEqual(GOOD);
});
