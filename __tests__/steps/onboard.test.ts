import { expect, test } from '@jest/globals';
import { kindOf } from '../../sandbox/fivetran/faults.ts';
import type { Sandbox } from '../../sandbox/fivetran/server.ts';
import { Clock } from '../support/clock.ts';
import { forgetRequests } from '../support/follow-up.ts';
import { FORM, form, shown, world } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';

const kinds = (requests: Array<{ kind?: string | undefined }>) => requests.map(({ kind }) => kind);
const kindsAt = ({ requests }: Sandbox, from = 0) => requests.slice(from).map(kindOf);

test('an approved issue becomes a connection, and its link a comment', async () => {
  const { fivetran, github, onboard, own } = await world();
  const step = await onboard(undefined, { dist: true });
  expect(step.exitCode).toBe(0);
  expect(fivetran.connections).toMatchObject([{ service: 'google_ads', schema: 'acme' }]);
  const [comment, ...more] = await own();
  expect(more).toEqual([]);
  expect(comment?.body).toContain(step.outputs.link);
  expect(step.outputs).toMatchObject({
    outcome: 'linked',
    created: 'true',
    'connection-id': fivetran.connections[0]?.id,
    'comment-url': comment?.html_url,
  });
  expect(onlyResult(step)).toMatchObject({ service: 'google_ads', schema: 'acme', error: null });
  await fivetran.completeCard(step.outputs.link ?? '');

  // What it costs: two reads, side by side, and two writes; at Fivetran a listing, the name of the
  // connector type, the create request and a look after it.
  expect(kinds(github.requests.slice(0, 2)).toSorted()).toEqual(['graphql-issue', 'permission']);
  expect(kinds(github.requests.slice(2))).toEqual(['graphql-add-comment', 'update-comment']);
  const asked = kindsAt(fivetran);
  expect(asked.filter((kind) => kind !== 'metadata')).toEqual(['list', 'create', 'look-up']);
  // Beside the others: it may arrive before the create request or after it.
  expect(asked).toHaveLength(4);
});

test('neither log nor summary shows the link that the comment has', async () => {
  const { onboard } = await world();
  const { outputs, log, summary, stderr } = await onboard(undefined, { dist: true });
  const seen = log + summary + stderr;
  expect(outputs.link).toMatch(/^http/);
  expect(seen).not.toContain(outputs.link);
  expect(seen).not.toContain(outputs.token);
  expect(summary).toContain(outputs['comment-url']);
});

test.each([
  ['in any order and case, among others', { SCHEMA: 'acme', Kunde: 'Ä', service: 'google_ads' }],
  ['with empty answers', { ...FORM, Table: '_No response_', Notes: 'None' }],
  ['with a table', { Service: 'google_sheets', Schema: 'acme', Table: 'budget' }],
])('the form is read by its headings: %s', async (_, fields) => {
  const { fivetran, onboard } = await world();
  expect((await onboard(fields)).outputs.outcome).toBe('linked');
  const table = 'Table' in fields && fields.Table === 'budget' ? '.budget' : '';
  expect(fivetran.connections[0]?.schema).toBe(`acme${table}`);
});

test('what the workflow says wins over the form, and the rest comes from it', async () => {
  const { fivetran, onboard } = await world({
    schema: 'onboarding_1',
    config: 'customer_id: "12"',
    settings: 'paused: true',
    'redirect-uri': 'https://example.com/thanks',
  });
  const { outputs } = await onboard(
    { ...FORM, Schema: 'somebody_else', Config: 'a: b' },
    { dist: true },
  );
  expect(outputs.schema).toBe('onboarding_1');
  expect(fivetran.connections).toMatchObject([
    { schema: 'onboarding_1', paused: true, config: { customer_id: '12' } },
  ]);
  expect(outputs.link).toContain(encodeURIComponent('https://example.com/thanks'));
});

test('a group for each customer, by the names that the workflow gives', async () => {
  const groups = { groups: 'Acme Ltd: acme_group\nGlobex: globex_group', 'group-id': '' };
  const options = { fivetran: { groups: [{ id: 'globex_group', name: 'Globex' }] } };
  const { fivetran, own, onboard } = await world(groups, options);
  expect((await onboard({ ...FORM, Destination: 'globex' }, { dist: true })).exitCode).toBe(0);
  expect(shown((await own())[0])).toContain('(`acme` in globex): not connected yet');
  expect(fivetran.connections[0]?.group_id).toBe('globex_group');
  const step = await onboard({ ...FORM, Destination: 'acme_group' });
  expect(onlyResult(step).error.code).toBe('form-incomplete');
  expect(step.log).not.toContain('Acme Ltd');
});

test('the command creates a fresh link, also for the author, who has no rights', async () => {
  const { fivetran, own, onboard, command } = await world();
  const first = await onboard(undefined, { dist: true });
  const again = await command(1, { dist: true });
  expect(again.outputs).toMatchObject({
    outcome: 'linked',
    created: 'false',
    'connection-id': first.outputs['connection-id'],
    service: 'google_ads',
    schema: 'acme',
  });
  expect(again.outputs.link).not.toBe(first.outputs.link);
  const comments = await own();
  expect(comments).toHaveLength(1);
  expect(comments[0]?.body).toContain(again.outputs.link);
  expect(comments[0]?.body).not.toContain(first.outputs.link);
  expect(fivetran.connections).toHaveLength(1);
  expect((await command(1, { by: 'tess' })).outputs.outcome).toBe('linked');
});

test('what a fresh link costs: a read and three writes, and a read of the rights of anybody but the author', async () => {
  const { fivetran, github, onboard, command } = await world();
  await onboard();
  for (const [by, rights] of [
    ['nina', []],
    ['tess', ['permission']],
  ] as const) {
    const [before, asked] = [github.requests.length, fivetran.requests.length];
    await command(1, { by });
    // Reactions come beside all that.
    const seen = kinds(github.requests.slice(before)).filter((kind) => kind !== 'create-reaction');
    const reads = rights.length + 1;
    expect(seen.slice(0, reads).toSorted()).toEqual(['graphql-issue', ...rights]);
    expect(seen.slice(reads)).toEqual(['graphql-add-comment', 'update-comment', 'delete-comment']);
    // The name of the connector type is on record.
    expect(kindsAt(fivetran, asked)).toEqual(['get', 'card']);
  }
});

test('approving the same again renews; a different request is refused', async () => {
  const { fivetran, github, own, onboard, approve, command } = await world();
  await onboard();
  expect((await approve(1, { dist: true })).outputs).toMatchObject({
    outcome: 'linked',
    created: 'false',
  });
  await github.editIssue(1, { body: form({ ...FORM, Schema: 'other' }) }, 'nina');
  const step = await approve(1, { dist: true });
  expect(onlyResult(step).error.code).toBe('different-request');
  expect(fivetran.connections).toHaveLength(1);
  const [comment, ...more] = await own();
  expect(more).toEqual([]);
  expect(shown(comment)).toContain('another schema or group than was approved for Google Ads');
  // The record is still there, so the command goes on working.
  expect((await command()).outputs.outcome).toBe('linked');
});

test('a connection that was deleted is created again by a label, not by the command', async () => {
  const { fivetran, own, onboard, approve, command } = await world();
  const { outputs } = await onboard();
  fivetran.removeConnection(outputs['connection-id'] ?? '');
  const refused = await command(1, { dist: true });
  expect(onlyResult(refused).error.code).toBe('unknown-connection');
  expect(shown((await own())[0])).toContain('was deleted');
  expect((await approve(1, { dist: true })).outputs).toMatchObject({
    outcome: 'linked',
    created: 'true',
  });
  expect(fivetran.connections).toHaveLength(1);
  expect(await own()).toHaveLength(1);
  expect((await command()).outputs.outcome).toBe('linked');
});

test('a connection that is connected needs no link', async () => {
  const { fivetran, own, onboard, command } = await world();
  const { outputs } = await onboard();
  await fivetran.completeCard(outputs.link ?? '');
  const step = await command(1, { dist: true });
  expect(step.outputs).toMatchObject({ outcome: 'connected', 'setup-state': 'connected' });
  expect(step.outputs.link).toBeUndefined();
  const [comment] = await own();
  expect(comment?.body).not.toContain(outputs.link);
});

test('incomplete forms are answered with all that is missing, then corrected', async () => {
  const { fivetran, github, own, onboard, approve } = await world();
  const step = await onboard({ Service: 'google_adds', Table: 'x' }, { dist: true });
  expect(onlyResult(step).error).toMatchObject({ code: 'form-incomplete' });
  const text = shown((await own())[0]);
  expect(text).toContain('**Service**');
  expect(text).toContain('google_ads');
  expect(text).toContain('**Schema** is empty');
  // Only the names of connector types were asked for.
  expect(kindsAt(fivetran)).toEqual(['metadata-list', 'public-list']);
  await github.editIssue(1, { body: form(FORM) }, 'nina');
  expect((await approve()).outputs.outcome).toBe('linked');
  expect(await own()).toHaveLength(1);
});

test('a dry run writes nothing, at GitHub either', async () => {
  const { fivetran, github, onboard } = await world({ 'dry-run': 'true' });
  const { outputs, exitCode } = await onboard(undefined, { dist: true });
  expect([exitCode, outputs.outcome]).toEqual([0, 'dry-run']);
  expect(new Set(fivetran.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(kinds(github.requests).toSorted()).toEqual(['graphql-issue', 'permission']);
});

test('Fivetran’s failures show in the comment, in plain words', async () => {
  const { fivetran, own, onboard, approve } = await world();
  fivetran.fault({
    on: 'create',
    answer: { status: 403, code: 'Forbidden', message: 'secret-ish' },
  });
  const step = await onboard(undefined, { dist: true });
  expect(onlyResult(step).error.code).toBe('forbidden');
  const text = shown((await own())[0]);
  expect(text).toContain('No link yet');
  expect(text).toContain('https://github.com/acme/onboarding/actions/runs/4711');
  expect(text).not.toContain('secret-ish');
  expect((await approve()).outputs.outcome).toBe('linked');
  expect(await own()).toHaveLength(1);
});

test.each<[string, (w: Awaited<ReturnType<typeof world>>) => Promise<unknown>]>([
  ['another label', ({ github }) => github.addLabel(1, 'bug', 'tess')],
  [
    'a label added to a closed issue',
    async ({ github }) => {
      await github.editIssue(1, { state: 'closed' }, 'tess');
      return github.addLabel(1, 'connect-card', 'tess');
    },
  ],
  ['a bot’s label', ({ github }) => github.addLabel(1, 'connect-card', 'dependabot[bot]')],
  ['a comment without the command', ({ github }) => github.comment(1, 'Thanks!', 'nina')],
  ['the command within a text', ({ github }) => github.comment(1, 'Say /connect-card', 'nina')],
  [
    'the command without the label',
    async ({ github }) => {
      await github.removeLabel(1, 'connect-card', 'tess');
      return github.comment(1, '/connect-card', 'nina');
    },
  ],
  [
    'an edited comment',
    async ({ github }) => ({
      ...(await github.comment(1, '/connect-card', 'nina')),
      action: 'edited',
    }),
  ],
  ['a label removed', ({ github }) => github.removeLabel(1, 'connect-card', 'tess')],
])('nothing to do on an approved issue: %s', async (_, happen) => {
  const here = await world();
  await here.onboard(FORM, { clock: new Clock() });
  forgetRequests(here);
  const step = await here.run((await happen(here)) as never);
  expect([step.exitCode, step.outputs.outcome]).toEqual([0, 'skipped']);
  expect(step.annotations).toMatchObject([{ level: 'notice' }]);
  expect([...here.github.requests, ...here.fivetran.requests]).toEqual([]);
});

test('labels compare without case, and a bot may approve when it is named', async () => {
  const inputs = { label: 'Connect-Card', approvers: '@tess, @shop[bot]' };
  const { github, open, run } = await world(inputs, {
    github: { people: { 'shop[bot]': 'none' } },
  });
  const { number } = await open();
  const step = await run(await github.addLabel(number, 'connect-card', 'shop[bot]'));
  expect(step.outputs.outcome).toBe('linked');
});
