import { expect, test } from '@jest/globals';
import { killRun } from '../support/killed.ts';
import {
  form,
  linksOf,
  outcomeOf,
  resultsOf,
  shown,
  THREE,
  type World,
  world,
} from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';

// Steps with operation: link add to an issue's list or update their own entry, and touch no other.

/** Runs a step with `operation: link` for an issue. */
async function linkStep(here: World, inputs: Record<string, string>, issue = 1) {
  const event = await here.github.comment(issue, 'Please add this.', 'nina');
  const link = { operation: 'link', 'issue-number': String(issue) };
  return here.run(event, { dist: true, with: { ...link, ...inputs } });
}

const linksIn = async (here: World) => linksOf((await here.own())[0]);
const ADS = { service: 'google_ads', schema: 'ads' };
const PAYMENTS = { service: 'stripe', schema: 'payments' };

test('two steps leave both their links; each updates its own only', async () => {
  const here = await world();
  await here.open();
  const ads = await linkStep(here, ADS);
  const payments = await linkStep(here, PAYMENTS);
  expect(await linksIn(here)).toEqual([ads.outputs.link, payments.outputs.link]);
  const again = await linkStep(here, ADS);
  expect(await linksIn(here)).toEqual([again.outputs.link, payments.outputs.link]);
  expect(await outcomeOf(here)).toEqual({ connections: 2, comments: 1, working: 2 });
});

test('a step adds to what was onboarded, and the command then renews all', async () => {
  const here = await world();
  await here.onboard(THREE);
  const before = await linksIn(here);
  const { outputs } = await linkStep(here, PAYMENTS);
  expect(await linksIn(here)).toEqual([...before, outputs.link]);
  expect(resultsOf(await here.command())).toHaveLength(4);
  expect(await outcomeOf(here)).toEqual({ connections: 4, comments: 1, working: 4 });
});

test('a batch adds to what was onboarded, and the command then renews all', async () => {
  const here = await world();
  await here.onboard();
  const [first] = await linksIn(here);
  const requests = JSON.stringify([ADS, PAYMENTS, { service: 'hubspot', schema: 'crm' }]);
  const step = await linkStep(here, { requests });
  expect(await linksIn(here)).toEqual([first, ...resultsOf(step).map(({ link }) => link)]);
  const again = await here.command(1, { dist: true });
  expect(resultsOf(again).map(({ schema }) => schema)).toEqual(['acme', 'ads', 'payments', 'crm']);
  expect(await outcomeOf(here)).toEqual({ connections: 4, comments: 1, working: 4 });
});

test('a batch of which one fails lists the others, and says which failed', async () => {
  const here = await world();
  await here.onboard();
  here.fivetran.addConnection({ groupId: 'acme_group', service: 'hubspot', schema: 'payments' });
  const requests = JSON.stringify([ADS, { ...PAYMENTS, name: 'Payments of Acme' }]);
  const step = await linkStep(here, { requests });
  expect(step.exitCode).toBe(1);
  expect(shown((await here.own())[0])).toMatch(/Payments of Acme: no link \(`name-taken`\)/);
  expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 2 });
});

test('fifty are on record; the comment counts the others', async () => {
  const here = await world({ concurrency: '32' });
  await here.onboard();
  const requests = Array.from({ length: 60 }, (_, index) => ({
    service: 'google_ads',
    schema: `customer_${'with_a_long_name_'.repeat(2)}${index}`,
  }));
  const step = await linkStep(here, { requests: JSON.stringify(requests) });
  expect(step.outputs.outcome).toBe('linked');
  expect(resultsOf(step)).toHaveLength(60);
  const [comment, ...more] = await here.own();
  expect(more).toEqual([]);
  expect(shown(comment)).toContain('11 more links were created');
  expect(linksOf(comment)).toHaveLength(50);
  expect(resultsOf(await here.command())).toHaveLength(50);
  // An approval can't add to them either; renewing is possible.
  await here.github.editIssue(1, { body: form({ Service: 'stripe', Schema: 'acme' }) }, 'nina');
  const refused = await here.approve();
  expect(onlyResult(refused).error.message).toContain('50 connections in all');
  expect(await linksIn(here)).toHaveLength(50);
  expect(here.fivetran.connections).toHaveLength(61);
});

test('lost ones are put back on the list by a maintainer, one step for each', async () => {
  const here = await world();
  const step = await here.onboard({ Service: 'Google Ads, Stripe', Schema: 'acme' });
  await here.github.deleteComment((await here.own())[0]?.id ?? 0);
  for (const { connection_id } of resultsOf(step)) {
    const restore = { 'group-id': '', 'connection-id': String(connection_id) };
    expect((await linkStep(here, restore)).outputs.outcome).toBe('linked');
  }
  expect(resultsOf(await here.command())).toMatchObject([
    { service: 'google_ads', outcome: 'linked', created: false },
    { service: 'stripe', outcome: 'linked', created: false },
  ]);
  expect(resultsOf(await here.approve())).toHaveLength(2);
  expect(await outcomeOf(here)).toEqual({ connections: 2, comments: 1, working: 2 });
});

test('a connection with a name that no form could ask for can be on the list', async () => {
  const here = await world();
  await here.open();
  await here.github.addLabel(1, 'connect-card', 'tess');
  const old = { groupId: 'acme_group', service: 'google_ads', schema: 'Acme-Prod' };
  const { id } = here.fivetran.addConnection(old);
  await linkStep(here, { 'group-id': '', 'connection-id': id });
  const step = await here.command(1, { dist: true });
  expect(step.outputs).toMatchObject({ outcome: 'linked', 'connection-id': id });
});

test('a link that a new one couldn’t replace stays: it still works', async () => {
  const here = await world();
  await here.open();
  const { outputs } = await linkStep(here, ADS);
  here.fivetran.fault({ on: 'card', times: 9, answer: { status: 403 } });
  const step = await linkStep(here, ADS);
  expect(onlyResult(step).error.code).toBe('forbidden');
  expect(await linksIn(here)).toEqual([outputs.link]);
});

/** How many cards were asked for. */
const cards = ({ fivetran }: World) =>
  fivetran.requests.filter(({ path }) => path.endsWith('/connect-card')).length;

test('a link on an issue is created by one run only: a step that can’t wait for another fails', async () => {
  const here = await world();
  await here.onboard();
  const event = await here.github.comment(1, '/connect-card', 'nina');
  here.github.requests.splice(0);
  await killRun(here, { github: { on: 'update-comment', answer: 'hang' } }, event);
  const before = cards(here);
  for (const inputs of [
    { service: 'google_ads', schema: 'acme' },
    { requests: JSON.stringify([{ service: 'google_ads', schema: 'acme' }, PAYMENTS]) },
  ]) {
    const step = await linkStep(here, { ...inputs, 'max-wait': '1' });
    expect(step.exitCode).toBe(1);
    for (const result of resultsOf(step)) {
      expect(result).toMatchObject({
        outcome: 'failed',
        link: null,
        error: { code: 'issue-busy' },
      });
    }
  }
  expect(here.fivetran.connections).toHaveLength(1);
  expect(cards(here)).toBe(before);
});

test.each([['one link'], ['a batch']])(
  'where the comment can’t be written, %s doesn’t replace the link that it shows',
  async (which) => {
    const here = await world();
    await here.open();
    const { outputs } = await linkStep(here, ADS);
    here.github.permissions.issues = 'read';
    const batch = { requests: JSON.stringify([PAYMENTS, ADS]) };
    const step = await linkStep(here, which === 'one link' ? ADS : batch);
    expect(step.exitCode).toBe(1);
    const results = resultsOf(step);
    const ads = results.at(-1);
    const message = expect.stringContaining('stay valid');
    expect(ads).toMatchObject({ outcome: 'failed', error: { code: 'github-forbidden', message } });
    expect(await linksIn(here)).toEqual([outputs.link]);
    for (const link of [outputs.link ?? '', ...results.slice(0, -1).map((one) => one.link)]) {
      await here.fivetran.completeCard(String(link));
    }
  },
);

test('the link for a broken connection stays until somebody has signed in again', async () => {
  const here = await world();
  await here.open();
  await here.github.addLabel(1, 'connect-card', 'tess');
  await linkStep(here, ADS);
  const [connection] = here.fivetran.connections;
  if (connection) connection.status.setup_state = 'broken';
  const { outputs } = await linkStep(here, ADS);
  const event = await here.github.comment(1, 'x', 'nina');
  await here.run(event, { with: { operation: 'follow-up', 'group-id': '' } });
  expect(await linksIn(here)).toEqual([outputs.link]);
});

test('a link that somebody wrote into the comment isn’t taken over', async () => {
  const here = await world();
  await here.onboard({ Service: 'Google Ads, Stripe', Schema: 'acme' });
  const [comment] = await here.own();
  const [ads = '', payments] = await linksIn(here);
  const evil = 'https://evil.example/connect-card/setup?auth=x';
  await here.github.editComment(comment?.id ?? 0, comment?.body.replace(ads, evil) ?? '', 'ada');
  const { outputs } = await here.command(1, { name: 'stripe' });
  const [now] = await here.own();
  expect(now?.body).not.toContain('evil');
  expect(linksOf(now)).toEqual([outputs.link]);
  expect(linksOf(now)).not.toContain(payments);
  expect(shown(now)).toMatch(/\*\*Copy this message.*It is about \*\*Stripe\*\*/);
});
