import { expect, test } from '@jest/globals';
import { parse, validate } from 'graphql';
import { githubSchema } from '../../sandbox/github/graphql/schema.ts';
import * as queries from '../../src/github/queries.ts';
import { graphql } from './graphql-client.ts';
import { client, github } from './support.ts';

const REPOSITORY = { owner: 'acme', name: 'onboarding' };

test.each(Object.entries(queries))('%s is valid by GitHub’s schema', (_, query) => {
  expect(validate(githubSchema(), parse(query))).toEqual([]);
});

test('all queries are known to these tests', () => {
  expect(Object.keys(queries).sort()).toEqual(['ADD_COMMENT', 'ISSUES_QUERY', 'ISSUE_QUERY']);
});

test.each([
  ['a field that GitHub lacks', (query: string) => query.replace('viewerDidAuthor', 'own')],
  [
    'a fragment that is missing',
    (query: string) => query.replace('fragment comment', 'fragment c'),
  ],
  [
    'a variable of another type',
    (query: string) => query.replace('$owner: String!', '$owner: Int'),
  ],
])('%s would be refused', async (_, spoil) => {
  const spoilt = spoil(queries.ISSUE_QUERY);
  expect(validate(githubSchema(), parse(spoilt))).not.toEqual([]);
  const { data, errors } = await graphql(await github())(spoilt, { ...REPOSITORY, number: 1 });
  expect({ data, errors }).toEqual({ data: undefined, errors: expect.any(Array) });
});

test('each is answered without errors, and costs one point', async () => {
  const sandbox = await github();
  const { node_id } = await sandbox.openIssue({ body: '', author: 'nina', labels: ['a'] });
  const ask = graphql(sandbox);
  const variables = { ...REPOSITORY, number: 1, label: 'a', subject: node_id, body: 'Hello' };
  const used: Array<string | null> = [];
  for (const query of Object.values(queries)) {
    const { status, data, errors, headers } = await ask(query, variables);
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(data).toBeTruthy();
    used.push(headers.get('x-ratelimit-used'));
  }
  expect(used).toEqual(['1', '2', '3']);
});

test('lastEditedAt is null until a comment is edited', async () => {
  let time = Date.parse('2026-11-24T09:38:00Z');
  const sandbox = await github({ now: () => time });
  const { node_id } = await sandbox.openIssue({ body: '', author: 'nina' });
  const { comment: untouched } = await sandbox.comment(1, 'Hello', 'nina');
  const ask = graphql(sandbox);
  const added = await ask(queries.ADD_COMMENT, { subject: node_id, body: 'First' });
  const { fullDatabaseId: id, lastEditedAt } = added.data.addComment.commentEdge.node;
  expect(lastEditedAt).toBeNull();
  const edits = async () => {
    const { data } = await ask(queries.ISSUE_QUERY, { ...REPOSITORY, number: 1 });
    return data.repository.issue.comments.nodes.map((node: { lastEditedAt: string | null }) => {
      return node.lastEditedAt;
    });
  };
  time += 60_000;
  await client(sandbox)('POST', `issues/comments/${untouched.id}/reactions`, { content: 'eyes' });
  expect(await edits()).toEqual([null, null]);
  await client(sandbox)('PATCH', `issues/comments/${id}`, { body: 'First' });
  expect(await edits()).toEqual([null, '2026-11-24T09:39:00Z']);
  time += 60_000;
  await sandbox.editComment(untouched.id, 'By its author', 'nina');
  expect(await edits()).toEqual(['2026-11-24T09:40:00Z', '2026-11-24T09:39:00Z']);
});
