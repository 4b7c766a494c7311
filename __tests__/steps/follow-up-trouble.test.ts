import { expect, test } from '@jest/globals';
import {
  askedFivetran,
  askedGitHub,
  type Followed,
  followed,
  results,
  seedIssues,
  waiting,
} from '../support/follow-up.ts';

// Follow-up when something fails: for one issue, or for all of them.

const HOUR_MS = 3_600_000;
const spent = { expires: Date.now() - HOUR_MS };
const inOrder = { concurrency: '1', 'max-wait': '0' };

/** Issues whose comments have to change, each in a group of its own or all in one. */
async function expired(count: number, groupFor = (_index: number) => 'acme_group') {
  const here = await followed(inOrder);
  here.fivetran.options.groups = Array.from({ length: count }, (_, index) => ({
    id: groupFor(index),
    name: groupFor(index),
  }));
  const issues = Array.from({ length: count }, (_, index) => {
    const request = { group: groupFor(index), service: 'google_ads', schema: `s${index}` };
    return { entries: [waiting(here, request.schema, { ...spent, request })] };
  });
  seedIssues(here, issues);
  return here;
}

const ownGroup = (index: number) => `group_${index}`;
const outcomes = (step: Parameters<typeof results>[0]) =>
  results(step).map(({ outcome }: { outcome: string }) => outcome);
const errors = ({ annotations }: Awaited<ReturnType<Followed['followUp']>>) =>
  annotations.filter(({ level }) => level === 'error');

test('a connection that can’t be read fails its issue only', async () => {
  const here = await expired(3, ownGroup);
  here.fivetran.fault({ on: 'get', answer: { status: 400, code: 'Odd' } });
  const step = await here.followUp({}, { dist: true });
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(results(step)).toMatchObject([
    { issue: 1, outcome: 'failed', changed: false, error: { code: 'refused' } },
    { issue: 2, outcome: 'expired', changed: true, error: null },
    { issue: 3, outcome: 'expired', changed: true, error: null },
  ]);
  expect(step.summary).toContain('refused');
});

test('a group that can’t be listed fails its issues, and is reported once', async () => {
  const here = await expired(4, (index) => (index < 2 ? 'bad_group' : 'good_group'));
  here.fivetran.fault({ on: 'list', answer: { status: 404, code: 'NotFound_Group' } });
  const step = await here.followUp();
  expect(outcomes(step)).toEqual(['failed', 'failed', 'expired', 'expired']);
  expect(results(step)[1]).toMatchObject({ error: { code: 'unknown-group' } });
  expect(step.annotations.filter(({ level }) => level === 'warning')).toHaveLength(1);
  expect(errors(step)).toHaveLength(1);
});

test('a rejected key is sent once, however many groups there are', async () => {
  const here = await expired(6, ownGroup);
  here.fivetran.fault({ on: 'get', times: 99, answer: { status: 401 } });
  const step = await here.followUp({}, { dist: true });
  expect(outcomes(step)).toEqual(Array(6).fill('failed'));
  expect(here.fivetran.requests).toHaveLength(1);
  expect(errors(step)).toHaveLength(1);
});

test('a rejected key stops the listings as well', async () => {
  const here = await expired(6, (index) => `group_${index % 3}`);
  here.fivetran.fault({ on: 'list', times: 99, answer: { status: 401 } });
  await here.followUp();
  expect(askedFivetran(here)).toEqual(['GET /v1/groups/{id}/connections']);
});

test('one 403 by GitHub on one issue doesn’t stop the others', async () => {
  const here = await expired(4);
  here.github.fault({ on: 'graphql-add-comment', skip: 1, answer: { status: 403 } });
  const step = await here.followUp();
  expect(outcomes(step)).toEqual(['expired', 'failed', 'expired', 'expired']);
  expect(results(step)[1]).toMatchObject({ error: { code: 'github-forbidden' }, changed: false });
});

test('the same refusal by GitHub twice in a row stops the rest', async () => {
  const here = await expired(5);
  here.github.fault({ on: 'graphql-add-comment', skip: 1, times: 99, answer: { status: 403 } });
  const step = await here.followUp();
  expect(outcomes(step)).toEqual(['expired', 'failed', 'failed', 'failed', 'failed']);
  const claims = askedGitHub(here).filter((kind) => kind === 'graphql-add-comment');
  expect(claims).toHaveLength(3);
  expect(results(step)[4].error.message).toMatch(/^Not begun: /);
});

test('a locked issue fails by itself', async () => {
  const here = await expired(3);
  const message = 'Unable to create comment because issue is locked.';
  const body = { data: { addComment: null }, errors: [{ type: 'FORBIDDEN', message }] };
  here.github.fault({ on: 'graphql-add-comment', skip: 1, answer: { status: 200, body } });
  const step = await here.followUp();
  expect(outcomes(step)).toEqual(['expired', 'failed', 'expired']);
  expect(results(step)[1]).toMatchObject({ error: { code: 'issue-locked' } });
});

test('an issue whose older comments can’t be read fails by itself', async () => {
  const here = await followed({ ...inOrder, concurrency: '4' });
  seedIssues(here, [
    { entries: [waiting(here, 'a')], later: 30 },
    { entries: [waiting(here, 'b')] },
    { entries: [waiting(here, 'c')], later: 30 },
  ]);
  here.github.fault({ on: 'graphql-issue', answer: { status: 404 } });
  const step = await here.followUp();
  expect(outcomes(step).toSorted()).toEqual(['failed', 'waiting', 'waiting']);
  expect(step.exitCode).toBe(1);
});

test('the list can’t be read: the run fails, and says so', async () => {
  const here = await followed(inOrder);
  here.github.fault({ on: 'graphql-issues', answer: { status: 403 } });
  const step = await here.followUp({}, { dist: true });
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(step.log).toContain('(github-forbidden)');
});

test('a response without a list of issues is a failure, not an empty list', async () => {
  const here = await expired(1);
  here.github.fault({ on: 'graphql-issues', answer: { status: 200, body: {} } });
  const step = await here.followUp();
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(step.log).toContain('lacks the list of issues');
});

// biome-ignore lint/suspicious/noExplicitAny: whatever GitHub sends
const listChanged = (change: (issues: any) => void) => ({
  // biome-ignore lint/suspicious/noExplicitAny: whatever GitHub sends
  change: (body: any) => {
    change(body.data.repository.issues);
    return body;
  },
});

test.each([
  ['its comments', listChanged(({ nodes }) => delete nodes[1].comments)],
  ['the list of its comments', listChanged(({ nodes }) => delete nodes[1].comments.nodes)],
  ['whether it has more', listChanged(({ nodes }) => delete nodes[1].comments.pageInfo)],
  ['a comment’s text', listChanged(({ nodes }) => delete nodes[1].comments.nodes[0].body)],
  ['a comment', listChanged(({ nodes }) => nodes[1].comments.nodes.splice(0, 1, null))],
])(
  'an issue that comes without %s fails by itself, and isn’t taken for one without a record',
  async (_, answer) => {
    const here = await expired(3);
    here.github.fault({ on: 'graphql-issues', answer });
    const step = await here.followUp();
    expect(step.exitCode).toBe(1);
    expect(outcomes(step)).toEqual(['expired', 'failed', 'expired']);
    expect(results(step)[1]).toMatchObject({
      issue: 2,
      changed: false,
      error: {
        code: 'github-failed',
        message: expect.stringContaining("lacks the issue's comments"),
      },
    });
  },
);

test('bad issues among others are no outage, however many they are', async () => {
  const here = await expired(40);
  const change = (issues: { nodes: Array<{ number: number; comments?: unknown }> }) => {
    for (const issue of issues.nodes) if (issue.number % 2 === 0) delete issue.comments;
  };
  here.github.fault({ on: 'graphql-issues', answer: listChanged(change) });
  const step = await here.followUp();
  const expected = Array.from({ length: 40 }, (_, index) => (index % 2 ? 'failed' : 'expired'));
  expect(outcomes(step)).toEqual(expected);
});

test.each([
  ['an issue without a number', 'number', listChanged(({ nodes }) => delete nodes[1].number)],
  ['a list that may go on', 'list of issues', listChanged((issues) => delete issues.pageInfo)],
  [
    'a list that goes on nowhere',
    'list of issues',
    listChanged((issues) => Object.assign(issues.pageInfo, { hasNextPage: true, endCursor: null })),
  ],
])('%s is no list that can be followed', async (_, lacks, answer) => {
  const here = await expired(3);
  here.github.fault({ on: 'graphql-issues', answer });
  const step = await here.followUp();
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(step.log).toContain(lacks);
});

test('a list that breaks off: what was read is up to date, and the run says that it isn’t all', async () => {
  const here = await expired(60);
  here.github.fault({ on: 'graphql-issues', skip: 1, answer: { status: 500 } });
  const step = await here.followUp();
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(outcomes(step)).toEqual(Array(50).fill('expired'));
  expect(results(step).every(({ changed }: { changed: boolean }) => changed)).toBe(true);
  expect(errors(step)).toMatchObject([{ message: expect.stringContaining('GitHub failed (500)') }]);
  expect(step.summary).toContain('GitHub failed (500)');
});

test('a summary says that there is no issue only where that is so', async () => {
  const here = await followed(inOrder);
  expect((await here.followUp()).summary).toContain('There is no open issue');
  here.github.fault({ on: 'graphql-issues', answer: { status: 403 } });
  const failed = await here.followUp();
  expect(failed.summary).not.toContain('There is no open issue');
  expect(failed.summary).toContain('github-forbidden');
});

test.each([
  ['leads nowhere new', ['same'], 2],
  ['go round', ['one', 'two', 'one'], 3],
])('cursors that %s don’t go on for ever', async (_, cursors, requests) => {
  const here = await followed(inOrder);
  for (let more = 0; more < 9; more++) {
    const endCursor = cursors[more % cursors.length];
    const issues = { nodes: [], pageInfo: { hasNextPage: true, endCursor } };
    const body = { data: { repository: { databaseId: 1, visibility: 'PRIVATE', issues } } };
    here.github.fault({ on: 'graphql-issues', answer: { status: 200, body } });
  }
  expect((await here.followUp()).exitCode).toBe(0);
  expect(here.github.requests).toHaveLength(requests);
});

test('a rate limit that doesn’t fit in max-wait stops the rest', async () => {
  const here = await expired(4);
  here.github.fault({ on: 'graphql-add-comment', skip: 1, times: 99, answer: 'primary-limit' });
  const step = await here.followUp();
  expect(outcomes(step)).toEqual(['expired', 'failed', 'failed', 'failed']);
  expect(results(step)[1]).toMatchObject({ error: { code: 'rate-limited' } });
  expect(askedGitHub(here).filter((kind) => kind === 'graphql-add-comment')).toHaveLength(2);
});
