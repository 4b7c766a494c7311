import { getOctokit } from '@actions/github';
import { expect, test } from '@jest/globals';
import { github } from './support.ts';

async function octokit() {
  const sandbox = await github();
  const { owner, repo } = sandbox;
  const { rest, paginate } = getOctokit(sandbox.token, { baseUrl: sandbox.url });
  return { sandbox, rest, paginate, where: { owner, repo } };
}

test('Octokit works against it: comment, edit, read, delete', async () => {
  const { sandbox, rest, where } = await octokit();
  const { number } = await sandbox.openIssue({ body: 'Hello', author: 'nina' });
  const { data: made } = await rest.issues.createComment({
    ...where,
    issue_number: number,
    body: 'One\n<!-- hidden -->',
  });
  expect(made).toMatchObject({
    body: 'One\n<!-- hidden -->',
    user: { login: 'github-actions[bot]', type: 'Bot', id: 41_898_282 },
    author_association: 'NONE',
    performed_via_github_app: { slug: 'github-actions', id: 15_368 },
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    html_url: `${sandbox.url}/acme/onboarding/issues/1#issuecomment-${made.id}`,
  });
  const comment = { ...where, comment_id: made.id };
  await rest.issues.updateComment({ ...comment, body: 'Two' });
  expect((await rest.issues.getComment(comment)).data.body).toBe('Two');
  await rest.issues.deleteComment(comment);
  await expect(rest.issues.getComment(comment)).rejects.toMatchObject({ status: 404 });
});

test('labels go on and off, whatever their case, and an issue is closed', async () => {
  const { sandbox, rest, where } = await octokit();
  const { number } = await sandbox.openIssue({
    body: '',
    author: 'nina',
    labels: ['Connect-Card'],
  });
  const issue = { ...where, issue_number: number };
  const added = await rest.issues.addLabels({ ...issue, labels: ['connect-card', 'connected'] });
  expect(added.data.map(({ name }) => name)).toEqual(['Connect-Card', 'connected']);
  await rest.issues.removeLabel({ ...issue, name: 'CONNECTED' });
  const closed = await rest.issues.update({ ...issue, state: 'closed' });
  expect(closed.data).toMatchObject({ state: 'closed', state_reason: 'completed' });
  expect(await sandbox.issue(number)).toMatchObject({ labels: [{ name: 'Connect-Card' }] });
});

test('listings come in pages, by label and state', async () => {
  const { sandbox, rest, paginate, where } = await octokit();
  for (let count = 0; count < 3; count += 1) {
    await sandbox.openIssue({ body: '', author: 'nina', labels: ['connect-card'] });
  }
  await sandbox.openIssue({ body: '', author: 'nina' });
  await sandbox.editIssue(2, { state: 'closed' }, 'tess');
  const issues = await paginate(rest.issues.listForRepo, {
    ...where,
    labels: 'CONNECT-CARD',
    per_page: 1,
  });
  expect(issues.map(({ number }) => number).sort()).toEqual([1, 3]);
  for (let count = 0; count < 5; count += 1) await sandbox.comment(1, `${count}`, 'nina');
  const comments = await paginate(rest.issues.listComments, {
    ...where,
    issue_number: 1,
    per_page: 2,
  });
  expect(comments.map(({ body }) => body)).toEqual(['0', '1', '2', '3', '4']);
  expect(comments.map(({ id }) => id)).toEqual(comments.map(({ id }) => id).sort((a, b) => a - b));
});

test('every request from outside is recorded, and nothing else', async () => {
  const { sandbox, rest, where } = await octokit();
  await sandbox.openIssue({ body: '', author: 'nina' });
  await rest.issues.createComment({ ...where, issue_number: 1, body: 'Hello' });
  await rest.issues.listComments({ ...where, issue_number: 1, per_page: 100 });
  expect(sandbox.requests).toMatchObject([
    {
      kind: 'create-comment',
      method: 'POST',
      path: '/repos/acme/onboarding/issues/1/comments',
      body: { body: 'Hello' },
      by: 'github-actions[bot]',
      status: 201,
    },
    { kind: 'comments', query: { per_page: '100' }, status: 200 },
  ]);
});
