import { expect, test } from '@jest/globals';
import { addRival, expectRefusal, later, linksOn, writesOf } from '../support/attacks.ts';
import { FORM, form, shown, world } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';

// Somebody names another customer's schema, or one that overlaps it.

test.each(['incomplete', 'connected'] as const)(
  'another customer’s schema in the form, %s: refused, and nothing said about it',
  async (setupState) => {
    const here = await world();
    const { id } = addRival(here, 'globex', 'google_ads', { setupState });
    const step = await here.onboard({ ...FORM, Schema: 'globex' }, { dist: true });
    expectRefusal(step, 'not-this-issues');
    const [comment, ...more] = await here.own();
    expect(more).toEqual([]);
    expect(shown(comment)).toContain('this name can’t be used');
    for (const secret of [id, setupState, 'acme_group']) {
      expect(shown(comment)).not.toContain(secret);
    }
    expect(step.outputs['connection-id']).toBeUndefined();
    // No intent is on record, so not even a later look takes the connection for this issue's.
    expectRefusal(await here.command(1, { dist: true }), 'not-approved');
    expect(writesOf(here)).toEqual([]);
    expect(here.fivetran.connections).toHaveLength(1);
  },
);

/** What exists, what an issue asks for (service, schema, table), and whether they overlap. */
const PAIRS: Array<[[string, string], [string, string, string?], boolean]> = [
  [['google_ads', 'rival'], ['facebook_ads', 'rival'], true],
  [['google_ads', 'Rival'], ['google_ads', 'rival'], true],
  [['google_ads', 'rival'], ['google_sheets', 'rival', 'evil'], true],
  [['google_sheets', 'rival.sheet'], ['google_ads', 'rival'], true],
  [['google_sheets', 'rival.sheet'], ['google_sheets', 'rival', 'evil'], true],
  [['google_ads', 'rival_public'], ['postgres', 'rival'], true],
  [['postgres', 'rival'], ['google_ads', 'rival_public'], true],
  [['postgres', 'Rival'], ['google_ads', 'rival_public'], true],
  [['postgres', 'rival'], ['postgres', 'rival_public'], true],
  [['postgres', 'rival_public'], ['postgres', 'rival'], true],
  [['postgres', 'rival'], ['google_sheets', 'rival_public', 'evil'], true],
  // A connector type that isn't known may be a database.
  [['brand_new_source', 'rival'], ['google_ads', 'rival_public'], true],
  [['google_ads', 'rival'], ['google_ads', 'rival_public'], false],
  [['google_ads', 'rival'], ['google_ads', 'rivals'], false],
  [['postgres', 'rival'], ['google_ads', 'rivals'], false],
];

test.each(PAIRS)('%j exists, %j is asked for: refused: %s', async (existing, wanted, refused) => {
  const here = await world();
  const [service, schema] = existing;
  addRival(here, schema, service);
  const [Service, Schema, Table] = wanted;
  const step = await here.onboard({ Service, Schema, ...(Table !== undefined && { Table }) });
  if (!refused) {
    expect(step.outputs.outcome).toBe('linked');
    return;
  }
  expectRefusal(step, 'not-this-issues');
  expect(writesOf(here)).toEqual([]);
});

test('several services with one schema: the one that overlaps is refused', async () => {
  const here = await world();
  addRival(here, 'acme_google_ads_eu', 'google_ads');
  const step = await here.onboard({ Service: 'google_ads, postgres', Schema: 'acme' });
  const results = JSON.parse(step.outputs.results ?? '[]');
  expect(results).toMatchObject([{ outcome: 'linked' }, { outcome: 'linked' }]);
  const next = await world();
  addRival(next, 'acme_postgres_eu', 'google_ads');
  const other = await next.onboard({ Service: 'google_ads, postgres', Schema: 'acme' });
  expect(JSON.parse(other.outputs.results ?? '[]')).toMatchObject([
    { outcome: 'linked' },
    { outcome: 'failed', error: { code: 'not-this-issues' } },
  ]);
});

test('an issue’s own connections don’t stand in its way', async () => {
  const here = await world();
  await here.onboard({ Service: 'postgres', Schema: 'acme' });
  await here.github.editIssue(1, { body: form({ ...FORM, Schema: 'acme_ads' }) }, 'nina');
  const step = await here.approve();
  expect(step.exitCode).toBe(0);
  expect(here.fivetran.connections.map(({ schema }) => schema)).toEqual(['acme', 'acme_ads']);
  // Another issue's do.
  await here.open({ ...FORM, Schema: 'acme_more' });
  const other = await here.run(await here.github.addLabel(2, 'connect-card', 'tess'));
  expectRefusal(other, 'not-this-issues');
});

test('on-existing doesn’t open what belongs to others', async () => {
  for (const choice of ['reuse', 'ignore']) {
    const here = await world({ 'on-existing': choice });
    addRival(here, 'acme');
    expectRefusal(await here.onboard(), 'not-this-issues');
    expect(here.fivetran.connections).toHaveLength(1);
  }
});

test('a connection that somebody else creates between look and create isn’t taken', async () => {
  for (const duplicates of ['refuse-400', 'refuse-409'] as const) {
    const here = await world({}, { fivetran: { duplicates } });
    here.github.fault({ on: 'graphql-add-comment', meanwhile: () => addRival(here, 'acme') });
    expectRefusal(await here.onboard(), 'not-this-issues');
    expect(await linksOn(here)).toEqual([]);
    // Nor later: the run's own create request was answered with a refusal.
    expectRefusal(await here.command(), 'not-approved');
    expectRefusal(await here.approve(), 'not-this-issues');
    expect(here.fivetran.connections).toHaveLength(1);
  }
});

test('with a server that accepts duplicates: two of one name, and no link to either', async () => {
  const here = await world({}, { fivetran: { duplicates: 'accept' } });
  here.fivetran.fault({ on: 'create', meanwhile: () => addRival(here, 'acme') });
  const step = await here.onboard(undefined, { dist: true });
  expect(step.exitCode).toBe(1);
  expect(onlyResult(step)).toMatchObject({ outcome: 'failed', link: null });
  const { error } = onlyResult(step);
  expect(error.code).toBe('duplicate-connection');
  for (const { id } of here.fivetran.connections) expect(error.message).toContain(id);
  expect(await linksOn(here)).toEqual([]);
  expectRefusal(await here.command(), 'duplicate-connection');
  expectRefusal(await here.approve(), 'duplicate-connection');
  expect(here.fivetran.connections).toHaveLength(2);
});

test('two issues, one free name, a server that accepts duplicates: at most one gets a link', async () => {
  const here = await world({}, { fivetran: { duplicates: 'accept' } });
  await here.open();
  await here.open(FORM, 'mallory');
  const mallorys = await here.github.addLabel(2, 'connect-card', 'tess');
  // The other issue's run begins and ends while this one's create request is on its way.
  here.fivetran.fault({
    on: 'create',
    meanwhile: async () => {
      const step = await here.run(mallorys);
      expect(step.outputs.outcome).toBe('linked');
    },
  });
  const step = await here.run(await here.github.addLabel(1, 'connect-card', 'tess'), {
    dist: true,
  });
  expectRefusal(step, 'duplicate-connection');
  expect([...(await linksOn(here, 1)), ...(await linksOn(here, 2))]).toHaveLength(1);
});

test('once a create request was refused, nothing that turns up is taken for this issue’s', async () => {
  const here = await world();
  here.fivetran.fault({ on: 'create', effect: 'none', answer: 'reset' });
  here.fivetran.fault({
    on: 'create',
    answer: { status: 409, code: 'Conflict', message: 'Taken' },
  });
  const step = await here.onboard(undefined, { with: { 'max-wait': '1' } });
  expectRefusal(step, 'ownership-unclear');
  expect(shown((await here.own())[0])).toContain('couldn’t confirm that the connection belongs');
  addRival(here, 'acme');
  expectRefusal(await here.command(), 'not-approved');
  expectRefusal(await here.approve(), 'not-this-issues');
});

test('another request than the one on record is refused, also when one response says 404', async () => {
  const here = await world();
  await here.onboard();
  await here.github.editIssue(1, { body: form({ ...FORM, Schema: 'more' }) }, 'nina');
  for (const fault of [undefined, { on: 'get', answer: { status: 404 } } as const]) {
    if (fault) here.fivetran.fault(fault);
    const step = await here.approve();
    expect(step.exitCode).toBe(1);
    expect(step.log).toContain('different-request');
    expect(here.fivetran.connections).toHaveLength(1);
  }
  // Really deleted: it makes room for the new one.
  here.fivetran.removeConnection(here.fivetran.connections[0]?.id ?? '');
  await here.approve();
  expect(here.fivetran.connections.map(({ schema }) => schema)).toEqual(['more']);
});

test('a name whose connection was deleted and is another customer’s now', async () => {
  const here = await world();
  await here.onboard();
  here.fivetran.removeConnection(here.fivetran.connections[0]?.id ?? '');
  later(here, 3_600_000);
  addRival(here, 'acme');
  expectRefusal(await here.command(), 'unknown-connection');
  expectRefusal(await here.approve(), 'not-this-issues');
  expect(await linksOn(here)).toEqual([]);
  expect(here.fivetran.connections).toHaveLength(1);
});
