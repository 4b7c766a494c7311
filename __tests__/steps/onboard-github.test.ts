import { expect, test } from '@jest/globals';
import { Clock } from '../support/clock.ts';
import { FORM, shown, world } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';

// GitHub refuses, limits, hides or moves things: clear outcomes, and a link that was created isn't lost.

test('in a public repository the link is in the outputs, not in the comment', async () => {
  const here = await world({}, { github: { visibility: 'public' } });
  const { outputs, summary, annotations } = await here.onboard(undefined, { dist: true });
  const [comment] = await here.own();
  expect(comment?.body).not.toContain(outputs.token);
  expect(shown(comment)).toContain('This repository is public');
  expect(summary).not.toContain(outputs.token);
  expect(annotations).toMatchObject([
    { level: 'notice', message: expect.stringContaining('(public-repository)') },
  ]);
  await here.fivetran.completeCard(outputs.link ?? '');
});

test('unless that is allowed', async () => {
  const here = await world(
    { 'allow-public-comment': 'true' },
    { github: { visibility: 'public' } },
  );
  const { outputs } = await here.onboard();
  expect((await here.own())[0]?.body).toContain(outputs.link);
});

test.each(['private', 'internal'] as const)('%s isn’t public', async (visibility) => {
  const here = await world({}, { github: { visibility } });
  const { outputs } = await here.onboard();
  expect((await here.own())[0]?.body).toContain(outputs.link);
});

test.each([
  ['public', false],
  ['private', true],
] as const)('what counts is what the repository is now: %s', async (visibility, shows) => {
  const other = shows ? 'public' : 'private';
  const here = await world({}, { github: { visibility: other } });
  const { number } = await here.open();
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  here.github.visibility = visibility;
  const { outputs } = await here.run(event, { dist: true });
  expect((await here.own())[0]?.body.includes(outputs.link ?? '')).toBe(shows);
});

test('where GitHub doesn’t say whether the repository is public, the comment has no link', async () => {
  const here = await world();
  const { number } = await here.open();
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  const change = (body: unknown) => {
    return JSON.parse(
      JSON.stringify(body).replaceAll('"visibility":"PRIVATE"', '"visibility":null'),
    );
  };
  here.github.fault({ on: 'graphql-issue', answer: { change } });
  here.github.fault({ on: 'graphql-add-comment', answer: { change } });
  const { outputs } = await here.run(event);
  expect(outputs.outcome).toBe('linked');
  expect((await here.own())[0]?.body).not.toContain(outputs.token);
});

test.each(['none', 'read'] as const)('a token with issues: %s creates nothing', async (issues) => {
  const here = await world();
  here.github.permissions.issues = issues;
  const step = await here.onboard(undefined, { dist: true });
  expect(onlyResult(step).error).toMatchObject({ code: 'github-forbidden' });
  expect(step.log).toContain('issues: write');
  expect(here.fivetran.connections).toEqual([]);
});

test('a locked issue creates nothing', async () => {
  const here = await world();
  const { number } = await here.open();
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  await here.github.lock(number);
  expect(onlyResult(await here.run(event, { dist: true })).error.code).toBe('issue-locked');
  expect(here.fivetran.connections).toEqual([]);
});

test.each(['deleted', 'moved', 'moved-away'] as const)('an issue that is %s', async (how) => {
  const here = await world();
  const { number } = await here.open();
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  here.github.gone(number, how);
  expect(onlyResult(await here.run(event)).error.code).toBe('issue-gone');
  expect(here.fivetran.connections).toEqual([]);
});

test.each([
  ['locked meanwhile', 'issue-locked'],
  ['moved meanwhile', 'issue-gone'],
] as const)('the issue is %s: link and connection are in the outputs', async (what, code) => {
  const here = await world();
  const meanwhile = () =>
    what === 'locked meanwhile' ? here.github.lock(1) : here.github.gone(1, 'moved');
  here.github.fault({ on: 'update-comment', meanwhile });
  const step = await here.onboard();
  expect(step.exitCode).toBe(1);
  const { error, connection_id } = onlyResult(step);
  expect(error).toMatchObject({ code, message: expect.stringContaining(connection_id) });
  expect(step.outputs).toMatchObject({ outcome: 'failed', created: 'true' });
  await here.fivetran.completeCard(step.outputs.link ?? '');
});

test('a comment that was deleted meanwhile fails the step, and the link isn’t lost', async () => {
  const here = await world();
  here.github.fault({
    on: 'update-comment',
    meanwhile: async () => here.github.deleteComment((await here.own())[0]?.id ?? 0),
  });
  const step = await here.onboard();
  expect(onlyResult(step).error.code).toBe('issue-gone');
  await here.fivetran.completeCard(step.outputs.link ?? '');
});

test('a deleted comment is a lost record, which a maintainer restores', async () => {
  const here = await world();
  const { outputs } = await here.onboard();
  await here.github.deleteComment((await here.own())[0]?.id ?? 0);
  expect(onlyResult(await here.approve()).error.code).toBe('not-this-issues');
  const restore = {
    operation: 'link',
    'group-id': '',
    'connection-id': outputs['connection-id'] ?? '',
    'issue-number': '1',
  };
  const event = await here.github.comment(1, 'Restored.', 'ada');
  expect((await here.run(event, { with: restore })).outputs.outcome).toBe('linked');
  expect(await here.own()).toHaveLength(1);
  expect((await here.command()).outputs).toMatchObject({ outcome: 'linked', created: 'false' });
  expect((await here.approve()).outputs).toMatchObject({ outcome: 'linked', created: 'false' });
});

test('limits are waited out when that fits, and end the run when not', async () => {
  const here = await world();
  const soon = { status: 403, headers: { 'retry-after': '1' }, body: { message: 'Slow down' } };
  here.github.fault({ on: 'graphql-add-comment', answer: soon });
  expect((await here.onboard(undefined, { dist: true })).outputs.outcome).toBe('linked');
  expect(await here.own()).toHaveLength(1);

  here.github.fault({ on: 'update-comment', answer: 'secondary-limit' });
  const step = await here.command(1, { with: { 'max-wait': '5' } });
  expect(onlyResult(step).error).toMatchObject({ code: 'rate-limited' });
  await here.fivetran.completeCard(step.outputs.link ?? '');
});

test.each([
  { what: 'that was added', effect: 'done', added: 1 },
  { what: 'that wasn’t added', effect: 'none', added: 2 },
] as const)('a comment $what, its response lost: there is one', async ({ effect, added }) => {
  const here = await world();
  here.github.fault({ on: 'graphql-add-comment', effect, answer: 'reset' });
  const step = await here.onboard(undefined, { clock: new Clock() });
  expect(step.outputs.outcome).toBe('linked');
  const requests = here.github.requests.filter(({ kind }) => kind === 'graphql-add-comment');
  expect(requests).toHaveLength(added);
  expect(await here.own()).toHaveLength(1);
});

test('a comment that never arrives: the run says so, and creates nothing', async () => {
  const here = await world();
  here.github.fault({ on: 'graphql-add-comment', times: 9, answer: 'reset' });
  const step = await here.onboard(undefined, { clock: new Clock() });
  expect(onlyResult(step).error.code).toBe('github-failed');
  expect(here.fivetran.connections).toEqual([]);
});

test('GitHub’s primary limit is waited out until its reset, when that fits', async () => {
  const here = await world();
  const clock = new Clock();
  const { number } = await here.open();
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  const reset = String(Math.ceil(clock.now() / 1000) + 40);
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
  const answer = { status: 403, headers, body: { message: 'API rate limit exceeded' } };
  here.github.fault({ on: 'graphql-issue', answer });
  expect((await here.run(event, { clock })).outputs.outcome).toBe('linked');
  expect(clock.slept).toHaveLength(1);
  expect(clock.slept[0]).toBeGreaterThan(38_000);
  expect(clock.slept[0]).toBeLessThan(42_000);
});

test.each([
  { what: 'not JSON', answer: { status: 200, body: '<html></html>' } },
  { what: 'without comments', answer: { change: without('comments') } },
  { what: 'without a list of comments', answer: { change: without('nodes') } },
])('a success $what isn’t an issue without comments', async ({ answer }) => {
  const here = await world();
  await here.onboard(FORM, { clock: new Clock() });
  for (const on of ['graphql-issue', 'graphql-add-comment'] as const) {
    here.github.fault({ on, times: 9, answer });
  }
  const step = await here.approve(1, { clock: new Clock() });
  expect(onlyResult(step).error.code).toBe('github-failed');
  const followed = await here.run({ repository: undefined } as never, {
    clock: new Clock(),
    with: { operation: 'follow-up', 'group-id': '', 'issue-number': '1' },
  });
  expect(followed.log).toContain('(github-failed)');
  expect(here.fivetran.connections).toHaveLength(1);
  expect(await here.own()).toHaveLength(1);
});

/** An answer from which a field is missing, wherever it is. */
function without(field: string) {
  return (body: unknown) =>
    JSON.parse(JSON.stringify(body).replaceAll(`"${field}":`, '"other":')) as unknown;
}

test('a token of a person, and one of another app, know their own comments', async () => {
  for (const login of ['will', 'shop[bot]']) {
    const here = await world({}, { github: { people: { 'shop[bot]': 'none' } } });
    here.with['github-token'] = here.github.tokenFor(login);
    expect((await here.onboard()).outputs.outcome).toBe('linked');
    expect((await here.command()).outputs.outcome).toBe('linked');
    const own = (await here.github.comments(1)).filter(({ user }) => user.login === login);
    expect(own).toHaveLength(1);
  }
});
