import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import {
  askedFivetran,
  askedGitHub,
  type Followed,
  followed,
  forgetRequests,
  onboarded,
  results,
  seedIssues,
  waiting,
  writes,
} from '../support/follow-up.ts';
import { linksOf, shown, THREE } from '../support/onboard.ts';
import { until } from '../support/wait.ts';

// Follow-up of issues that have several connections.

const HOUR_MS = 3_600_000;

async function complete(here: Followed, ...services: string[]) {
  for (const link of linksOf((await here.own())[0])) {
    const connection = here.fivetran.connections.find(({ id }) => id === connectionOf(link));
    if (connection && services.includes(connection.service)) await here.fivetran.completeCard(link);
  }
}

/** The sandbox's cards are tokens that name their connection. */
function connectionOf(link: string): string {
  const [, payload = ''] = new URL(link).searchParams.get('auth')?.split('.') ?? [];
  return JSON.parse(Buffer.from(payload, 'base64url').toString()).d.connector;
}

test('2 of 3 connected: the comment shows it, and nothing is labelled or closed yet', async () => {
  const here = await onboarded([THREE], { 'close-connected': 'true' });
  await complete(here, 'google_ads', 'stripe');
  const step = await here.followUp({}, { dist: true });
  const [result] = results(step);
  expect(result).toMatchObject({ outcome: 'waiting', changed: true, connection_id: null });
  expect(
    result.connections.map(({ service, connection_name, setup_state }: Record<string, string>) => [
      service,
      connection_name,
      setup_state,
    ]),
  ).toEqual([
    ['google_ads', 'acme_google_ads', 'connected'],
    ['stripe', 'acme_stripe', 'connected'],
    ['facebook_ads', 'acme_facebook_ads', 'incomplete'],
  ]);
  expect(step.summary).toContain('2 of 3 connected');
  // What GitHub mails is the comment as it was added: how things stand, and no link.
  const mailed = here.github.requests.findLast(({ kind }) => kind === 'graphql-add-comment');
  const body = expect.stringMatching(/^### 2 of 3 connected\n\nThis comment is being updated\.\n/);
  expect(mailed?.body).toMatchObject({ variables: { body } });
  const [comment, ...more] = await here.own();
  expect(more).toEqual([]);
  expect(shown(comment)).toContain('### 2 of 3 connected');
  expect(linksOf(comment).map(connectionOf)).toEqual([result.connections[2].connection_id]);
  const issue = await here.github.issue(1);
  expect([issue.state, issue.labels.map(({ name }) => name)]).toEqual(['open', ['connect-card']]);
  // The link that is left is the one that was there before.
  await complete(here, 'facebook_ads');
  expect(results(await here.followUp({}, { dist: true }))).toMatchObject([
    { outcome: 'connected', changed: true },
  ]);
  const done = await here.github.issue(1);
  expect([done.state, done.labels.map(({ name }) => name)]).toEqual([
    'closed',
    ['connect-card', 'connected'],
  ]);
});

test('three connections of one group are read in one request', async () => {
  const here = await onboarded([THREE]);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'waiting', changed: false }]);
  expect(askedGitHub(here)).toEqual(['graphql-issues']);
  expect(askedFivetran(here)).toEqual(['GET /v1/groups/{id}/connections']);
});

test('renew-links: each entry that has expired gets a link, the others keep theirs', async () => {
  const here = await followed({ 'renew-links': 'true' });
  const entries = [
    waiting(here, 'works'),
    waiting(here, 'spent', { expires: Date.now() - HOUR_MS }),
    waiting(here, 'done', { state: 'connected', expires: 0 }),
    waiting(here, 'also_spent', { state: 'expired', expires: 0 }),
  ];
  seedIssues(here, [{ entries }]);
  const [kept] = linksOf((await here.own())[0]);
  const step = await here.followUp({}, { dist: true });
  const [{ connections }] = results(step);
  expect(connections.map(({ link }: { link: string | null }) => link !== null)).toEqual([
    false,
    true,
    false,
    true,
  ]);
  const comments = await here.own();
  const fresh = [connections[1].link, connections[3].link];
  expect(comments.map(linksOf)).toEqual([[kept, ...fresh]]);
  expect(fresh.map(connectionOf)).toEqual([entries[1]?.connection, entries[3]?.connection]);
  expect(writes(here).filter((request) => request?.startsWith('POST'))).toEqual(
    Array(2).fill('POST /v1/connections/{id}/connect-card'),
  );
  forgetRequests(here);
  expect(results(await here.followUp())).toMatchObject([{ changed: false }]);
  expect(writes(here)).toEqual([]);
});

test('renew-links: a card that is refused leaves the other entries their fresh links', async () => {
  const here = await followed({ 'renew-links': 'true' });
  const spent = { expires: Date.now() - HOUR_MS };
  const entries = [waiting(here, 'one', spent), waiting(here, 'two', spent)];
  seedIssues(here, [{ entries }]);
  here.fivetran.fault({ on: 'card', answer: { status: 400, code: 'Odd' } });
  const step = await here.followUp();
  expect(step.exitCode).toBe(1);
  expect(results(step)).toMatchObject([{ changed: true, error: { code: 'refused' } }]);
  const [comment] = await here.own();
  expect(linksOf(comment)).toHaveLength(1);
  expect(shown(comment)).toContain('(`refused`)');
  // The next run does what is left.
  const again = await here.followUp();
  expect(again.exitCode).toBe(0);
  expect(linksOf((await here.own())[0])).toHaveLength(2);
});

test('one that was deleted and one that is broken: each is named, and the issue needs somebody', async () => {
  const here = await followed();
  const entries = [waiting(here, 'a'), waiting(here, 'b'), waiting(here, 'c')];
  seedIssues(here, [{ entries }]);
  here.fivetran.removeConnection(entries[0]?.connection ?? '');
  const broken = here.fivetran.connections.find(({ schema }) => schema === 'b');
  if (broken) broken.status.setup_state = 'broken';
  const [{ outcome, connections }] = results(await here.followUp());
  expect(outcome).toBe('broken');
  expect(connections.map((one: { setup_state: string | null }) => one.setup_state)).toEqual([
    null,
    'broken',
    'incomplete',
  ]);
  const text = shown((await here.own())[0]);
  expect(text).toMatch(/\(`a`\): the connection was deleted/);
  expect(text).toMatch(/\(`b`\): Fivetran can’t read the data/);
  expect(text).toMatch(/\(`c`\): not connected yet/);
});

test('connections of several groups: one listing for each that has more than one', async () => {
  const here = await followed();
  const other = { request: { group: 'other_group', service: 'google_ads', schema: 'c' } };
  seedIssues(here, [
    { entries: [waiting(here, 'a'), waiting(here, 'c', other)] },
    { entries: [waiting(here, 'b')] },
  ]);
  await here.followUp();
  expect(askedFivetran(here).toSorted()).toEqual([
    'GET /v1/connections/{id}',
    'GET /v1/groups/{id}/connections',
  ]);
});

test('many fresh links for one issue, one at a time: each has the whole time-out', async () => {
  const here = await followed({ 'renew-links': 'true', concurrency: '1', timeout: '1' });
  const spent = { expires: Date.now() - 3_600_000 };
  const entries = Array.from({ length: 20 }, (_, index) => waiting(here, `s${index}`, spent));
  seedIssues(here, [{ entries }]);
  here.fivetran.options.latency = 100;
  const step = await here.followUp();
  expect(step.exitCode).toBe(0);
  const cards = askedFivetran(here).filter((request) => request.startsWith('POST'));
  expect(cards).toHaveLength(20);
});

/** One issue with ten links that have expired. */
async function tenExpired(inputs: Record<string, string> = {}) {
  const here = await followed({ 'renew-links': 'true', concurrency: '2', ...inputs });
  const spent = { expires: Date.now() - HOUR_MS };
  const entries = Array.from({ length: 10 }, (_, index) => waiting(here, `s${index}`, spent));
  seedIssues(here, [{ entries }]);
  return here;
}
const cards = (here: Followed) => here.fivetran.requests.filter(({ method }) => method === 'POST');

test('a rate limit in the middle of an issue: nothing more is sent, what was created is shown', async () => {
  const here = await tenExpired({ 'max-wait': '0' });
  here.fivetran.fault({ on: 'card', skip: 4, times: 99, answer: { status: 429 } });
  const step = await here.followUp();
  expect(results(step)).toMatchObject([{ outcome: 'failed', error: { code: 'rate-limited' } }]);
  expect(cards(here).length).toBeLessThanOrEqual(6);
  expect(linksOf((await here.own())[0])).toHaveLength(4);
  const next = await here.followUp();
  expect(linksOf((await here.own())[0]).length).toBeGreaterThanOrEqual(4);
  expect(next.exitCode).toBe(1);
});

test('cancelled in the middle of an issue: no further link is created, and the comment has the others', async () => {
  const here = await tenExpired();
  here.fivetran.options.latency = 200;
  const onStart = async (kill: (signal: NodeJS.Signals) => void) => {
    await until(() => cards(here).length >= 3);
    kill('SIGINT');
  };
  const step = await here.followUp({}, { onStart });
  expect(cards(here).length).toBeLessThan(8);
  expect(linksOf((await here.own())[0])).toHaveLength(cards(here).length);
  expect(step.log).toContain('(cancelled)');
});

test('cancelled between first syncs: what wasn’t begun is begun by the next run', async () => {
  const here = await followed({ 'start-connected': 'true', concurrency: '1' });
  const paused = { state: 'connected', expires: 0, paused: true } as const;
  const entries = Array.from({ length: 6 }, (_, index) => waiting(here, `s${index}`, paused));
  for (const connection of here.fivetran.connections) connection.paused = true;
  seedIssues(here, [{ entries }]);
  const starts = () => here.fivetran.requests.filter(({ method }) => method === 'PATCH');
  let kill: (signal: NodeJS.Signals) => void = () => {};
  const meanwhile = async () => {
    kill('SIGINT');
    await sleep(200);
  };
  here.fivetran.fault({ on: 'update', skip: 1, meanwhile });
  const onStart = (end: typeof kill) => {
    kill = end;
  };
  await here.followUp({}, { onStart });
  expect(starts()).toHaveLength(2);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected', error: null }]);
  expect(starts()).toHaveLength(6);
  expect(here.fivetran.connections.some((connection) => connection.paused)).toBe(false);
});
