import { expect, test } from '@jest/globals';
import { classifyResponse } from '../../src/github/failures.ts';

const refused = (status: number, message: string) =>
  classifyResponse({ status, headers: {}, body: { message }, date: 0 })?.error;

test.each([
  { message: 'Unable to create comment because issue is locked.', code: 'issue-locked' },
  { message: 'User is blocked', code: 'github-forbidden' },
  { message: 'Blocked', code: 'github-forbidden' },
  { message: 'You are blocked from commenting on this issue.', code: 'github-forbidden' },
  { message: 'Repository has been locked for migration.', code: 'github-forbidden' },
  { message: 'Resource not accessible by integration', code: 'github-forbidden' },
])('403 «$message» is $code', ({ message, code }) => {
  expect(refused(403, message)?.code).toBe(code);
});

test('401 is about the token itself, 403 about its permissions', () => {
  const unauthorized = refused(401, 'Bad credentials');
  expect(unauthorized?.code).toBe('github-unauthorized');
  expect(unauthorized?.fix).toMatch(/expired.*revoked/);
  expect(unauthorized?.fix).not.toContain('permissions');
  expect(refused(403, 'Resource not accessible by integration')?.fix).toContain('issues: write');
});

test.each([301, 302, 307, 308, 404, 410])('%i: the issue is gone, or somewhere else', (status) => {
  expect(refused(status, 'Moved Permanently')?.code).toBe('issue-gone');
});
