import { expect, test } from '@jest/globals';
import type { SetupState } from '../../sandbox/fivetran/types.ts';
import {
  askedFivetran,
  askedGitHub,
  type Followed,
  forgetRequests,
  onboarded,
  results,
  schemas,
  writes,
} from '../support/follow-up.ts';
import { linksOf, shown } from '../support/onboard.ts';

// operation: follow-up, as a schedule runs it: comments, labels and issues follow the connections.

const firstLink = async ({ own }: Followed, issue = 1) => linksOf((await own(issue))[0])[0] ?? '';
const labels = async ({ github }: Followed, issue = 1) =>
  (await github.issue(issue)).labels.map(({ name }) => name);

function setState({ fivetran }: Followed, state: SetupState): void {
  const [connection] = fivetran.connections;
  if (!connection) throw new Error('no connection');
  connection.status.setup_state = state;
}

test('connected: the comment says so without the link, and the label is added', async () => {
  const here = await onboarded(schemas('acme', 'globex'));
  const links = [await firstLink(here), await firstLink(here, 2)];
  await here.fivetran.completeCard(links[0] ?? '');
  const step = await here.followUp({}, { dist: true });
  expect([step.exitCode, step.outputs.outcome]).toEqual([0, 'followed-up']);
  expect(results(step)).toMatchObject([
    {
      issue: 1,
      outcome: 'connected',
      changed: true,
      setup_state: 'connected',
      connections: [{ connection_name: 'acme', setup_state: 'connected', link: null }],
      error: null,
    },
    { issue: 2, outcome: 'waiting', changed: false, setup_state: 'incomplete', error: null },
  ]);
  const [comment, ...more] = await here.own();
  expect(more).toEqual([]);
  expect(shown(comment)).toMatchSnapshot();
  expect(comment?.body).not.toContain(links[0]);
  expect(await labels(here)).toContain('connected');
  expect((await here.github.issue(1)).state).toBe('open');
  expect((await here.own(2))[0]?.body).toContain(links[1]);
  expect(step.summary).toContain('Waiting for the customer');
  expect(step.summary).toContain('Connected');
});

test('run again, nothing is written: one request at GitHub, one at Fivetran', async () => {
  const here = await onboarded(schemas('acme', 'globex'));
  await here.fivetran.completeCard(await firstLink(here));
  await here.followUp({}, { dist: true });
  forgetRequests(here);
  const step = await here.followUp({}, { dist: true });
  expect(results(step).map(({ changed }: { changed: boolean }) => changed)).toEqual([false, false]);
  expect(askedGitHub(here)).toEqual(['graphql-issues']);
  // Both are read from one listing: what is connected may break later.
  expect(askedFivetran(here)).toEqual(['GET /v1/groups/{id}/connections']);
});

test('an issue by itself costs one read of its connection', async () => {
  const here = await onboarded(schemas('acme'));
  await here.followUp();
  expect(askedFivetran(here)).toEqual(['GET /v1/connections/{id}']);
});

test('close-connected closes, and an empty connected-label adds none', async () => {
  const inputs = { 'close-connected': 'true', 'connected-label': '' };
  const here = await onboarded(schemas('acme'), inputs);
  await here.fivetran.completeCard(await firstLink(here));
  await here.followUp({}, { dist: true });
  const issue = await here.github.issue(1);
  expect([issue.state, issue.state_reason]).toEqual(['closed', 'completed']);
  expect(await labels(here)).toEqual(['connect-card']);
  expect(results(await here.followUp())).toEqual([]);
});

test('a run that stopped between comment and label is finished by the next', async () => {
  const here = await onboarded(schemas('acme'));
  await here.fivetran.completeCard(await firstLink(here));
  here.github.fault({ on: 'add-labels', answer: { status: 500 } });
  const failed = await here.followUp({ 'max-wait': '0' });
  expect([failed.exitCode, failed.outputs.outcome]).toEqual([1, 'failed']);
  expect(results(failed)).toMatchObject([{ issue: 1, error: { code: 'github-failed' } }]);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected', changed: true }]);
  expect(await labels(here)).toContain('connected');
});

test('expired: the comment says so once, and how to get another link', async () => {
  const here = await onboarded(schemas('acme'), {}, 25);
  const step = await here.followUp({}, { dist: true });
  expect(results(step)).toMatchObject([{ outcome: 'expired', changed: true, link: null }]);
  expect(shown((await here.own())[0])).toMatchSnapshot();
  forgetRequests(here);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'expired', changed: false }]);
  expect(writes(here)).toEqual([]);
  expect((await here.command()).outputs.outcome).toBe('linked');
});

test('expired, with renew-links: a fresh link in its place, which works', async () => {
  const here = await onboarded(schemas('acme'), { 'renew-links': 'true' }, 25);
  const step = await here.followUp({}, { dist: true });
  const [{ link, ...result }] = results(step);
  expect(result).toMatchObject({ outcome: 'expired', changed: true });
  expect(Date.parse(result.expires_at)).toBeGreaterThan(Date.now());
  const comments = await here.own();
  expect(comments.map(linksOf)).toEqual([[link]]);
  expect(step.log + step.summary).not.toContain(link);
  await here.fivetran.completeCard(link);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected', link: null }]);
});

test('expired, with renew-links, in a public repository: the link is in the results only', async () => {
  const here = await onboarded(schemas('acme'), { 'renew-links': 'true' }, 25);
  here.github.visibility = 'public';
  const [{ link }] = results(await here.followUp());
  expect(link).toMatch(/^http/);
  expect((await here.own())[0]?.body).not.toContain(link);
});

test('broken: the comment says how to fix it; fixed, it is connected', async () => {
  const here = await onboarded(schemas('acme'));
  setState(here, 'connected');
  await here.followUp();
  setState(here, 'broken');
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'broken', changed: true }]);
  expect(shown((await here.own())[0])).toMatchSnapshot();
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'broken', changed: false }]);
  setState(here, 'connected');
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected', changed: true }]);
  expect(shown((await here.own())[0])).toContain('### ✅ Google Ads is connected');
});

test('broken, with a fresh link to sign in again: that link stays', async () => {
  const here = await onboarded(schemas('acme'));
  setState(here, 'broken');
  await here.followUp();
  const { link } = (await here.command()).outputs;
  expect(results(await here.followUp())).toMatchObject([{ changed: false }]);
  expect(linksOf((await here.own())[0])).toEqual([link]);
});

test('gone: the connection was deleted, as two responses say', async () => {
  const here = await onboarded(schemas('acme'));
  here.fivetran.removeConnection(here.fivetran.connections[0]?.id ?? '');
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'gone', changed: true }]);
  expect(askedFivetran(here)).toEqual([
    'GET /v1/connections/{id}',
    'GET /v1/groups/{id}/connections',
  ]);
  expect(shown((await here.own())[0])).toContain('was deleted');
  forgetRequests(here);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'gone', changed: false }]);
  expect(writes(here)).toEqual([]);
});

test('one response that a connection doesn’t exist proves nothing: the comment stays', async () => {
  const here = await onboarded(schemas('acme'));
  here.fivetran.fault({ on: 'get', answer: { status: 404, code: 'NotFound_Connector' } });
  const step = await here.followUp();
  expect(results(step)).toMatchObject([{ outcome: 'waiting', changed: false, error: null }]);
  // A listing has it, so it exists.
  expect(askedFivetran(here)).toEqual([
    'GET /v1/connections/{id}',
    'GET /v1/groups/{id}/connections',
  ]);
  expect(writes(here)).toEqual([]);
});

test('a bad record: reported, left alone, and no reason to fail', async () => {
  const here = await onboarded(schemas('acme'));
  const [comment] = await here.own();
  const changed = (comment?.body ?? '').replace(/v1 \w{4}/, 'v1 AAAA');
  await here.github.editComment(comment?.id ?? 0, changed, 'ada');
  const step = await here.followUp();
  expect(step.exitCode).toBe(0);
  expect(results(step)).toMatchObject([{ outcome: 'bad-record', changed: false, connections: [] }]);
  expect(writes(here)).toEqual([]);
  expect(here.fivetran.requests).toEqual([]);
});

test('a marker in a stranger’s comment is followed nowhere', async () => {
  const here = await onboarded(schemas('acme'));
  const [comment] = await here.own();
  await here.github.comment(1, comment?.body ?? '', 'mallory');
  await here.github.deleteComment(comment?.id ?? 0);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'bad-record' }]);
  expect(here.fivetran.requests).toEqual([]);
});

test('an issue whose form needs a correction has a record, and waits', async () => {
  const here = await onboarded([{ Service: 'google_ads' }]);
  expect(await here.own()).toHaveLength(1);
  forgetRequests(here);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'waiting', changed: false }]);
  expect(writes(here)).toEqual([]);
});

test('only open issues with the label count, and issue-number picks one', async () => {
  const here = await onboarded(schemas('a', 'b', 'c'));
  await here.github.removeLabel(1, 'connect-card', 'tess');
  await here.github.editIssue(2, { state: 'closed' }, 'tess');
  const issues = async (more = {}) =>
    results(await here.followUp(more)).map(({ issue }: { issue: number }) => issue);
  expect(await issues()).toEqual([3]);
  expect(await issues({ 'issue-number': '3' })).toEqual([3]);
  // Neither one without the label nor a closed one.
  for (const number of ['1', '2']) expect(await issues({ 'issue-number': number })).toEqual([]);
  const missing = await here.followUp({ 'issue-number': '99' });
  expect(missing.exitCode).toBe(1);
  expect(missing.log).toContain('(issue-gone)');
});

test('a dry run says what would change and changes nothing', async () => {
  const here = await onboarded(schemas('acme'));
  await here.fivetran.completeCard(await firstLink(here));
  const step = await here.followUp({ 'dry-run': 'true' });
  expect(step.outputs.outcome).toBe('dry-run');
  expect(results(step)).toMatchObject([{ outcome: 'connected', changed: true }]);
  expect(writes(here)).toEqual([]);
  expect(await labels(here)).toEqual(['connect-card']);
  expect(step.log).toContain('Issue 1: connected. It would be updated.');
  expect(step.summary).toContain('**Dry run: nothing was changed.**');
  expect(step.summary).toContain('| Would change |');
});
