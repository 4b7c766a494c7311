import { expect, test } from '@jest/globals';
import { reminderNotice } from '../../src/report/notices.ts';

const since = new Date('2026-11-25T09:38:00Z');
const textFor = (login: string | undefined, ...names: string[]) =>
  reminderNotice(login, names, since).text;

// A managed user's login ends with the enterprise's short code:
// docs.github.com/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
test.each(['nina', 'n-i-n-a', 'nina_acme', 'N1'])('%s is mentioned', (login) => {
  expect(textFor(login, 'Stripe')).toBe(
    `@${login} **Stripe** is still not connected, since Wed 25 Nov 2026, 09:38 UTC.`,
  );
});

test.each([undefined, '', 'nina[bot]', 'acme/team', '-nina', 'nina @everyone'])(
  '%j isn’t mentioned',
  (login) => {
    expect(textFor(login, 'Stripe')).toMatch(/^\*\*Stripe\*\* is [^@]*$/);
  },
);

test('sources of one name are one', () => {
  expect(textFor('nina', 'Stripe', 'Stripe')).toContain('**Stripe** is still');
  expect(textFor('nina', 'Stripe', 'S3')).toContain('**Stripe**, **S3** are still');
});
