import { expect, test } from '@jest/globals';
import { kindOf } from '../../sandbox/fivetran/faults.ts';
import {
  type Fields,
  FORM,
  resultsOf,
  shown,
  THREE,
  type World,
  world,
} from '../support/onboard.ts';

// What an issue costs: requests, and round trips.

/** How many requests of each kind the servers have had, from these on. */
function requestsOf({ fivetran, github }: World, from = { fivetran: 0, github: 0 }) {
  const kinds = [
    ...github.requests.slice(from.github).map(({ kind }) => kind),
    ...fivetran.requests.slice(from.fivetran).map(kindOf),
  ];
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[String(kind)] = (counts[String(kind)] ?? 0) + 1;
  return counts;
}

const seenBy = ({ fivetran, github }: World) => ({
  fivetran: fivetran.requests.length,
  github: github.requests.length,
});

test('three sources cost two reads and two writes at GitHub, and at Fivetran a listing', async () => {
  const here = await world();
  await here.onboard(THREE, { dist: true });
  expect(requestsOf(here)).toEqual({
    permission: 1,
    'graphql-issue': 1,
    'graphql-add-comment': 1,
    'update-comment': 1,
    list: 1,
    metadata: 3,
    create: 3,
    // One after each create: nobody else may have the name.
    'look-up': 3,
  });
});

test('fresh links for three cost one more write, and no name is asked for again', async () => {
  const here = await world();
  await here.onboard(THREE);
  const before = seenBy(here);
  await here.command(1, { dist: true });
  const writes = { 'graphql-add-comment': 1, 'update-comment': 1, 'delete-comment': 1 };
  // Beside them, and never waited for.
  const reactions = { 'create-reaction': 2 };
  expect(requestsOf(here, before)).toEqual({
    'graphql-issue': 1,
    ...writes,
    ...reactions,
    get: 3,
    card: 3,
  });
});

test('approving again asks for no name that is on record', async () => {
  const here = await world();
  await here.onboard({ Service: 'Google Ads, Stripe', Schema: 'acme' });
  const before = here.fivetran.requests.length;
  await here.github.editIssue(1, { body: '### Service\n\nHubSpot\n\n### Schema\n\nacme' }, 'nina');
  await here.approve();
  const names = here.fivetran.requests.slice(before).filter(({ path }) => /metadata/.test(path));
  expect(names.map(({ path }) => path)).toEqual(['/v1/metadata/connector-types/hubspot']);
});

test('a group with more than a thousand connections is read by the page', async () => {
  const here = await world();
  for (let index = 0; index < 1001; index++) {
    here.fivetran.addConnection({ groupId: 'acme_group', service: 'stripe', schema: `s${index}` });
  }
  await here.onboard(THREE);
  expect(requestsOf(here)).toMatchObject({ list: 2, create: 3 });
});

/** At which requests a server's clock had moved on by a round trip: what is sent together is one. */
async function roundTrips(fields: Fields, inputs: Record<string, string> = {}): Promise<string[]> {
  const latency = 300;
  const here = await world(inputs, { fivetran: { latency }, github: { latency } });
  const step = await here.onboard(fields);
  expect(step.outputs.outcome).toBe('linked');
  const sent = [
    ...here.github.requests.map(({ kind, at }) => ({ kind, at })),
    ...here.fivetran.requests.map((request) => ({ kind: kindOf(request), at: request.at })),
  ].toSorted((a, b) => a.at - b.at);
  const trips: Array<{ at: number; kinds: Set<string> }> = [];
  for (const { kind, at } of sent) {
    // The names of connector types are asked for beside everything else.
    if (kind === 'metadata') continue;
    const last = trips.at(-1);
    if (last && at - last.at < latency * 0.9) last.kinds.add(String(kind));
    else trips.push({ at, kinds: new Set([String(kind)]) });
  }
  return trips.map(({ kinds }) => [...kinds].toSorted().join(', '));
}

const TRIPS = [
  'graphql-issue, list, permission',
  'graphql-add-comment',
  'create',
  'look-up',
  'update-comment',
];

test('from the label to the link it takes five round trips', async () => {
  expect(await roundTrips(FORM)).toEqual(TRIPS);
});

test('three sources take as many as one: they are created side by side', async () => {
  expect(await roundTrips(THREE)).toEqual(TRIPS);
});

test('concurrency says how many at a time', async () => {
  const trips = await roundTrips(THREE, { concurrency: '1' });
  expect(trips.filter((kinds) => kinds === 'create')).toHaveLength(3);
});

test.each([
  ['fails', { status: 500 }],
  ['is refused', { status: 403 }],
  ['is unknown', { status: 404 }],
  ['isn’t JSON', 'html'],
  ['never comes', 'hang'],
] as const)('a name that %s changes nothing but the name', async (_, answer) => {
  const here = await world();
  here.fivetran.fault({ on: 'metadata', times: 3, answer });
  const step = await here.onboard({ ...THREE, Service: 'Google Ads, Stripe, big_commerce' });
  expect(resultsOf(step).map(({ outcome }) => outcome)).toEqual(['linked', 'linked', 'linked']);
  // Asked once each, and not waited for as long as other requests are (30 s).
  expect(here.fivetran.requests.filter((sent) => kindOf(sent) === 'metadata')).toHaveLength(3);
  expect(step.took).toBeLessThan(15_000);
  expect(step.annotations).toEqual([]);
  const text = shown((await here.own())[0]);
  for (const name of ['Google Ads', 'Stripe', 'Big Commerce'])
    expect(text).toContain(`**${name}**`);
  // What was put together isn't remembered: the next run asks again.
  await here.command();
  expect(shown((await here.own())[0])).toContain('**BigCommerce**');
});
