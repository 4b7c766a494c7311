import { expect, test } from '@jest/globals';
import { addRival, expectRefusal, later, linksOn, writesOf } from '../support/attacks.ts';
import { killedAt } from '../support/killed.ts';
import { FORM, outcomeOf, shown, type World, world } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';

// Somebody uses the time between two requests, a run that died, or a flood of comments.

const HOUR_MS = 3_600_000;
const NEVER_ARRIVED = { fivetran: { on: 'create', effect: 'none', answer: 'hang' } } as const;

const followUp = (here: World) =>
  here.run({ repository: undefined } as never, {
    with: { operation: 'follow-up', 'group-id': '' },
  });

/** Creates another customer's connection so many seconds from now. */
function addRivalAfter(here: World, seconds: number): void {
  addRival(here, 'acme', 'google_ads', {
    createdAt: new Date(Date.now() + seconds * 1000).toISOString(),
  });
}

// A run with max-wait 1 and timeout 30 sends nothing after 76 s: twice the time-out, what it may
// wait, and 15 s.
test.each([
  ['the run that died could still have created it', 30, 'linked'],
  ['it was created later, though within the next run’s max-wait', 120, 'not-this-issues'],
])('a connection of that name after a run died: %s', async (_, seconds, outcome) => {
  const here = await world({ 'max-wait': '1' });
  await killedAt(here, NEVER_ARRIVED);
  addRivalAfter(here, seconds);
  later(here, HOUR_MS);
  const step = await here.command(1, { dist: true, with: { 'max-wait': '3600' } });
  if (outcome === 'linked') expect(step.outputs.outcome).toBe('linked');
  else {
    expectRefusal(step, outcome);
    expect(await linksOn(here)).toEqual([]);
    expectRefusal(await here.approve(1, { with: { 'max-wait': '3600' } }), outcome);
  }
  expect(here.fivetran.connections).toHaveLength(1);
});

test.each([
  ['within a request’s time', 10, 'linked'],
  ['later, though before the announced end', 45, 'not-this-issues'],
])('after create-unknown, a connection of that name %s', async (_, seconds, outcome) => {
  const here = await world({ 'max-wait': '1' });
  here.fivetran.fault({ on: 'create', effect: 'none', times: 2, answer: 'reset' });
  expectRefusal(await here.onboard(undefined, { dist: true }), 'create-unknown');
  addRivalAfter(here, seconds);
  later(here, HOUR_MS);
  const step = await here.command(1, { dist: true });
  if (outcome === 'linked') expect(step.outputs.outcome).toBe('linked');
  else expectRefusal(step, outcome);
  expect(here.fivetran.connections).toHaveLength(1);
});

test.each(['accept', 'refuse-409'] as const)(
  'an intent that was left open doesn’t take what another issue created since (%s)',
  async (duplicates) => {
    const here = await world({}, { fivetran: { duplicates } });
    await here.open(FORM, 'mallory');
    here.fivetran.fault({ on: 'create', effect: 'none', times: 2, answer: 'reset' });
    const first = await here.run(await here.github.addLabel(1, 'connect-card', 'tess'), {
      with: { 'max-wait': '1' },
    });
    expectRefusal(first, 'create-unknown');
    // An hour later somebody else is approved for the same name, which is free.
    later(here, HOUR_MS);
    await here.open();
    const second = await here.run(await here.github.addLabel(2, 'connect-card', 'tess'));
    expect(second.outputs.outcome).toBe('linked');

    expectRefusal(await here.command(1, { by: 'mallory' }), 'not-this-issues');
    expectRefusal(await here.approve(1), 'not-this-issues');
    expect(here.fivetran.connections).toHaveLength(1);
    expect(await linksOn(here, 1)).toEqual([]);
  },
);

test('a connection of that name but another type isn’t what a run that died created', async () => {
  const here = await world();
  await killedAt(here, NEVER_ARRIVED);
  addRival(here, 'acme', 'facebook_ads');
  later(here, HOUR_MS);
  expectRefusal(await here.command(), 'not-this-issues');
  expect(await linksOn(here)).toEqual([]);
});

test('one response that a connection doesn’t exist isn’t believed: the command renews its link', async () => {
  for (const answer of [{ status: 404 }, { status: 404, code: 'NotFound_Connector' }]) {
    const here = await world();
    await here.onboard();
    here.fivetran.fault({ on: 'get', answer });
    const step = await here.command();
    expect(step.outputs.outcome).toBe('linked');
    expect(await outcomeOf(here)).toEqual({ connections: 1, comments: 1, working: 1 });
  }
});

test('nor when it is the answer to the request for a card', async () => {
  const here = await world();
  await here.onboard();
  const [link] = await linksOn(here);
  here.fivetran.fault({ on: 'card', answer: { status: 404 } });
  expectRefusal(await here.command(), 'unknown-connection');
  expect(shown((await here.own())[0])).not.toContain('deleted');
  // The link that works is still shown.
  expect(await linksOn(here)).toEqual([link]);
  expect((await here.approve()).outputs.outcome).toBe('linked');
  expect(here.fivetran.connections).toHaveLength(1);
});

test('nor by follow-up; two responses are', async () => {
  const here = await world();
  await here.onboard();
  const follow = async () => JSON.parse((await followUp(here)).outputs.results ?? '[]');
  here.fivetran.fault({ on: 'get', answer: { status: 404 } });
  expect(await follow()).toMatchObject([{ outcome: 'waiting', changed: false, error: null }]);
  here.fivetran.removeConnection(here.fivetran.connections[0]?.id ?? '');
  expect(await follow()).toMatchObject([{ outcome: 'gone', changed: true }]);
});

test('nor by an approval, which would create another one', async () => {
  const here = await world({}, { fivetran: { duplicates: 'accept' } });
  await here.onboard();
  here.fivetran.fault({ on: 'get', answer: { status: 404 } });
  expect((await here.approve()).outputs.outcome).toBe('linked');
  expect(here.fivetran.connections).toHaveLength(1);
});

/** So many comments of a stranger's, as a flood an hour ago leaves them. */
function flood({ github }: World): void {
  const createdAt = Date.now() - HOUR_MS;
  const body = 'x'.repeat(1000);
  const comments = Array.from({ length: 2500 }, () => ({ body, author: 'mallory', createdAt }));
  github.seedComments(1, comments);
}

const readsOf = ({ github }: World) =>
  github.requests.filter(({ kind }) => kind === 'graphql-issue').length;

test('2,500 comments and no record: 25 requests to read them once, and the run works', async () => {
  const here = await world();
  await here.open();
  flood(here);
  const step = await here.run(await here.github.addLabel(1, 'connect-card', 'tess'));
  expect(step.outputs.outcome).toBe('linked');
  expect(readsOf(here)).toBe(25);
  expect(await outcomeOf(here)).toEqual({ connections: 1, comments: 1, working: 1 });
});

test('2,500 comments before the record cost nothing', async () => {
  const here = await world();
  await here.open();
  flood(here);
  await here.run(await here.github.addLabel(1, 'connect-card', 'tess'));
  here.github.requests.splice(0);
  expect((await here.command()).outputs.outcome).toBe('linked');
  expect(readsOf(here)).toBe(1);
});

test('2,500 comments before a record from before a rotation are read once: it may have followed another list', async () => {
  const here = await world();
  await here.open();
  flood(here);
  const without = { with: { 'previous-fivetran-api-secret': '' } };
  await here.run(await here.github.addLabel(1, 'connect-card', 'tess'), without);
  const reads: number[] = [];
  for (const _ of ['first', 'second']) {
    here.github.requests.splice(0);
    expect((await here.command()).outputs.outcome).toBe('linked');
    reads.push(readsOf(here));
  }
  expect(reads).toEqual([26, 1]);
});

test('2,500 comments after the record: it is found, and stands at the bottom from then on', async () => {
  const here = await world();
  here.github.options.now = () => Date.now() - 2 * HOUR_MS;
  await here.onboard();
  here.github.options.now = Date.now;
  flood(here);
  here.github.requests.splice(0);
  expect((await here.command()).outputs.outcome).toBe('linked');
  // One page for each hundred, the command and the record among them.
  expect(readsOf(here)).toBe(26);
  here.github.requests.splice(0);
  const step = await here.command();
  expect(step.outputs.outcome).toBe('linked');
  expect(readsOf(here)).toBe(1);
  expect(await outcomeOf(here)).toEqual({ connections: 1, comments: 1, working: 1 });
});

test('an issue’s author who asks over and over doesn’t keep a maintainer waiting', async () => {
  const here = await world();
  await here.onboard();
  const commands = await Promise.all(
    [1, 2, 3].map(() => here.github.comment(1, '/connect-card', 'nina')),
  );
  await here.github.removeLabel(1, 'connect-card', 'tess');
  const label = await here.github.addLabel(1, 'connect-card', 'tess');
  const [approved] = await Promise.all(
    [label, ...commands].map((event) => here.run(event, { dist: true })),
  );
  expect(approved?.exitCode).toBe(0);
  expect(await outcomeOf(here)).toEqual({ connections: 1, comments: 1, working: 1 });
});

test('who may not ask holds no lease: nothing of theirs is written at all', async () => {
  const here = await world();
  await here.onboard();
  here.github.requests.splice(0);
  const sent = writesOf(here);
  for (const event of [
    await here.github.comment(1, '/connect-card', 'mallory'),
    await here.github.addLabel(1, 'connect-card', 'mallory'),
  ]) {
    expect(onlyResult(await here.run(event)).error.code).toBe('not-approved');
  }
  const kinds = new Set(here.github.requests.map(({ kind }) => kind));
  expect([...kinds].toSorted()).toEqual(['graphql-issue', 'permission']);
  expect(writesOf(here)).toEqual(sent);
});
