import { expect, test } from '@jest/globals';
import { RecordSigner } from '../../src/github/record.ts';
import type { Entry } from '../../src/model/issue-record.ts';
import { fingerprintOf } from '../../src/report/links-in-comment.ts';
import { Clock } from '../support/clock.ts';
import { seedIssues, waiting } from '../support/follow-up.ts';
import { resultsOf, shown, type World, world } from '../support/onboard.ts';

// operation: link on an issue: what its list says of what the run has created. In this process.

const LINK = { operation: 'link', service: 'stripe', schema: 'acme' };

/** Runs the step for an event on the first issue. */
async function linked(here: World, inputs: Record<string, string> = {}) {
  const event = await here.github.comment(1, 'Ready', 'nina');
  return here.run(event, { clock: new Clock(), with: inputs });
}

/** The issue's list, as the action's comment has it on record. */
async function listOf(here: World): Promise<Entry[]> {
  const comments = await here.own();
  expect(comments).toHaveLength(1);
  return entriesIn(here, comments[0]?.body ?? '', comments[0]?.id ?? 0);
}

function entriesIn({ fivetran, github }: World, body: string, id: number): Entry[] {
  const signer = new RecordSigner(fivetran.apiSecret);
  const ref = { repositoryId: github.repositoryId, issue: 1 };
  const comment = {
    id,
    body,
    url: '',
    createdAt: Date.now(),
    edited: false,
    author: '',
    own: true,
  };
  return signer.read(comment, ref)?.sealed.entries ?? [];
}

test('what is created is on record: its request, its link and since when it waits', async () => {
  const here = await world(LINK);
  await here.open();
  const { outputs } = await linked(here);
  const [entry, ...more] = await listOf(here);
  expect(more).toEqual([]);
  expect(entry).toEqual({
    request: { group: 'acme_group', service: 'stripe', schema: 'acme' },
    ...{ connection: outputs['connection-id'], intents: [], state: 'ready' },
    expires: Date.parse(outputs['expires-at'] ?? ''),
    link: fingerprintOf(outputs.link ?? ''),
    ...{ renewed: expect.any(Number), since: entry?.renewed },
    ...{ title: 'Stripe', docs: expect.stringContaining('stripe') },
  });
  expect(Math.abs((entry?.renewed ?? 0) - Date.now())).toBeLessThan(60_000);
});

test('the two halves of a name are on record as the form would have them', async () => {
  const here = await world({ ...LINK, service: '', schema: '' });
  await here.open();
  for (const [service, schema] of [
    ['google_sheets', 'a.b.c'],
    ['stripe', 'acme'],
  ] as const) {
    const { id } = here.fivetran.addConnection({ groupId: 'acme_group', service, schema });
    await linked(here, { 'connection-id': id, 'group-id': '' });
  }
  expect((await listOf(here)).map(({ request }) => request)).toEqual([
    { group: 'acme_group', service: 'google_sheets', schema: 'a', table: 'b.c' },
    { group: 'acme_group', service: 'stripe', schema: 'acme' },
  ]);
});

test('a connection that is created paused is remembered as such, one that exists isn’t', async () => {
  const here = await world({ ...LINK, settings: '{ "paused": true }' });
  await here.open();
  await linked(here);
  expect((await listOf(here))[0]?.paused).toBe(true);
  here.fivetran.addConnection({ groupId: 'acme_group', service: 'stripe', schema: 'old' });
  await linked(here, { schema: 'old' });
  expect((await listOf(here))[1]).not.toHaveProperty('paused');
});

test('one that is connected has no link, one that is broken has one to sign in again', async () => {
  const here = await world(LINK);
  await here.open();
  for (const setupState of ['connected', 'broken'] as const) {
    const schema = setupState;
    here.fivetran.addConnection({ groupId: 'acme_group', service: 'stripe', schema, setupState });
    await linked(here, { schema });
  }
  const [connected, broken] = await listOf(here);
  expect(connected).toMatchObject({ state: 'connected', expires: 0 });
  expect(connected).not.toHaveProperty('link');
  expect(broken).toMatchObject({ state: 'ready', repairs: true });
});

test('an entry on record is brought up to date, and the others stay', async () => {
  const here = await world(LINK);
  const old = waiting(here, 'old', { title: 'Old', since: 7 });
  const other = waiting(here, 'other', { title: 'Other' });
  seedIssues(here, [{ entries: [other, old] }]);
  const step = await linked(here, { service: 'google_ads', schema: 'old' });
  const [first, second, ...more] = await listOf(here);
  expect(more).toEqual([]);
  expect(first).toEqual(other);
  expect(second).toMatchObject({
    ...{ connection: old.connection, title: 'Old', since: 7, state: 'ready' },
    link: fingerprintOf(step.outputs.link ?? ''),
  });
});

test.each([
  ['Fivetran has refused to replace stays', { answer: { status: 403 } }, 'ready'],
  ['may have been replaced isn’t shown any more', { effect: 'done', answer: 'reset' }, 'failed'],
] as const)('a link that %s', async (_, fault, state) => {
  const here = await world({ operation: 'link' });
  const old = waiting(here, 'old', { title: 'Old' });
  seedIssues(here, [{ entries: [old] }]);
  here.fivetran.fault({ on: 'card', times: 9, ...fault });
  // One step claims the issue first, so it counts the link as lost: a batch doesn't.
  const { exitCode } = await linked(here, {
    requests:
      '[{ "service": "google_ads", "schema": "old" }, { "service": "stripe", "schema": "b" }]',
  });
  expect(exitCode).toBe(1);
  const [entry] = await listOf(here);
  expect(entry).toMatchObject({ connection: old.connection, state });
  if (state === 'ready') expect(entry).toEqual(old);
  else expect(entry).toMatchObject({ expires: 0, error: expect.any(String) });
});

test.each([
  ['reuse', { schema: 'old' }, 'failed'],
  ['reuse', { schema: 'new' }, 'ready'],
  ['ignore', { schema: 'old' }, 'ready'],
  // A batch has created its links by then.
  ['reuse', { requests: '[{ "schema": "b" }, { "schema": "c" }]', schema: '' }, 'ready'],
  ['ignore', { 'connection-id': 'old', service: '', schema: '', 'group-id': '' }, 'failed'],
])('with on-existing: %s and %j, the link before is %s should the run die', async (...one) => {
  const [onExisting, inputs, state] = one;
  const here = await world({ ...LINK, service: 'google_ads', 'on-existing': onExisting });
  const old = waiting(here, 'old');
  seedIssues(here, [{ entries: [old] }]);
  const id = 'connection-id' in inputs ? { 'connection-id': old.connection ?? '' } : {};
  await linked(here, { ...(inputs as Record<string, string>), ...id });
  // Of all markers that were written, the first one: that of the lease.
  const written = JSON.stringify(here.github.requests.map(({ body }) => body));
  const [, marker = ''] = /<!-- connect-card-link v1 ([\w-]+)\./.exec(written) ?? [];
  const { entries } = JSON.parse(Buffer.from(marker, 'base64url').toString());
  expect(entries).toMatchObject([{ connection: old.connection, state }]);
  if (state === 'failed') expect(entries[0]).toMatchObject({ error: 'cancelled', expires: 0 });
});

test('of many links the list has fifty, and the comment says how many it doesn’t have', async () => {
  const here = await world({ operation: 'link' });
  await here.open();
  const entries = Array.from({ length: 52 }, (_, n) => ({ service: 'stripe', schema: `s_${n}` }));
  const all = await linked(here, { requests: JSON.stringify(entries.slice(0, 50)) });
  expect(all.exitCode).toBe(0);
  expect(await listOf(here)).toHaveLength(50);
  expect(shown((await here.own())[0])).not.toContain('more links');
  const more = await linked(here, { requests: JSON.stringify(entries) });
  expect(resultsOf(more)).toHaveLength(52);
  expect(await listOf(here)).toHaveLength(50);
  expect(shown((await here.own())[0])).toContain('2 more links were created');
}, 120_000);

test('of many, what failed is told beside the list, and isn’t on it', async () => {
  const here = await world({ operation: 'link' });
  await here.open();
  here.fivetran.addConnection({ groupId: 'acme_group', service: 'hubspot', schema: 'taken' });
  const requests = ['fine', 'taken'].map((schema) => ({ service: 'stripe', schema }));
  await linked(here, { requests: JSON.stringify(requests) });
  expect((await listOf(here)).map(({ request }) => request.schema)).toEqual(['fine']);
  expect(shown((await here.own())[0])).toContain('taken: no link (`name-taken`)');
});

test('a dry run changes nothing about the issue', async () => {
  const here = await world({ ...LINK, 'dry-run': 'true' });
  await here.open();
  expect((await linked(here)).exitCode).toBe(0);
  expect(await here.own()).toEqual([]);
});

const BATCH = { requests: '[{ "schema": "a" }, { "schema": "b" }]', schema: '' };

test.each([
  ['one link', {}],
  ['a batch', BATCH],
])('where GitHub fails at first, %s is on the list in the end', async (_, inputs) => {
  const here = await world(LINK);
  await here.open();
  here.github.fault({ on: 'graphql-issue', times: 4, answer: { status: 502 } });
  const step = await linked(here, inputs);
  expect(step.exitCode).toBe(0);
  const links = resultsOf(step).map(({ link }) => fingerprintOf(String(link)));
  expect((await listOf(here)).map(({ link }) => link)).toEqual(links);
});

test('where GitHub goes on failing, the step fails and the outputs have the links', async () => {
  const here = await world(LINK);
  await here.open();
  here.github.fault({ on: 'graphql-issue', times: 99, answer: { status: 502 } });
  const step = await linked(here, BATCH);
  expect(step.exitCode).toBe(1);
  expect(resultsOf(step).map(({ link }) => typeof link)).toEqual(['string', 'string']);
  expect(here.fivetran.connections).toHaveLength(2);
  expect(await here.own()).toEqual([]);
});

test('a newer link that another run has put on the list meanwhile stays there', async () => {
  const here = await world({ ...LINK, service: 'google_ads', schema: 'old' });
  const newer = { link: 'newer', expires: Date.now() + 48 * 3_600_000, state: 'ready' } as const;
  const old = waiting(here, 'old', newer);
  seedIssues(here, [{ entries: [old] }]);
  here.github.fault({ on: 'graphql-issue', times: 4, answer: { status: 502 } });
  const step = await linked(here);
  expect(step.outputs['connection-id']).toBe(old.connection);
  expect((await listOf(here))[0]).toMatchObject({ link: 'newer', state: 'ready' });
});
