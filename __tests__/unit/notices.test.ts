import { expect, test } from '@jest/globals';
import { reminderNotice } from '../../src/report/notices.ts';

test.each([
  ['nina', '@nina **Stripe** is'],
  // A managed user's login ends with the enterprise's short code:
  // docs.github.com/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
  ['nina_acme', '@nina_acme **Stripe** is'],
  [undefined, '**Stripe** is'],
  ['nina @everyone', '**Stripe** is'],
  ['acme/team', '**Stripe** is'],
])('a reminder mentions a person and nothing else: %j', (login, start) => {
  const { text } = reminderNotice(login, ['Stripe'], new Date('2026-11-25T09:38:00Z'));
  expect(text.indexOf(start)).toBe(0);
});
