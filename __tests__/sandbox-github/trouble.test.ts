import { expect, test } from '@jest/globals';
import { client, github } from './support.ts';

async function withIssue() {
  const sandbox = await github();
  await sandbox.openIssue({ body: '', author: 'nina' });
  const ask = client(sandbox);
  return { sandbox, ask, say: (body: unknown) => ask('POST', 'issues/1/comments', { body }) };
}

test('a locked issue is shut for the workflow token, open for writers', async () => {
  const { sandbox, say } = await withIssue();
  const { body: comment } = await say('Before');
  await sandbox.lock(1);
  const locked = { status: 403, body: { message: expect.stringContaining('issue is locked') } };
  expect(await say('After')).toMatchObject(locked);
  const edit = ['PATCH', `issues/comments/${comment.id}`, { body: 'Edited' }] as const;
  expect(await client(sandbox)(...edit)).toMatchObject(locked);
  expect((await client(sandbox, sandbox.tokenFor('will'))(...edit)).status).toBe(200);
});

test('a deleted issue is gone, a moved one redirects or is not found', async () => {
  const { sandbox, ask, say } = await withIssue();
  const { comment } = await sandbox.comment(1, 'Hello', 'nina');
  sandbox.gone(1, 'deleted');
  expect((await ask('GET', 'issues/1')).status).toBe(410);
  expect((await say('Hello')).status).toBe(410);
  expect((await ask('GET', `issues/comments/${comment.id}`)).status).toBe(404);
  sandbox.gone(1, 'moved');
  const moved = await ask('GET', 'issues/1');
  expect(moved.status).toBe(301);
  const followed = await ask('GET', new URL(moved.headers.get('location') ?? '').pathname);
  expect(followed.body.repository_url).toBe(`${sandbox.url}/repos/acme/elsewhere`);
  expect((await say('Hello')).status).toBe(404);
  sandbox.gone(1, 'moved-away');
  expect((await ask('GET', 'issues/1')).status).toBe(404);
  expect((await ask('GET', 'issues')).body).toEqual([]);
});

test('a comment is kept as it was sent, and refused when blank or too long', async () => {
  const { sandbox, say } = await withIssue();
  const odd = '  <!-- a: b -->\r\none\ntwo \0 & <b>x</b>  \n';
  await say(odd);
  expect((await sandbox.comments(1)).map(({ body }) => body)).toEqual([odd]);
  expect((await say('🌈'.repeat(65_536))).status).toBe(201);
  expect(await say('a'.repeat(65_537))).toMatchObject({
    status: 422,
    body: {
      message: 'Validation Failed',
      errors: [{ message: 'Body is too long (maximum is 65536 characters)' }],
    },
  });
  expect((await say(' \n')).status).toBe(422);
  expect((await say(undefined)).status).toBe(422);
});

test('faults: limits, lost answers, broken connections', async () => {
  const { sandbox, ask, say } = await withIssue();
  sandbox.fault({ on: 'create-comment', answer: 'secondary-limit' });
  const limited = await say('One');
  expect(limited).toMatchObject({
    status: 403,
    body: { message: expect.stringMatching(/^You have exceeded a secondary rate limit/) },
  });
  expect(limited.headers.get('retry-after')).toBe('60');
  sandbox.fault({ on: 'any', answer: 'primary-limit' });
  expect((await ask('GET', '')).headers.get('x-ratelimit-remaining')).toBe('0');
  sandbox.fault({ on: 'create-comment', effect: 'done', answer: 'reset' });
  await expect(say('Two')).rejects.toThrow();
  sandbox.fault({ on: 'comments', skip: 1, times: 2, answer: { status: 503 } });
  const statuses = [];
  for (let count = 0; count < 4; count += 1) {
    statuses.push((await ask('GET', 'issues/1/comments')).status);
  }
  expect(statuses).toEqual([200, 503, 503, 200]);
  expect((await sandbox.comments(1)).map(({ body }) => body)).toEqual(['Two']);
});

test('faults: an answer of another shape, half an answer, one that drips', async () => {
  const { sandbox, ask } = await withIssue();
  sandbox.fault({ on: 'issue', answer: { change: ({ state, ...issue }) => ({ issue }) } });
  expect((await ask('GET', 'issues/1')).body.issue).toMatchObject({ number: 1 });
  sandbox.fault({ on: 'issue', answer: 'half-json' });
  await expect(ask('GET', 'issues/1')).rejects.toThrow(SyntaxError);
  sandbox.fault({ on: 'issue', answer: 'truncated' });
  await expect(ask('GET', 'issues/1')).rejects.toThrow(/terminated/);
  sandbox.fault({ on: 'reactions', answer: { drip: 1 } });
  const { comment } = await sandbox.comment(1, 'Hello', 'nina');
  const dripped = await ask('GET', `issues/comments/${comment.id}/reactions`);
  expect(dripped).toMatchObject({ status: 200, body: [] });
});

test('something can happen while a request is on its way', async () => {
  const { sandbox, ask } = await withIssue();
  sandbox.fault({ on: 'comments', meanwhile: () => sandbox.comment(1, 'First!', 'mallory') });
  expect((await ask('GET', 'issues/1/comments')).body).toMatchObject([{ body: 'First!' }]);
});

test('the sandbox says what it lacks', async () => {
  const { ask } = await withIssue();
  expect((await ask('GET', 'milestones')).status).toBe(501);
});

test('only people who are there can act', async () => {
  const { sandbox } = await withIssue();
  expect(() => sandbox.tokenFor('nobody')).toThrow('startGitHub({ people })');
  const other = await github({ people: { nobody: 'triage', 'shop[bot]': 'none' } });
  await other.openIssue({ body: '', author: 'nobody' });
  const { comment } = await other.comment(1, 'Hello', 'shop[bot]');
  expect(comment).toMatchObject({
    user: { type: 'Bot' },
    performed_via_github_app: { slug: 'shop' },
  });
});
