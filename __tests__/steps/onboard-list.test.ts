import { expect, test } from '@jest/globals';
import { IN_SCHEMA } from '../../src/fivetran/services-table.ts';
import { linksOf, outcomeOf, resultsOf, shown, THREE, world } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';

// Several sources on one issue: a connection and a link for each, in one comment.

const PAIR = [
  { service: 'google_ads', schema: 'acme_google_ads' },
  { service: 'stripe', schema: 'acme_stripe' },
];

test.each([
  ['a multi-select dropdown', 'Google Ads, Stripe'],
  ['checkboxes', '- [x] Google Ads\n- [ ] Facebook Ads\n- [X] Stripe'],
  ['lines', 'Google Ads\nStripe'],
  ['names of the API', 'google_ads, stripe'],
  ['both kinds of names, in any case', 'GOOGLE ADS, stripe'],
  ['one of them twice', 'Google Ads, stripe, google_ads'],
])('the form names several, as %s', async (_, Service) => {
  const here = await world();
  const step = await here.onboard({ Service, Schema: 'acme' }, { dist: true });
  expect(step.outputs.outcome).toBe('linked');
  expect(here.fivetran.connections).toHaveLength(2);
  expect(here.fivetran.connections).toEqual(
    expect.arrayContaining(PAIR.map((one) => expect.objectContaining(one))),
  );
  expect(await outcomeOf(here)).toEqual({ connections: 2, comments: 1, working: 2 });
});

test('a display name that isn’t the connector type is found in Fivetran’s list', async () => {
  const here = await world();
  await here.onboard({ Service: 'Stripe, Microsoft Advertising', Schema: 'acme' });
  const services = here.fivetran.connections.map(({ service }) => service);
  expect(services.toSorted()).toEqual(['bingads', 'stripe']);
  const text = shown((await here.own())[0]);
  expect(text).toContain('**Stripe** (`acme_stripe`)');
  expect(text).toContain('**Microsoft Advertising** (`acme_bingads`)');
});

test.each([
  ['lines', 'google_ads\nstripe'],
  ['commas', 'google_ads, stripe'],
])(
  'the workflow names several, with %s: the form’s Service counts for nothing',
  async (_, service) => {
    const here = await world({ service });
    await here.onboard({ Service: 'facebook_ads', Schema: 'acme' });
    expect(here.fivetran.connections).toMatchObject(PAIR);
  },
);

test('{service} stands for the connector type, in the workflow’s schema and in the form’s', async () => {
  const fixed = await world({ schema: '{service}_of_7' });
  await fixed.onboard({ Service: 'Google Ads, Stripe', Schema: 'other' });
  const names = fixed.fivetran.connections.map(({ schema }) => schema);
  expect(names.toSorted()).toEqual(['google_ads_of_7', 'stripe_of_7']);

  const asked = await world();
  await asked.onboard({ Service: 'Google Ads, Stripe', Schema: 'eu_{service}' });
  const wanted = asked.fivetran.connections.map(({ schema }) => schema);
  expect(wanted.toSorted()).toEqual(['eu_google_ads', 'eu_stripe']);
});

test('one source with {service} has it replaced as well', async () => {
  const here = await world({ schema: 'onboarding_7_{service}' });
  const { outputs } = await here.onboard({ Service: 'Google Ads' });
  expect(outputs.schema).toBe('onboarding_7_google_ads');
});

test('results has one object for each; the single-value outputs are for exactly one', async () => {
  const here = await world();
  const step = await here.onboard(THREE);
  expect(resultsOf(step)).toMatchObject([
    { service: 'google_ads', schema: 'acme_google_ads', outcome: 'linked', created: true },
    { service: 'stripe', schema: 'acme_stripe', outcome: 'linked', created: true },
    { service: 'facebook_ads', schema: 'acme_facebook_ads', outcome: 'linked', created: true },
  ]);
  expect(Object.keys(step.outputs).toSorted()).toEqual([
    'comment-url',
    'message',
    'outcome',
    'results',
    'results-file',
  ]);
  const links = linksOf((await here.own())[0]);
  // In the order of the form, wherever one was created first.
  expect(links).toEqual(resultsOf(step).map(({ link }) => link));
  for (const link of links) expect(step.log + step.summary).not.toContain(link);
});

test('one that fails leaves the others their links, and the comment says which', async () => {
  const here = await world({ concurrency: '1' });
  here.fivetran.fault({ on: 'create', skip: 1, answer: { status: 403, code: 'Forbidden' } });
  const step = await here.onboard(THREE, { dist: true });
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(resultsOf(step)).toMatchObject([
    { outcome: 'linked' },
    { service: 'stripe', outcome: 'failed', error: { code: 'forbidden' } },
    { outcome: 'linked' },
  ]);
  const text = shown((await here.own())[0]);
  expect(text).toMatch(/\*\*Stripe\*\* \(`acme_stripe`\): .*`forbidden`/);
  expect(await outcomeOf(here)).toEqual({ connections: 2, comments: 1, working: 2 });
  // Approved again, the missing one is created and the others are renewed.
  expect(resultsOf(await here.approve())).toMatchObject([
    { created: false },
    { service: 'stripe', outcome: 'linked', created: true },
    { created: false },
  ]);
});

test('a name that belongs to others fails for its source only', async () => {
  const here = await world();
  here.fivetran.addConnection({ groupId: 'acme_group', service: 'stripe', schema: 'acme_stripe' });
  const step = await here.onboard(THREE);
  expect(resultsOf(step).map(({ outcome }) => outcome)).toEqual(['linked', 'failed', 'linked']);
  expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 2 });
});

test('a group that can’t be listed: nothing is created, and the comment says so of each', async () => {
  const here = await world({ 'group-id': 'no_such_group' });
  const step = await here.onboard(THREE);
  expect(resultsOf(step)).toMatchObject(
    Array.from({ length: 3 }, () => ({ error: { code: 'unknown-group' } })),
  );
  expect(shown((await here.own())[0]).match(/`unknown-group`/g)).toHaveLength(3);
});

test('a dry run says of each what it would send, and writes nothing', async () => {
  const here = await world({ 'dry-run': 'true' });
  const step = await here.onboard(THREE, { dist: true });
  expect(resultsOf(step).map(({ outcome }) => outcome)).toEqual(['dry-run', 'dry-run', 'dry-run']);
  expect(here.fivetran.connections).toEqual([]);
  expect(await here.github.comments(1)).toEqual([]);
});

test('twenty sources have twenty links; twenty-one are refused', async () => {
  const services = IN_SCHEMA.trim().split(/\s+/).slice(0, 21);
  const here = await world({ concurrency: '32' });
  const refused = await here.onboard({ Service: services.join(', '), Schema: 'acme' });
  expect(onlyResult(refused).error).toMatchObject({
    code: 'form-incomplete',
    message: expect.stringContaining('more than 20'),
  });
  expect(here.fivetran.connections).toEqual([]);
  const step = await here.onboard({ Service: services.slice(1).join(', '), Schema: 'acme' });
  expect(resultsOf(step)).toHaveLength(20);
  expect(here.fivetran.connections).toHaveLength(20);
  expect(linksOf((await here.own(2))[0])).toHaveLength(20);
});
