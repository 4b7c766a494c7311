import type { Comment } from '../../sandbox/github/server.ts';

export type Fields = Record<string, string>;

/** Three sources on one form, as a multi-select dropdown has them. */
export const THREE: Fields = {
  Customer: 'Acme Ltd',
  Service: 'Google Ads, Stripe, facebook_ads',
  Schema: 'acme',
};

export const FORM: Fields = { Customer: 'Acme Ltd', Service: 'google_ads', Schema: 'acme' };

/** The body that GitHub makes of an issue form. */
export function form(fields: Fields): string {
  return Object.entries(fields)
    .map(([heading, value]) => `### ${heading}\n\n${value}`)
    .join('\n\n');
}

/** The links that a comment has, in its message or to click. */
export function linksOf(comment: Comment | undefined): string[] {
  const links = (comment?.body ?? '').match(/https?:\/\/[^\s<>)]*\/connect-card\/[^\s<>)]*/g);
  return [...new Set(links ?? [])];
}
