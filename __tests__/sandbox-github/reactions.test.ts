import { expect, test } from '@jest/globals';
import { client, github } from './support.ts';

async function withComment() {
  const sandbox = await github();
  await sandbox.openIssue({ body: '', author: 'nina' });
  const { comment } = await sandbox.comment(1, '/connect-card', 'nina');
  const path = `issues/comments/${comment.id}/reactions`;
  const react = (content: string, token?: string) =>
    client(sandbox, token)('POST', path, { content });
  return { sandbox, comment, path, react };
}

test('a reaction is new once, and listed', async () => {
  const { sandbox, comment, path, react } = await withComment();
  const first = await react('eyes');
  expect(first).toMatchObject({
    status: 201,
    body: { content: 'eyes', user: { login: 'github-actions[bot]' } },
  });
  expect(await react('eyes')).toMatchObject({ status: 200, body: { id: first.body.id } });
  expect((await react('+1')).status).toBe(201);
  expect((await react('+1', sandbox.tokenFor('rhea'))).status).toBe(201);
  expect(sandbox.reactions(comment)).toEqual([
    { content: 'eyes', by: 'github-actions[bot]' },
    { content: '+1', by: 'github-actions[bot]' },
    { content: '+1', by: 'rhea' },
  ]);
  expect((await client(sandbox)('GET', path)).body).toHaveLength(3);
  const [shown] = await sandbox.comments(1);
  expect(shown?.reactions).toMatchObject({ total_count: 3, eyes: 1, '+1': 2, confused: 0 });
  expect(sandbox.requests[0]).toMatchObject({ kind: 'create-reaction', status: 201 });
});

test('refused: unknown words, a token without the permission, a comment that has gone', async () => {
  const { sandbox, comment, react } = await withComment();
  expect((await react('thumbsup')).status).toBe(422);
  sandbox.permissions.issues = 'read';
  expect((await react('eyes')).status).toBe(403);
  sandbox.permissions.issues = 'write';
  sandbox.fault({ on: 'create-reaction', answer: { status: 500 } });
  expect((await react('eyes')).status).toBe(500);
  await sandbox.deleteComment(comment);
  expect((await react('eyes')).status).toBe(404);
});
