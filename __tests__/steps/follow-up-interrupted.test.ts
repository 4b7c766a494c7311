import { expect, test } from '@jest/globals';
import { RecordSigner } from '../../src/github/record.ts';
import {
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
  const step = await here.followUp();
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
  expect(results(await here.followUp())).toMatchObject([
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
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'waiting', changed: false }]);
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
