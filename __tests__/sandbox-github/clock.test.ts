import { expect, test } from '@jest/globals';
import { graphql } from './graphql-client.ts';
import { client, github } from './support.ts';

test('every time follows the sandbox’s clock', async () => {
  let time = Date.parse('2026-11-24T09:38:00.750Z');
  const sandbox = await github({ now: () => time });
  const issue = await sandbox.openIssue({ body: '', author: 'nina' });
  expect(issue.created_at).toBe('2026-11-24T09:38:00Z');
  time += 60_000;
  const { body: comment, headers } = await client(sandbox)('POST', 'issues/1/comments', {
    body: 'Hello',
  });
  expect(comment.created_at).toBe('2026-11-24T09:39:00Z');
  expect(headers.get('date')).toBe('Tue, 24 Nov 2026 09:39:00 GMT');
  // The token's hour begins with its first request.
  expect(headers.get('x-ratelimit-reset')).toBe(String(Math.ceil(time / 1000) + 3600));
  expect(headers.get('x-ratelimit-used')).toBe('1');
  time += 60_000;
  await client(sandbox)('PATCH', `issues/comments/${comment.id}`, { body: 'Edited' });
  const event = await sandbox.addLabel(1, 'connect-card', 'tess');
  expect(event.issue.updated_at).toBe('2026-11-24T09:40:00Z');
  expect(await sandbox.comments(1)).toMatchObject([
    { created_at: '2026-11-24T09:39:00Z', updated_at: '2026-11-24T09:40:00Z' },
  ]);
  sandbox.options.now = () => Date.parse('2026-12-01T00:00:00Z');
  const answer = await graphql(sandbox)('{ rateLimit { resetAt } }');
  expect(answer.data.rateLimit.resetAt).toBe('2026-12-01T01:00:00Z');
  expect(answer.headers.get('date')).toBe('Tue, 01 Dec 2026 00:00:00 GMT');
  const { comment: late } = await sandbox.comment(1, 'Late', 'nina');
  expect(late.created_at).toBe('2026-12-01T00:00:00Z');
});

test('comments since a time, in pages, and ids that only grow', async () => {
  const sandbox = await github({ now: () => Date.parse('2026-11-24T12:00:00Z') });
  await sandbox.openIssue({ body: '', author: 'nina' });
  const [first] = sandbox.seedComments(1, [
    { body: 'a', author: 'nina', createdAt: Date.parse('2026-11-24T10:00:00Z') },
    { body: 'b', author: 'nina', createdAt: Date.parse('2026-11-24T11:00:00Z') },
    { body: 'c', author: 'nina' },
  ]);
  const ask = client(sandbox);
  const read = async (query: string) =>
    (await ask('GET', `issues/1/comments?${query}`)).body.map(({ body }: { body: string }) => body);
  expect(await read('since=2026-11-24T11:00:00Z')).toEqual(['b', 'c']);
  expect(await read('per_page=2&page=2')).toEqual(['c']);
  const { headers } = await ask('GET', 'issues/1/comments?per_page=2');
  expect(headers.get('link')).toMatch(/per_page=2&page=2>; rel="next".*rel="last"/);
  const last = (await sandbox.comments(1)).at(-1);
  await sandbox.deleteComment(last?.id ?? 0);
  const { comment } = await sandbox.comment(1, 'd', 'nina');
  expect(comment.id).toBeGreaterThan(last?.id ?? Infinity);
  expect(last?.id).toBeGreaterThan(first?.id ?? Infinity);
  const path = `issues/comments/${last?.id}`;
  expect((await ask('PATCH', path, { body: 'e' })).status).toBe(404);
  expect((await ask('DELETE', path)).status).toBe(404);
});

test('the hour’s requests run out, for one token at a time', async () => {
  const sandbox = await github({ rateLimit: 2 });
  const ask = client(sandbox);
  await ask('GET', '');
  await ask('GET', '');
  const refused = await ask('GET', '');
  expect(refused).toMatchObject({
    status: 403,
    body: { message: expect.stringMatching(/^API rate limit exceeded/) },
  });
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
  expect((await client(sandbox, sandbox.tokenFor('ada'))('GET', '')).status).toBe(200);
});

test('latency is added to every answer, and may change', async () => {
  const sandbox = await github();
  const took = async (latency: number) => {
    sandbox.options.latency = latency;
    const started = performance.now();
    await client(sandbox)('GET', '');
    return performance.now() - started;
  };
  await took(0);
  expect(await took(120)).toBeGreaterThan(115);
});
