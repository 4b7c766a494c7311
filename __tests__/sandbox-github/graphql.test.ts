import { expect, test } from '@jest/globals';
import { graphql } from './graphql-client.ts';
import { client, github } from './support.ts';

const ISSUE = `query ($number: Int!) {
  repository(owner: "acme", name: "onboarding") {
    id databaseId visibility isPrivate nameWithOwner
    issue(number: $number) {
      id number state locked title body url author { login __typename }
      labels(first: 20) { nodes { name } }
      comments(last: 100) {
        totalCount
        pageInfo { hasPreviousPage startCursor }
        nodes {
          databaseId fullDatabaseId id body url createdAt updatedAt viewerDidAuthor
          author { login __typename ... on User { databaseId } ... on Bot { databaseId } }
        }
      }
    }
  }
}`;

test('an issue with its labels and comments', async () => {
  const sandbox = await github();
  const { node_id } = await sandbox.openIssue({ body: 'Hi', author: 'nina', labels: ['a', 'B'] });
  await client(sandbox)('POST', 'issues/1/comments', { body: 'From the workflow' });
  const { comment } = await sandbox.comment(1, 'From a person', 'tess');
  const { data, errors } = await graphql(sandbox)(ISSUE, { number: 1 });
  expect(errors).toBeUndefined();
  expect(data.repository).toMatchObject({
    databaseId: sandbox.repositoryId,
    visibility: 'PRIVATE',
    isPrivate: true,
    nameWithOwner: 'acme/onboarding',
  });
  expect(data.repository.issue).toMatchObject({
    id: node_id,
    number: 1,
    state: 'OPEN',
    locked: false,
    body: 'Hi',
    author: { login: 'nina', __typename: 'User' },
    labels: { nodes: [{ name: 'a' }, { name: 'B' }] },
    comments: {
      totalCount: 2,
      pageInfo: { hasPreviousPage: false },
      nodes: [
        {
          body: 'From the workflow',
          viewerDidAuthor: true,
          author: { login: 'github-actions', __typename: 'Bot', databaseId: 41_898_282 },
        },
        {
          id: comment.node_id,
          databaseId: comment.id,
          fullDatabaseId: String(comment.id),
          url: comment.html_url,
          createdAt: comment.created_at,
          viewerDidAuthor: false,
          author: { login: 'tess', __typename: 'User', databaseId: comment.user.id },
        },
      ],
    },
  });
  expect(comment.id).toBeGreaterThan(2 ** 31);
});

test('issues come in pages, without pull requests, by label and state', async () => {
  const sandbox = await github();
  for (let count = 0; count < 5; count += 1) {
    await sandbox.openIssue({ body: '', author: 'nina', labels: ['Connect-Card'] });
  }
  await sandbox.openIssue({ body: '', author: 'nina' });
  await sandbox.openIssue({ body: '', author: 'will', labels: ['x'], pullRequest: true });
  await sandbox.editIssue(2, { state: 'closed' }, 'tess');
  const ask = graphql(sandbox);
  const page = async (after: string | null, labels: string[] | null = ['connect-card']) => {
    const { data } = await ask(
      `query ($after: String, $labels: [String!]) {
        repository(owner: "acme", name: "onboarding") {
          issues(first: 2, after: $after, states: OPEN, labels: $labels) {
            totalCount pageInfo { hasNextPage endCursor } nodes { number }
          }
        }
      }`,
      { after, labels },
    );
    return data.repository.issues;
  };
  const first = await page(null);
  expect(first).toMatchObject({
    totalCount: 4,
    nodes: [{ number: 1 }, { number: 3 }],
    pageInfo: { hasNextPage: true },
  });
  await sandbox.editIssue(3, { state: 'closed' }, 'tess');
  expect(await page(first.pageInfo.endCursor)).toMatchObject({
    nodes: [{ number: 4 }, { number: 5 }],
    pageInfo: { hasNextPage: false },
  });
  expect(await page(null, ['x'])).toMatchObject({ totalCount: 0, nodes: [] });
  expect(await page(null, null)).toMatchObject({ totalCount: 4 });
});

test('comments are read from either end', async () => {
  const sandbox = await github();
  await sandbox.openIssue({ body: '', author: 'nina' });
  sandbox.seedComments(
    1,
    ['a', 'b', 'c', 'd', 'e'].map((body) => ({ body, author: 'nina' })),
  );
  const ask = graphql(sandbox);
  const comments = async (how: string) => {
    const { data, errors } = await ask(`{ repository(owner: "acme", name: "onboarding") {
      issue(number: 1) { comments(${how}) {
        nodes { body } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
      } } } }`);
    if (errors) return errors;
    const { nodes, pageInfo } = data.repository.issue.comments;
    return { text: nodes.map(({ body }: { body: string }) => body).join(''), ...pageInfo };
  };
  const last = await comments('last: 2');
  expect(last).toMatchObject({ text: 'de', hasPreviousPage: true, hasNextPage: false });
  const before = await comments(`last: 2, before: "${last.startCursor}"`);
  expect(before).toMatchObject({ text: 'bc', hasPreviousPage: true });
  expect(await comments(`first: 5, after: "${before.endCursor}"`)).toMatchObject({ text: 'de' });
  expect(await comments('first: 1, after: "nonsense"')).toMatchObject([
    { type: 'INVALID_CURSOR_ARGUMENTS' },
  ]);
});

test('a comment is added, and seen among the others', async () => {
  const sandbox = await github();
  const { node_id } = await sandbox.openIssue({ body: '', author: 'nina' });
  await sandbox.comment(1, 'First', 'nina');
  const { data } = await graphql(sandbox)(
    `mutation ($input: AddCommentInput!) {
      addComment(input: $input) {
        clientMutationId
        commentEdge { node { id databaseId body author { login } } }
        subject { id ... on Issue {
          comments(last: 10) { nodes { body viewerDidAuthor } }
          repository { visibility }
        } }
      }
    }`,
    { input: { subjectId: node_id, body: 'Second', clientMutationId: 'mine' } },
  );
  expect(data.addComment).toMatchObject({
    clientMutationId: 'mine',
    commentEdge: { node: { body: 'Second', author: { login: 'github-actions' } } },
    subject: {
      id: node_id,
      comments: {
        nodes: [
          { body: 'First', viewerDidAuthor: false },
          { body: 'Second', viewerDidAuthor: true },
        ],
      },
      repository: { visibility: 'PRIVATE' },
    },
  });
  expect(sandbox.requests.at(-1)).toMatchObject({ kind: 'graphql-add-comment', status: 200 });
});

test('nodes are found by their ids', async () => {
  const sandbox = await github();
  const { node_id } = await sandbox.openIssue({ body: '', author: 'nina' });
  const { comment } = await sandbox.comment(1, 'Hello', 'nina');
  const { data, errors } = await graphql(sandbox)(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Issue { number } ... on IssueComment { body } } }',
    { ids: [node_id, comment.node_id, 'I_nonsense'] },
  );
  expect(data.nodes).toMatchObject([{ number: 1 }, { body: 'Hello' }, null]);
  expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['nodes', 2] }]);
});

test('who asks, and what it costs', async () => {
  const sandbox = await github();
  const query = '{ viewer { login } rateLimit { cost remaining limit } }';
  const { data, headers } = await graphql(sandbox)(query);
  expect(data).toEqual({
    viewer: { login: 'github-actions[bot]' },
    rateLimit: { cost: 1, limit: 15_000, remaining: 14_999 },
  });
  expect(headers.get('x-ratelimit-resource')).toBe('graphql');
  const large = `{ rateLimit { cost nodeCount } repository(owner: "acme", name: "onboarding") {
    issues(first: 100) { nodes { labels(first: 10) { nodes { name } }
      comments(last: 50) { nodes { id } } } } } }`;
  expect((await graphql(sandbox)(large)).data.rateLimit).toEqual({ cost: 2, nodeCount: 6100 });
});
