import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import type { WebhookDefinition } from '@octokit/webhooks-examples';
import { github } from './support.ts';

const definitions: WebhookDefinition[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
);

/** An event of that name that GitHub once sent in an organization. */
function example(name: string, action: string): object {
  const found = definitions
    .find((definition) => definition.name === name)
    ?.examples.find(
      (event) => 'action' in event && event.action === action && 'organization' in event,
    );
  if (!found) throw new Error(`There is no ${name}.${action}`);
  return found;
}

/** Fields of `there` that `here` lacks, as paths. */
function missing(here: unknown, there: unknown, path = ''): string[] {
  if (typeof there !== 'object' || there === null || Array.isArray(there)) return [];
  if (typeof here !== 'object' || here === null) return [];
  return Object.entries(there).flatMap(([key, value]) =>
    key in here
      ? missing((here as Record<string, unknown>)[key], value, `${path}.${key}`)
      : [`${path}.${key}`],
  );
}

test('issues: labeled has the shape of the real one', async () => {
  const sandbox = await github();
  const issue = await sandbox.openIssue({ body: '### Service', author: 'nina' });
  const event = await sandbox.addLabel(issue, 'connect-card', 'tess');
  expect(event).toMatchObject({
    action: 'labeled',
    issue: {
      number: 1,
      state: 'open',
      author_association: 'NONE',
      user: { login: 'nina', type: 'User' },
      labels: [{ name: 'connect-card' }],
    },
    label: { name: 'connect-card' },
    repository: {
      id: sandbox.repositoryId,
      full_name: 'acme/onboarding',
      private: true,
      visibility: 'private',
      owner: { login: 'acme', type: 'Organization' },
    },
    organization: { login: 'acme' },
    sender: { login: 'tess', type: 'User' },
  });
  expect(event.issue).not.toHaveProperty('pull_request');
  expect(missing(event, example('issues', 'labeled'))).toEqual(['.issue.draft']);
  expect(JSON.stringify(event)).not.toMatch(/Codertocat|Octocoders|Hello-World/);
});

test('issue_comment: created has the shape of the real one', async () => {
  const sandbox = await github();
  await sandbox.openIssue({ body: '', author: 'nina', labels: ['connect-card'] });
  const event = await sandbox.comment(1, '/connect-card\nplease', 'rhea');
  expect(event).toMatchObject({
    action: 'created',
    issue: { number: 1, comments: 1, labels: [{ name: 'connect-card' }] },
    comment: {
      body: '/connect-card\r\nplease',
      user: { login: 'rhea' },
      author_association: 'MEMBER',
      performed_via_github_app: null,
    },
    sender: { login: 'rhea' },
  });
  expect(missing(event, example('issue_comment', 'created'))).toEqual(['.issue.draft']);
  expect(JSON.stringify(event)).not.toMatch(/Codertocat|Octocoders|Hello-World/);
});

test('a form puts its labels on in the name of an author without rights', async () => {
  const sandbox = await github();
  await sandbox.openIssue({ body: '', author: 'mallory' });
  const event = await sandbox.addLabel(1, 'connect-card', 'mallory');
  expect(event.sender.login).toBe(event.issue.user.login);
});

test('a pull request is an issue with one more field', async () => {
  const sandbox = await github();
  await sandbox.openIssue({ body: '', author: 'will', pullRequest: true });
  const { issue } = await sandbox.comment(1, '/connect-card', 'will');
  expect(issue.pull_request).toMatchObject({
    html_url: `${sandbox.url}/acme/onboarding/pull/1`,
  });
});

test('labels off and edits are events, too', async () => {
  const sandbox = await github();
  await sandbox.openIssue({ body: '', author: 'nina', labels: ['Connect-Card'] });
  expect(await sandbox.removeLabel(1, 'connect-card', 'tess')).toMatchObject({
    action: 'unlabeled',
    label: { name: 'Connect-Card' },
    issue: { labels: [] },
  });
  expect(await sandbox.editIssue(1, { body: 'a\nb' }, 'nina')).toMatchObject({
    action: 'edited',
    issue: { body: 'a\r\nb' },
  });
  expect((await sandbox.editIssue(1, { state: 'closed' }, 'tess')).action).toBe('closed');
});
