import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { RecordSigner } from '../../src/github/record.ts';
import {
  askedFivetran,
  askedGitHub,
  type Followed,
  followed,
  forgetRequests,
  onboarded,
  results,
  schemas,
  seedIssues,
  waiting,
  writes,
} from '../support/follow-up.ts';
import { killedAt } from '../support/killed.ts';
import { linksOf, shown } from '../support/onboard.ts';
import { until } from '../support/wait.ts';

// Follow-up of issues on which another run works, or died.

const HOUR_MS = 3_600_000;
const later = () => Date.now() + HOUR_MS;

test('an onboarding in progress: the issue waits, and nothing is written', async () => {
  const here = await followed();
  await killedAt(here, { fivetran: { on: 'create', effect: 'none', answer: 'hang' } });
  forgetRequests(here);
  const step = await here.followUp({}, { dist: true });
  expect([step.exitCode, results(step)]).toMatchObject([
    0,
    [{ outcome: 'waiting', changed: false }],
  ]);
  expect(writes(here)).toEqual([]);
});

test('an onboarding that died is shown as failed; what it may have created is still found', async () => {
  const here = await followed();
  await killedAt(here, { fivetran: { on: 'create', effect: 'done', answer: 'hang' } });
  here.github.options.now = later;
  here.fivetran.options.now = later;
  expect(results(await here.followUp({}, { dist: true }))).toMatchObject([
    { outcome: 'waiting', changed: true, connection_id: null, setup_state: null },
  ]);
  const [comment, ...more] = await here.own();
  expect(more).toEqual([]);
  expect(shown(comment)).toContain('the run was cancelled before the link was created');
  forgetRequests(here);
  expect(results(await here.followUp())).toMatchObject([{ changed: false }]);
  expect(writes(here)).toEqual([]);
  // The record still has the intent: the connection is recognized, not created once more.
  const command = await here.command();
  expect(command.outputs).toMatchObject({ outcome: 'linked', created: 'true' });
  expect(here.fivetran.connections).toHaveLength(1);
});

test('a follow-up that died before it wrote its result is finished by the next', async () => {
  const here = await onboarded(schemas('acme'));
  await here.fivetran.completeCard(linksOf((await here.own())[0])[0] ?? '');
  here.github.fault({ on: 'update-comment', answer: 'hang' });
  await here.followUp(
    {},
    {
      onStart: async (kill) => {
        await until(() => here.github.requests.some(({ kind }) => kind === 'update-comment'));
        kill();
      },
    },
  );
  expect(await here.own()).toHaveLength(2);
  here.github.options.now = later;
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected', changed: true }]);
  const comments = await here.own();
  expect(comments.map(shown)).toEqual([expect.stringContaining('### ✅ Google Ads is connected')]);
});

test('a comment that a run which died has left behind is deleted, and nothing else is touched', async () => {
  const here = await followed();
  const entries = [waiting(here, 'acme')];
  seedIssues(here, [{ entries }]);
  const signer = new RecordSigner(here.fivetran.apiSecret);
  const ref = { repositoryId: here.github.repositoryId, issue: 1 };
  const [current] = await here.own();
  here.github.seedComments(1, [
    {
      author: 'github-actions[bot]',
      body: (id) => `An older one\n\n${signer.sign({ generation: 1, entries }, ref, id)}`,
    },
    { author: 'nina', body: 'Hello' },
  ]);
  expect(results(await here.followUp({}, { dist: true }))).toMatchObject([
    { outcome: 'waiting', changed: false },
  ]);
  expect(writes(here)).toEqual(['delete-comment']);
  const left = (await here.github.comments(1)).map(({ body }) => body);
  expect(left).toEqual([current?.body, 'Hello']);
});

test('cancelled while GitHub doesn’t respond: the step says so, and fails in time', async () => {
  const here = await onboarded(schemas('acme'));
  here.github.fault({ on: 'graphql-issues', answer: 'hang' });
  const step = await here.followUp(
    {},
    {
      onStart: async (kill) => {
        await until(() => here.github.requests.length > 0);
        kill('SIGINT');
      },
    },
  );
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(step.log).toContain('(cancelled)');
  expect(step.tookAfterSignal).toBeLessThan(7500);
});

test('cancelled in the middle: what was done is in the results, and no other issue is begun', async () => {
  const here = await onboarded(schemas('a', 'b', 'c'));
  for (const { id } of [...here.fivetran.connections]) here.fivetran.removeConnection(id);
  here.github.fault({ on: 'update-comment', skip: 1, answer: 'hang' });
  const step = await here.followUp(
    { concurrency: '1' },
    {
      onStart: async (kill) => {
        const edits = () => here.github.requests.filter(({ kind }) => kind === 'update-comment');
        await until(() => edits().length === 2);
        kill('SIGINT');
      },
    },
  );
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(results(step)).toMatchObject([{ issue: 1, outcome: 'gone', changed: true }]);
  expect(step.log).toContain('(cancelled)');
  expect(here.github.requests.filter(({ kind }) => kind === 'graphql-add-comment')).toHaveLength(2);
});

/** Two connections in each of two groups, one issue each. */
async function fourInTwoGroups(): Promise<Followed> {
  const here = await followed({ concurrency: '1' });
  const { groups } = here.fivetran.options;
  for (const id of ['group_a', 'group_b'])
    groups.push({ ...(groups[0] as (typeof groups)[number]), id, name: id });
  const issues = ['group_a', 'group_a', 'group_b', 'group_b'].map((group, index) => ({
    entries: [waiting(here, `s${index}`, { request: requestIn(group, `s${index}`) })],
    later: 25,
  }));
  seedIssues(here, issues);
  return here;
}

const requestIn = (group: string, schema: string) => ({ group, service: 'google_ads', schema });

test.each([
  { what: 'an issue’s comments', on: 'graphql-issue', ends: { github: 2, fivetran: 0 } },
  { what: 'a group', on: 'list', ends: { github: 5, fivetran: 1 } },
  { what: 'a connection', on: 'get', ends: { github: 3, fivetran: 1 } },
  // What is begun for that issue is done: comment and label.
  { what: 'a comment', on: 'update-comment', ends: { github: 10, fivetran: 2 } },
] as const)(
  'cancelled while it reads or writes $what: nothing else is begun',
  async ({ on, ends }) => {
    const here = await fourInTwoGroups();
    // Asked for one by one, where the group has no other.
    if (on === 'get') {
      for (const one of [1, 3]) await here.github.removeLabel(one, 'connect-card', 'tess');
    }
    if (on === 'update-comment') {
      for (const one of here.fivetran.connections) one.status.setup_state = 'connected';
    }
    let kill: (signal: NodeJS.Signals) => void = () => {};
    const meanwhile = async () => {
      kill('SIGINT');
      // The run has the signal before it has the response.
      await sleep(200);
    };
    if (on === 'list' || on === 'get') here.fivetran.fault({ on, meanwhile });
    else here.github.fault({ on, meanwhile });
    forgetRequests(here);
    const onStart = (end: typeof kill) => {
      kill = end;
    };
    const step = await here.followUp({}, { onStart });
    expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
    const asked = { github: askedGitHub(here).length, fivetran: askedFivetran(here).length };
    expect(asked).toEqual(ends);
  },
);
