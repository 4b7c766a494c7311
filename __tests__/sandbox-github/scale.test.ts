import { expect, test } from '@jest/globals';
import { graphql } from './graphql-client.ts';
import { github } from './support.ts';

const PAGE = `query ($after: String) {
  repository(owner: "acme", name: "onboarding") {
    issues(first: 100, after: $after, states: OPEN, labels: ["connect-card"]) {
      pageInfo { hasNextPage endCursor }
      nodes { number labels(first: 20) { nodes { name } } comments(last: 30) { nodes { body } } }
    }
  }
}`;

test('a thousand issues are there at once, and read in ten pages', async () => {
  const sandbox = await github();
  const started = process.cpuUsage();
  const issues = sandbox.seed(
    Array.from({ length: 1000 }, (_, index) => ({
      body: `### Service\n\ngoogle_ads ${index}`,
      author: 'nina',
      labels: ['connect-card'],
      comments: [
        { body: 'Hello', author: 'nina' },
        { body: (id: number) => `bound to ${id}`, author: 'github-actions[bot]' },
      ],
    })),
  );
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000);
  expect(issues.at(-1)).toMatchObject({ number: 1000, comments: 2, state: 'open' });
  const ask = graphql(sandbox);
  let read = 0;
  for (let after: string | null = null; ; ) {
    const { data } = await ask(PAGE, { after });
    const { nodes, pageInfo } = data.repository.issues;
    read += nodes.length;
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage) break;
  }
  expect({ read, requests: sandbox.requests.length }).toEqual({ read: 1000, requests: 10 });
  const [, bound] = await sandbox.comments(7);
  expect(bound?.body).toBe(`bound to ${bound?.id}`);
});

test('a flood of comments on one issue', async () => {
  const sandbox = await github();
  await sandbox.openIssue({ body: '', author: 'nina' });
  const flood = Array.from({ length: 2500 }, (_, index) => ({
    body: String(index),
    author: 'mallory',
  }));
  const started = process.cpuUsage();
  expect(sandbox.seedComments(1, flood)).toHaveLength(2500);
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(1000);
  expect((await sandbox.comments(1)).at(-1)?.body).toBe('2499');
});

test('closed issues and earlier times can be seeded', async () => {
  const sandbox = await github();
  const createdAt = Date.parse('2026-01-01T00:00:00Z');
  sandbox.seed([{ body: '', author: 'nina', state: 'closed', createdAt }]);
  expect(await sandbox.issue(1)).toMatchObject({
    state: 'closed',
    state_reason: 'completed',
    created_at: '2026-01-01T00:00:00Z',
  });
});
