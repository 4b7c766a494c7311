import { expect, test } from '@jest/globals';
import type { Role } from '../../sandbox/github/server.ts';
import { client, github } from './support.ts';

const none = { pull: false, triage: false, push: false, maintain: false, admin: false };

test.each<[Role, string, object]>([
  ['none', 'none', none],
  ['read', 'read', { ...none, pull: true }],
  ['triage', 'read', { ...none, pull: true, triage: true }],
  ['write', 'write', { ...none, pull: true, triage: true, push: true }],
  ['maintain', 'write', { pull: true, triage: true, push: true, maintain: true, admin: false }],
  ['admin', 'admin', { pull: true, triage: true, push: true, maintain: true, admin: true }],
  [{ name: 'custom-triager', base: 'triage' }, 'read', { ...none, pull: true, triage: true }],
])('the permission endpoint on %j', async (role, permission, permissions) => {
  const sandbox = await github();
  sandbox.role('nina', role);
  const { body } = await client(sandbox)('GET', 'collaborators/NINA/permission');
  const role_name = typeof role === 'string' ? role : role.name;
  expect(body).toMatchObject({
    permission,
    role_name,
    user: { login: 'nina', type: 'User', permissions, role_name },
  });
});

test('everybody may read a public repository; apps and made-up people are not users', async () => {
  const sandbox = await github({ visibility: 'public' });
  const ask = client(sandbox);
  expect((await ask('GET', 'collaborators/nina/permission')).body.permission).toBe('read');
  for (const login of ['dependabot[bot]', 'nobody']) {
    expect(await ask('GET', `collaborators/${login}/permission`)).toMatchObject({
      status: 404,
      body: { message: `${login} is not a user`, status: '404' },
    });
  }
});

test('a person needs push access to ask about permissions', async () => {
  const sandbox = await github();
  const ask = (login: string) =>
    client(sandbox, sandbox.tokenFor(login))('GET', 'collaborators/nina/permission');
  expect((await ask('will')).status).toBe(200);
  expect(await ask('tess')).toMatchObject({
    status: 403,
    body: { message: 'Must have push access to view collaborator permission.' },
  });
});

test('a token without issues: write is told so', async () => {
  const sandbox = await github();
  const ask = client(sandbox);
  await sandbox.openIssue({ body: '', author: 'nina' });
  sandbox.permissions.issues = 'read';
  const refused = await ask('POST', 'issues/1/comments', { body: 'Hello' });
  expect(refused).toMatchObject({
    status: 403,
    body: {
      message: 'Resource not accessible by integration',
      documentation_url: 'https://docs.github.com/rest/issues/comments#create-an-issue-comment',
      status: '403',
    },
  });
  expect(refused.headers.get('x-accepted-github-permissions')).toContain('issues=write');
  expect((await ask('GET', 'issues/1')).status).toBe(200);
  sandbox.permissions.issues = 'none';
  expect((await ask('GET', 'issues/1')).status).toBe(403);
  sandbox.visibility = 'public';
  expect((await ask('GET', 'issues/1')).status).toBe(200);
});

test('the repository is as visible as the test says', async () => {
  const sandbox = await github({ repositoryId: 42 });
  const ask = client(sandbox);
  const expected = {
    private: { private: true },
    internal: { private: true },
    public: { private: false },
  };
  for (const [visibility, shown] of Object.entries(expected)) {
    sandbox.visibility = visibility as typeof sandbox.visibility;
    expect((await ask('GET', '')).body).toMatchObject({ id: 42, visibility, ...shown });
  }
  const stranger = client(sandbox, sandbox.tokenFor('mallory'));
  expect((await stranger('GET', '')).status).toBe(200);
  sandbox.visibility = 'private';
  expect((await stranger('GET', '')).status).toBe(404);
  expect((await client(sandbox, '')('GET', '')).status).toBe(404);
});

test('people do what their role lets them', async () => {
  const sandbox = await github({ visibility: 'public' });
  await sandbox.openIssue({ body: '', author: 'nina' });
  const { comment } = await sandbox.comment(1, 'Mine', 'nina');
  const as = (login: string) => client(sandbox, sandbox.tokenFor(login));
  const label = { labels: ['connect-card'] };
  expect((await as('rhea')('POST', 'issues/1/labels', label)).status).toBe(403);
  expect((await as('tess')('POST', 'issues/1/labels', label)).status).toBe(200);
  const path = `issues/comments/${comment.id}`;
  expect((await as('mallory')('PATCH', path, { body: 'Not mine' })).status).toBe(403);
  expect((await as('nina')('PATCH', path, { body: 'Still mine' })).status).toBe(200);
  expect((await as('will')('PATCH', path, { body: 'Edited' })).body.user.login).toBe('nina');
});

test('who a token is', async () => {
  const sandbox = await github();
  expect((await client(sandbox, sandbox.tokenFor('ada'))('GET', '/user')).body.login).toBe('ada');
  expect((await client(sandbox)('GET', '/user')).status).toBe(403);
  expect((await client(sandbox)('GET', '/app')).status).toBe(401);
  expect(await client(sandbox, 'stolen')('GET', '')).toMatchObject({
    status: 401,
    body: { message: 'Bad credentials' },
  });
});
