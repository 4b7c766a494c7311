import { expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { FORM, shown, type World, world } from '../support/onboard.ts';
import { until } from '../support/wait.ts';

// operation: follow-up, as a schedule runs it: comments, labels and issues follow the connections.

/** A world in which issues are onboarded already, one for each schema. */
async function onboarded(schemas: string[], inputs: Record<string, string> = {}, hoursAgo = 0) {
  const here = await world();
  here.fivetran.options.now = () => Date.now() - hoursAgo * 60 * 60 * 1000;
  const links: string[] = [];
  for (const schema of schemas) {
    const { number } = await here.open({ ...FORM, Schema: schema });
    const step = await here.run(await here.github.addLabel(number, 'connect-card', 'tess'));
    links.push(step.outputs.link ?? '');
  }
  here.fivetran.options.now = Date.now;
  here.github.requests.splice(0);
  here.fivetran.requests.splice(0);
  const followUp = (more: Record<string, string> = {}) =>
    here.run({ repository: undefined } as never, {
      with: { operation: 'follow-up', 'group-id': '', ...inputs, ...more },
    });
  return { ...here, links, followUp };
}

const results = ({ outputs }: StepResult) => JSON.parse(outputs.results ?? '[]');
const writes = ({ github, fivetran }: Pick<World, 'github' | 'fivetran'>) =>
  [...github.requests, ...fivetran.requests].filter(({ method }) => method !== 'GET');

test('connected: the comment says so without the link, the label is put on', async () => {
  const { fivetran, github, own, links, followUp } = await onboarded(['acme', 'globex']);
  await fivetran.completeCard(links[0] ?? '');
  const step = await followUp();
  expect([step.exitCode, step.outputs.outcome]).toEqual([0, 'followed-up']);
  expect(results(step)).toMatchObject([
    { issue: 1, outcome: 'connected', changed: true, setup_state: 'connected', error: null },
    { issue: 2, outcome: 'waiting', changed: false, setup_state: 'incomplete', error: null },
  ]);
  const [comment, ...more] = await own(1);
  expect(more).toEqual([]);
  expect(shown(comment)).toMatchSnapshot();
  expect(comment?.body).not.toContain(links[0]);
  expect((await github.issue(1)).labels.map(({ name }) => name)).toContain('connected');
  expect((await github.issue(1)).state).toBe('open');
  expect((await own(2))[0]?.body).toContain(links[1]);
  expect(step.summary).toContain('Waiting for the customer');
});

test('run again, nothing is written, and of what is done nothing is asked', async () => {
  const here = await onboarded(['acme', 'globex']);
  await here.fivetran.completeCard(here.links[0] ?? '');
  await here.followUp();
  here.github.requests.splice(0);
  here.fivetran.requests.splice(0);
  const step = await here.followUp();
  expect(results(step).map(({ changed }: { changed: boolean }) => changed)).toEqual([false, false]);
  expect(writes(here)).toEqual([]);
  // One read for the issue that is waiting, none for the one that is done.
  expect(here.fivetran.requests).toHaveLength(1);
});

test('close-connected closes, and an empty connected-label puts none on', async () => {
  const inputs = { 'close-connected': 'true', 'connected-label': '' };
  const { fivetran, github, links, followUp } = await onboarded(['acme'], inputs);
  await fivetran.completeCard(links[0] ?? '');
  await followUp();
  const issue = await github.issue(1);
  expect(issue.state).toBe('closed');
  expect(issue.labels.map(({ name }) => name)).toEqual(['connect-card']);
  expect(results(await followUp())).toEqual([]);
});

test('a run that stopped between comment and label is finished by the next', async () => {
  const { fivetran, github, links, followUp } = await onboarded(['acme']);
  await fivetran.completeCard(links[0] ?? '');
  github.fault({ on: 'add-labels', answer: { status: 500 } });
  const failed = await followUp({ 'max-wait': '0' });
  expect([failed.exitCode, failed.outputs.outcome]).toEqual([1, 'failed']);
  expect(results(failed)).toMatchObject([{ issue: 1, error: { code: 'github-failed' } }]);
  expect(results(await followUp())).toMatchObject([{ outcome: 'connected', changed: true }]);
  expect((await github.issue(1)).labels.map(({ name }) => name)).toContain('connected');
});

test('expired: the comment says so once, and how to get another', async () => {
  const here = await onboarded(['acme'], {}, 25);
  const step = await here.followUp();
  expect(results(step)).toMatchObject([{ outcome: 'expired', changed: true, link: null }]);
  expect(shown((await here.own())[0])).toMatchSnapshot();
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'expired', changed: false }]);
  expect((await here.command()).outputs.outcome).toBe('linked');
});

test('expired, with renew-links: a fresh link in its place', async () => {
  const here = await onboarded(['acme'], { 'renew-links': 'true' }, 25);
  const step = await here.followUp();
  const [{ link, ...result }] = results(step);
  expect(result).toMatchObject({ outcome: 'expired', changed: true });
  expect((await here.own())[0]?.body).toContain(link);
  expect(step.log + step.summary).not.toContain(link);
  await here.fivetran.completeCard(link);
});

test('expired, with renew-links, in a public repository: the link is in the results only', async () => {
  const here = await onboarded(['acme'], { 'renew-links': 'true' }, 25);
  here.github.visibility = 'public';
  const [{ link }] = results(await here.followUp());
  expect(link).toMatch(/^http/);
  expect((await here.own())[0]?.body).not.toContain(link);
});

test('broken: the comment says how to mend it; mended, it is connected', async () => {
  const here = await onboarded(['acme']);
  const [connection] = here.fivetran.connections;
  if (!connection) throw new Error('no connection');
  connection.status.setup_state = 'broken';
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'broken', changed: true }]);
  expect(shown((await here.own())[0])).toMatchSnapshot();
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'broken', changed: false }]);
  connection.status.setup_state = 'connected';
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected', changed: true }]);
});

test('gone: the connection was deleted', async () => {
  const here = await onboarded(['acme']);
  here.fivetran.removeConnection(here.fivetran.connections[0]?.id ?? '');
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'gone', changed: true }]);
  expect(shown((await here.own())[0])).toContain('was deleted');
  here.fivetran.requests.splice(0);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'gone', changed: false }]);
  expect(here.fivetran.requests).toEqual([]);
});

test('a bad record: told, left alone, and no reason to fail', async () => {
  const here = await onboarded(['acme']);
  const [comment] = await here.own();
  const changed = (comment?.body ?? '').replace(/v1 \w{4}/, 'v1 AAAA');
  await here.github.editComment(comment?.id ?? 0, changed, 'ada');
  const step = await here.followUp();
  expect(step.exitCode).toBe(0);
  expect(results(step)).toMatchObject([{ outcome: 'bad-record', changed: false }]);
  expect(writes(here)).toEqual([]);
  expect(here.fivetran.requests).toEqual([]);
});

test('a marker in a stranger’s comment is followed nowhere', async () => {
  const here = await onboarded(['acme']);
  const [comment] = await here.own();
  await here.github.comment(1, comment?.body ?? '', 'mallory');
  await here.github.deleteComment(comment?.id ?? 0);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'bad-record' }]);
  expect(here.fivetran.requests).toEqual([]);
});

test('one issue that fails doesn’t stop the others', async () => {
  const here = await onboarded(['a', 'b', 'c']);
  here.fivetran.fault({ on: 'get', answer: { status: 400, code: 'Odd' } });
  const step = await here.followUp({ concurrency: '1' });
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(results(step)).toMatchObject([
    { issue: 1, outcome: 'failed', error: { code: 'refused' } },
    { issue: 2, outcome: 'waiting' },
    { issue: 3, outcome: 'waiting' },
  ]);
  expect(step.summary).toContain('refused');
});

test('a key that is refused stops early', async () => {
  const here = await onboarded(['a', 'b', 'c', 'd']);
  here.fivetran.fault({ on: 'get', times: 99, answer: { status: 401 } });
  const step = await here.followUp({ concurrency: '1' });
  expect(here.fivetran.requests).toHaveLength(1);
  expect(step.annotations.filter(({ level }) => level === 'error')).toHaveLength(1);
});

test('only open, labelled issues count, and issue-number picks one', async () => {
  const here = await onboarded(['a', 'b', 'c']);
  await here.github.removeLabel(1, 'connect-card', 'tess');
  await here.github.editIssue(2, { state: 'closed' }, 'tess');
  const issues = async (more = {}) =>
    results(await here.followUp(more)).map(({ issue }: { issue: number }) => issue);
  expect(await issues()).toEqual([3]);
  expect(await issues({ 'issue-number': '3' })).toEqual([3]);
  expect(await issues({ 'issue-number': '1' })).toEqual([]);
});

test('more than a page of issues', async () => {
  const here = await onboarded([]);
  for (let n = 0; n < 101; n++)
    await here.github.openIssue({ body: '', author: 'nina', labels: ['connect-card'] });
  const step = await here.followUp();
  expect(results(step)).toHaveLength(101);
  expect(here.github.requests.filter(({ kind }) => kind === 'issues')).toHaveLength(2);
});

test('a dry run says what would change and changes nothing', async () => {
  const here = await onboarded(['acme']);
  await here.fivetran.completeCard(here.links[0] ?? '');
  const step = await here.followUp({ 'dry-run': 'true' });
  expect(step.outputs.outcome).toBe('dry-run');
  expect(results(step)).toMatchObject([{ outcome: 'connected', changed: true }]);
  expect(writes(here)).toEqual([]);
});

test('cancelled while GitHub doesn’t answer: the step says so, and fails in time', async () => {
  const here = await onboarded(['acme']);
  here.github.fault({ on: 'issues', answer: 'hang' });
  const step = await here.run({ repository: undefined } as never, {
    with: { operation: 'follow-up', 'group-id': '' },
    onStart: async (kill) => {
      await until(() => here.github.requests.length > 0);
      kill('SIGINT');
    },
  });
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(step.log).toContain('(cancelled)');
  expect(step.took).toBeLessThan(7500);
});
