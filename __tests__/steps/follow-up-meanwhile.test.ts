import { expect, test } from '@jest/globals';
import {
  followed,
  onboarded,
  results,
  schemas,
  seedIssues,
  waiting,
} from '../support/follow-up.ts';
import { killRun } from '../support/killed.ts';
import { FORM, linksOf, shown, type World } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';

// What happens to an issue between two follow-ups, or in the middle of one.

const DAY_MS = 24 * 3_600_000;

/** From now on it is so many milliseconds later, for both servers. */
function later(here: World, ms: number): void {
  const now = () => Date.now() + ms;
  here.github.options.now = now;
  here.fivetran.options.now = now;
}

async function text(here: World): Promise<string> {
  return shown((await here.own())[0]);
}

/** Throws unless every link in the comment works. */
async function completeAll(here: World): Promise<void> {
  for (const link of linksOf((await here.own())[0])) await here.fivetran.completeCard(link);
}

/** Adds a connection to issue 1, as a step of another workflow does. */
async function addStripe(here: World, schema = 'other') {
  const event = await here.github.comment(1, 'hello', 'tess');
  return here.run(event, {
    with: { operation: 'link', service: 'stripe', schema, 'issue-number': '1' },
  });
}

test('an issue that gets another connection meanwhile is neither labelled nor closed', async () => {
  const here = await onboarded(schemas('acme'), { 'close-connected': 'true' });
  await completeAll(here);
  here.fivetran.fault({ on: 'get', meanwhile: () => addStripe(here) });
  expect(results(await here.followUp({}, { dist: true }))).toMatchObject([{ outcome: 'waiting' }]);
  const { state, labels } = await here.github.issue(1);
  expect([state, labels.map(({ name }) => name)]).toEqual(['open', ['connect-card']]);
  expect(await text(here)).toContain('1 of 2 connected');
});

test('nor is one whose record said that all are connected', async () => {
  const here = await onboarded(schemas('acme'), { 'connected-label': '' });
  await completeAll(here);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected' }]);
  here.fivetran.fault({ on: 'get', meanwhile: () => addStripe(here) });
  const finish = { 'connected-label': 'connected', 'close-connected': 'true' };
  expect(results(await here.followUp(finish, { dist: true }))).toMatchObject([
    { outcome: 'waiting' },
  ]);
  const { state, labels } = await here.github.issue(1);
  expect([state, labels.map(({ name }) => name)]).toEqual(['open', ['connect-card']]);
});

test('a connection that is created again is started as well, and its wait begins again', async () => {
  const here = await followed({ 'start-connected': 'true', 'remind-after': '3' });
  const settings = { settings: 'paused: true' };
  const first = await here.onboard(FORM, { with: settings });
  await here.fivetran.completeCard(first.outputs.link ?? '');
  await here.followUp();
  here.fivetran.removeConnection(first.outputs['connection-id'] ?? '');
  later(here, 10 * DAY_MS);
  const second = await here.approve(1, { with: settings });
  await here.followUp();
  expect(await text(here)).not.toContain('@nina');
  await here.fivetran.completeCard(second.outputs.link ?? '');
  await here.followUp();
  expect(here.fivetran.connections).toMatchObject([{ paused: false }]);
});

test('the wait for a repair begins with its link', async () => {
  const here = await onboarded(schemas('acme'), { 'remind-after': '3' });
  await completeAll(here);
  await here.followUp();
  later(here, 60 * DAY_MS);
  for (const { status } of here.fivetran.connections) status.setup_state = 'broken';
  await here.followUp();
  await here.command();
  await here.followUp();
  expect(await text(here)).not.toContain('@nina');
});

test('somebody whose first link comes from follow-up is reminded as well', async () => {
  const here = await followed({ 'renew-links': 'true', 'remind-after': '3' });
  here.fivetran.fault({ on: 'create', answer: 'no-card' });
  here.fivetran.fault({ on: 'card', answer: { status: 403 } });
  expect(onlyResult(await here.onboard(FORM)).outcome).toBe('failed');
  await here.followUp();
  later(here, 4 * DAY_MS);
  await here.followUp();
  expect(await text(here)).toContain('@nina');
});

const LINK = { operation: 'link', 'issue-number': '1' };

/** Each way to renew a link, as inputs for the connection of that id. */
const RENEWALS: Record<string, (id: string) => Record<string, string>> = {
  'the command': () => ({}),
  'a link by name': () => ({ ...LINK, service: 'google_ads', schema: 'acme' }),
  'a batch': () => ({
    ...LINK,
    requests: JSON.stringify([
      { service: 'stripe', schema: 'other' },
      { service: 'google_ads', schema: 'acme' },
    ]),
  }),
  'a link by id': (id) => ({ ...LINK, 'group-id': '', 'connection-id': id }),
};

test.each(
  Object.keys(RENEWALS).flatMap((way) => ['true', 'false'].map((renew) => ({ way, renew }))),
)(
  '$way that dies with its link created leaves no dead link (renew-links: $renew)',
  async ({ way, renew }) => {
    const here = await onboarded(schemas('acme'), { 'renew-links': renew });
    const event = await here.github.comment(1, '/connect-card', 'nina');
    here.github.requests.splice(0);
    const inputs = RENEWALS[way]?.(here.fivetran.connections[0]?.id ?? '');
    await killRun(here, { github: { on: 'update-comment', answer: 'hang' } }, event, inputs);
    later(here, 600_000);
    await here.followUp();
    expect(linksOf((await here.own())[0])).toHaveLength(renew === 'true' ? 1 : 0);
    await completeAll(here);
  },
);

test('a renewal whose answer is lost leaves no dead link', async () => {
  const here = await onboarded(schemas('acme'));
  here.fivetran.fault({ on: 'card', effect: 'done', answer: { status: 500 } });
  const step = await here.command(1, { with: { 'max-wait': '0' } });
  expect(onlyResult(step).error.code).toBe('server-error');
  expect(linksOf((await here.own())[0])).toEqual([]);
  await here.command();
  expect(linksOf((await here.own())[0])).toHaveLength(1);
  await completeAll(here);
});

test.each([
  { last: 'rate-limited', answer: { status: 429, headers: { 'retry-after': '3600' } } },
  { last: 'forbidden', answer: { status: 403 } },
])('nor one whose answer is lost before it ends as $last', async ({ last, answer }) => {
  const here = await onboarded(schemas('acme'));
  here.fivetran.fault({ on: 'card', effect: 'done', answer: { status: 500 } });
  here.fivetran.fault({ on: 'card', answer });
  expect(onlyResult(await here.command()).error.code).toBe(last);
  expect(linksOf((await here.own())[0])).toEqual([]);
});

test.each([1, 2])(
  'a list of the previous key and a newer one with %i connections become one, links and all',
  async (count) => {
    const here = await followed();
    seedIssues(here, [{ entries: [waiting(here, 'acme')], secret: 'before' }]);
    const links = linksOf((await here.own())[0]);
    for (let index = 0; index < count; index++) {
      const step = await addStripe(here, `other_${index}`);
      links.push(step.outputs.link ?? '');
    }
    await here.followUp({ 'previous-fivetran-api-secret': 'before' });
    const [comment, ...more] = await here.own();
    expect(more).toEqual([]);
    expect(linksOf(comment).toSorted()).toEqual(links.toSorted());
  },
);

test('two groups that can’t be listed don’t stop a third', async () => {
  const here = await followed({ 'max-wait': '0' });
  const { groups } = here.fivetran.options;
  const [one] = groups;
  if (!one) throw new Error('no group');
  const names = ['group_a', 'group_b', 'group_c'];
  for (const id of names) groups.push({ ...one, id, name: id });
  const issueIn = (group: string, schema: string) => ({
    entries: [waiting(here, schema, { request: { group, service: 'google_ads', schema } })],
  });
  const issues = Array.from({ length: 12 }, (_, n) => issueIn(`group_${'ab'[n % 2]}`, `s${n}`));
  seedIssues(here, [...issues, issueIn('group_c', 'x'), issueIn('group_c', 'y')]);
  here.fivetran.fault({ on: 'list', times: 2, answer: { status: 500 } });
  const ended = results(await here.followUp({ concurrency: '1' }));
  expect(ended.slice(-2)).toMatchObject([{ outcome: 'waiting' }, { outcome: 'waiting' }]);
});
