import { expect, test } from '@jest/globals';
import { graphql } from './graphql-client.ts';
import { client, github } from './support.ts';

const ISSUE = '{ repository(owner: "acme", name: "onboarding") { issue(number: 1) { number } } }';

async function withIssue() {
  const sandbox = await github();
  const { node_id } = await sandbox.openIssue({ body: '', author: 'nina' });
  const add = (token?: string, body = 'Hello') =>
    graphql(sandbox, token)(
      'mutation ($in: AddCommentInput!) { addComment(input: $in) { clientMutationId } }',
      { in: { subjectId: node_id, body } },
    );
  return { sandbox, ask: graphql(sandbox), add };
}

test.each([
  { query: '{ repository(owner: "acme", name: "onboarding") { issuez } }', says: 'issuez' },
  { query: '{ repository(owner: "acme") { id } }', says: 'name' },
  { query: '{ repository(', says: 'Syntax Error' },
  { query: 'query ($n: String!) { viewer { login } }', says: 'never used' },
])('GitHub’s schema refuses $query', async ({ query, says }) => {
  const { ask } = await withIssue();
  const { status, data, errors } = await ask(query);
  expect({ status, data }).toEqual({ status: 200, data: undefined });
  expect(errors[0]).toMatchObject({
    message: expect.stringContaining(says),
    locations: [{ line: 1, column: expect.any(Number) }],
  });
});

test.each([
  { how: 'issues { totalCount }', type: 'MISSING_PAGINATION_BOUNDARIES' },
  { how: 'issues(first: 101) { totalCount }', type: 'EXCESSIVE_PAGINATION' },
  { how: 'issues(first: $count) { totalCount }', type: 'EXCESSIVE_PAGINATION' },
  { how: 'issues(first: 1, last: 1) { totalCount }', type: 'INVALID_PAGINATION' },
  {
    how: `issues(first: 100) { nodes { ...Talk } } } }
      fragment Talk on Issue { comments(first: 100) { nodes { issue { comments(first: 100) {
        nodes { id } } } }`,
    type: 'MAX_NODE_LIMIT_EXCEEDED',
  },
])('GitHub’s limits refuse $how', async ({ how, type }) => {
  const { ask } = await withIssue();
  const variables = how.includes('$count') ? '($count: Int = 200)' : '';
  const query = `query${variables} { repository(owner: "acme", name: "onboarding") { ${how} } }`;
  expect(await ask(query)).toMatchObject({ status: 200, errors: [{ type }] });
});

test('the sandbox says which field it lacks', async () => {
  const { ask } = await withIssue();
  const query = '{ repository(owner: "acme", name: "onboarding") { forkCount } }';
  expect(await ask(query)).toMatchObject({
    status: 501,
    body: { message: 'The sandbox has no GraphQL field Repository.forkCount.' },
  });
});

test('tokens that are nobody’s, or none', async () => {
  const { sandbox } = await withIssue();
  for (const token of ['stolen', '']) {
    const { status, body } = await client(sandbox, token)('POST', '/graphql', { query: ISSUE });
    expect({ status, body }).toMatchObject({ status: 401, body: { status: '401' } });
  }
});

test('a repository that somebody may not see is not found', async () => {
  const { sandbox } = await withIssue();
  const stranger = graphql(sandbox, sandbox.tokenFor('mallory'));
  expect(await stranger(ISSUE)).toMatchObject({
    status: 200,
    data: { repository: null },
    errors: [
      {
        type: 'NOT_FOUND',
        path: ['repository'],
        message: "Could not resolve to a Repository with the name 'acme/onboarding'.",
      },
    ],
  });
  sandbox.visibility = 'public';
  expect((await stranger(ISSUE)).data.repository.issue).toEqual({ number: 1 });
});

test('an issue that has gone, and a pull request, are not found', async () => {
  const { sandbox, ask, add } = await withIssue();
  const notFound = {
    data: { repository: { issue: null } },
    errors: [{ type: 'NOT_FOUND', path: ['repository', 'issue'] }],
  };
  await sandbox.openIssue({ body: '', author: 'will', pullRequest: true });
  expect(await ask(ISSUE.replace('1', '2'))).toMatchObject(notFound);
  sandbox.gone(1, 'deleted');
  expect(await ask(ISSUE)).toMatchObject(notFound);
  expect((await add()).errors).toMatchObject([{ type: 'NOT_FOUND', path: ['addComment'] }]);
});

test('the workflow’s permissions', async () => {
  const { sandbox, ask, add } = await withIssue();
  const forbidden = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }];
  sandbox.permissions.issues = 'read';
  expect((await add()).errors).toMatchObject(forbidden);
  expect((await ask(ISSUE)).errors).toBeUndefined();
  sandbox.permissions.issues = 'none';
  expect(await ask(ISSUE)).toMatchObject({
    data: { repository: { issue: null } },
    errors: forbidden,
  });
  expect(await sandbox.comments(1)).toEqual([]);
});

test('a locked issue, and a comment that is blank or too long', async () => {
  const { sandbox, add } = await withIssue();
  expect((await add(undefined, ' \n')).errors).toMatchObject([{ type: 'UNPROCESSABLE' }]);
  expect((await add(undefined, 'a'.repeat(65_537))).errors).toMatchObject([
    { message: 'Body is too long (maximum is 65536 characters)' },
  ]);
  await sandbox.lock(1);
  expect((await add()).errors).toMatchObject([{ message: expect.stringContaining('is locked') }]);
  expect((await add(sandbox.tokenFor('will'))).errors).toBeUndefined();
  await sandbox.unlock(1);
  expect((await add()).errors).toBeUndefined();
});

test('limits, lost answers and what others do meanwhile', async () => {
  const { sandbox, ask, add } = await withIssue();
  sandbox.fault({ on: 'graphql-issue', answer: 'primary-limit' });
  const limited = await ask(ISSUE);
  expect(limited).toMatchObject({ status: 200, errors: [{ type: 'RATE_LIMITED' }] });
  expect(limited.headers.get('x-ratelimit-remaining')).toBe('0');
  sandbox.fault({ on: 'graphql-issue', answer: 'secondary-limit' });
  expect((await ask(ISSUE)).status).toBe(403);
  sandbox.fault({ on: 'graphql-add-comment', effect: 'done', answer: 'reset' });
  await expect(add()).rejects.toThrow();
  expect(await sandbox.comments(1)).toHaveLength(1);
  sandbox.fault({ on: 'graphql-issue', meanwhile: () => sandbox.gone(1, 'deleted') });
  expect((await ask(ISSUE)).errors).toMatchObject([{ type: 'NOT_FOUND' }]);
});

test('the hour’s points run out', async () => {
  const { sandbox, ask } = await withIssue();
  let time = Date.parse('2026-11-24T12:00:00Z');
  Object.assign(sandbox.options, { rateLimit: 2, now: () => time });
  await ask(ISSUE);
  await ask(ISSUE);
  const refused = await ask(ISSUE);
  expect(refused.errors).toMatchObject([{ type: 'RATE_LIMITED' }]);
  expect(refused.headers.get('x-ratelimit-reset')).toBe(String(time / 1000 + 3600));
  time += 3_600_000;
  expect((await ask(ISSUE)).errors).toBeUndefined();
});
