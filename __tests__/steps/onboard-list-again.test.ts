import { expect, test } from '@jest/globals';
import { Clock } from '../support/clock.ts';
import { form, linksOf, outcomeOf, resultsOf, shown, THREE, world } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';

// An issue with several connections: fresh links, for all or for one, and another approval.

const linksIn = async (here: Awaited<ReturnType<typeof world>>) => linksOf((await here.own())[0]);

test('the command renews all', async () => {
  const here = await world();
  await here.onboard(THREE);
  const before = await linksIn(here);
  const step = await here.command(1, { dist: true });
  expect(resultsOf(step)).toMatchObject([
    { service: 'google_ads', outcome: 'linked', created: false },
    { service: 'stripe', outcome: 'linked', created: false },
    { service: 'facebook_ads', outcome: 'linked', created: false },
  ]);
  const after = await linksIn(here);
  expect(after).toHaveLength(3);
  for (const link of after) expect(before).not.toContain(link);
  expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 3 });
});

test('links that lead on to an address with brackets and quotes stay as well', async () => {
  const redirect = "https://acme.com/thanks(de)/it's";
  // This flavour of the API has the action put the link together.
  const here = await world({ 'redirect-uri': redirect, 'fivetran-api': 'connectors' });
  await here.onboard(THREE);
  const before = await here.own();
  const step = await here.command(1, { name: 'stripe' });
  expect(step.outputs.outcome).toBe('linked');
  const [comment] = await here.own();
  // All three, and two of them as they were.
  const links = (body = '') => [...new Set(body.match(/https?:\S+auth=\S+/g))];
  expect(links(comment?.body)).toHaveLength(3);
  const kept = links(comment?.body).filter((link) => before[0]?.body.includes(link));
  expect(kept).toHaveLength(2);
});

test.each([
  ['connector type', 'stripe'],
  ['display name', 'Stripe'],
  ['display name of two words', 'google ads'],
  ['schema', 'acme_facebook_ads'],
])('with a name it renews one, by its %s: the other links stay', async (_, name) => {
  const here = await world();
  await here.onboard(THREE);
  const before = await linksIn(here);
  const step = await here.command(1, { dist: true, name });
  expect(onlyResult(step)).toMatchObject({ outcome: 'linked', created: false });
  expect(step.outputs.link).toBe(onlyResult(step).link);
  const after = await linksIn(here);
  expect(after.filter((link) => !before.includes(link))).toEqual([step.outputs.link]);
  expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 3 });
});

test('a name that the issue doesn’t have is refused with those that it has', async () => {
  const here = await world();
  await here.onboard(THREE);
  const before = await linksIn(here);
  const cards = here.fivetran.requests.length;
  const step = await here.command(1, { name: 'hubspot' });
  const { error } = onlyResult(step);
  expect(error.code).toBe('unknown-connection');
  const text = shown((await here.own())[0]);
  for (const known of ['acme_google_ads', 'acme_stripe', 'acme_facebook_ads']) {
    expect(error.message).toContain(known);
    expect(text).toContain(known);
  }
  expect(text).not.toContain('hubspot');
  expect(await linksIn(here)).toEqual(before);
  expect(here.fivetran.requests).toHaveLength(cards);
});

test('approving again adds what is new on the form and renews what is on record', async () => {
  const here = await world();
  await here.onboard({ Service: 'Google Ads, Stripe', Schema: 'acme' });
  const before = await linksIn(here);
  await here.github.editIssue(1, { body: form(THREE) }, 'nina');
  expect(resultsOf(await here.approve(1, { dist: true }))).toMatchObject([
    { service: 'google_ads', outcome: 'linked', created: false },
    { service: 'stripe', outcome: 'linked', created: false },
    { service: 'facebook_ads', outcome: 'linked', created: true },
  ]);
  for (const link of await linksIn(here)) expect(before).not.toContain(link);
  expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 3 });
});

test('approving again removes nothing: what the form no longer names is renewed', async () => {
  const here = await world();
  await here.onboard(THREE);
  const body = form({ Service: 'Stripe, facebook_ads', Schema: 'acme' });
  await here.github.editIssue(1, { body }, 'nina');
  const services = resultsOf(await here.approve()).map(({ service }) => service);
  expect(services.toSorted()).toEqual(['facebook_ads', 'google_ads', 'stripe']);
  expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 3 });
});

test('another schema for one on record is refused while its connection exists; the others get links', async () => {
  const here = await world();
  await here.onboard({ Service: 'stripe', Schema: 'acme' });
  await here.github.editIssue(1, { body: form(THREE) }, 'nina');
  const step = await here.approve();
  expect(resultsOf(step)).toMatchObject([
    { service: 'google_ads', outcome: 'linked', created: true },
    { service: 'stripe', schema: 'acme_stripe', error: { code: 'different-request' } },
    { service: 'facebook_ads', outcome: 'linked', created: true },
  ]);
  const text = shown((await here.own())[0]);
  expect(text).toContain('another schema or group than was approved for Stripe');
  expect(text).toContain('**Stripe** (`acme`)');
  // The link that the issue had for it stays.
  expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 3 });
});

test('when that connection was deleted, the new request takes its place', async () => {
  const here = await world();
  const { outputs } = await here.onboard({ Service: 'stripe', Schema: 'acme' });
  here.fivetran.removeConnection(outputs['connection-id'] ?? '');
  await here.github.editIssue(1, { body: form(THREE) }, 'nina');
  const step = await here.approve();
  expect(step.exitCode).toBe(0);
  expect(resultsOf(step)).toHaveLength(3);
  expect(shown((await here.own())[0])).not.toContain('`acme`');
  expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 3 });
});

test('a single 404 isn’t proof that it was deleted', async () => {
  const here = await world();
  await here.onboard({ Service: 'stripe', Schema: 'acme' });
  await here.github.editIssue(1, { body: form({ Service: 'stripe', Schema: 'other' }) }, 'nina');
  here.fivetran.fault({ on: 'get', answer: { status: 404, code: 'NotFound' } });
  expect(onlyResult(await here.approve()).error.code).toBe('different-request');
  expect(here.fivetran.connections).toHaveLength(1);
});

test('what never had a connection goes when the form no longer names it', async () => {
  const here = await world();
  here.fivetran.addConnection({ groupId: 'acme_group', service: 'stripe', schema: 'acme_stripe' });
  await here.onboard(THREE);
  expect(shown((await here.own())[0])).toContain('Stripe');
  const body = form({ Service: 'google_ads, facebook_ads', Schema: 'acme' });
  await here.github.editIssue(1, { body }, 'nina');
  expect((await here.approve()).exitCode).toBe(0);
  expect(shown((await here.own())[0])).not.toContain('Stripe');
});

test('one that was deleted is created again by an approval, beside the others', async () => {
  const here = await world();
  const [, stripe] = resultsOf(await here.onboard(THREE));
  here.fivetran.removeConnection(String(stripe?.connection_id));
  const command = await here.command();
  expect(resultsOf(command)).toMatchObject([
    { outcome: 'linked' },
    { outcome: 'failed', error: { code: 'unknown-connection' } },
    { outcome: 'linked' },
  ]);
  expect(shown((await here.own())[0])).toMatch(/Stripe.*was deleted/);
  expect(resultsOf(await here.approve())).toMatchObject([
    { created: false },
    { service: 'stripe', outcome: 'linked', created: true },
    { created: false },
  ]);
  expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 3 });
});

test.each(['the command', 'another label'])(
  '%s that is refused a card leaves the links that work',
  async (what) => {
    const here = await world();
    const clock = new Clock();
    await here.onboard(THREE, { clock });
    const before = linksOf((await here.own())[0]);
    here.fivetran.fault({ on: 'card', answer: { status: 403 } });
    const { command, approve } = here;
    const step = await (what === 'the command' ? command(1, { clock }) : approve(1, { clock }));
    expect(step.exitCode).toBe(1);
    const after = linksOf((await here.own())[0]);
    expect(after).toHaveLength(3);
    expect(after.filter((link) => before.includes(link))).toHaveLength(1);
    expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 3 });
  },
);
