import { expect, test } from '@jest/globals';
import type { Entry } from '../../src/model/issue-record.ts';
import { issueText } from '../../src/report/comment.ts';
import { fingerprintOf, linksIn, linkTo } from '../../src/report/links-in-comment.ts';
import { rendered } from '../support/rendered.ts';

test.each([
  ['https://fivetran.com/docs?a=\\', 'https://fivetran.com/docs?a=%5C'],
  ['https://fivetran.com/docs?a|b', 'https://fivetran.com/docs?a%7Cb'],
  ['https://fivetran.com/docs?a&gt;b', 'https://fivetran.com/docs?a&gt%3Bb'],
  ['https://fivetran.com/a b>\n(c)', 'https://fivetran.com/a%20b%3E%28c%29'],
  ['http://[::1]:80/?a=[b]', 'http://[::1]/?a=%5Bb%5D'],
])('an address ends its link where it ends, in a table too: %j', (address, shown) => {
  const link = linkTo('words', address);
  expect(rendered(link).links).toEqual([shown]);
  const table = rendered(`| a | b |\n| --- | --- |\n| ${link} | c |`);
  expect(table.links).toEqual([shown]);
  expect(table.blocks.filter((block) => block.endsWith('tableCell'))).toHaveLength(4);
  // And it is the same link when a comment is read again; the host is one that has a name.
  if (!address.includes('[')) expect([...linksIn(link).keys()]).toEqual([fingerprintOf(address)]);
});

test.each(['javascript:alert(1)', 'data:text/html,x', '', 'x', 'https://', '//evil.example'])(
  '%j is no link',
  (address) => expect(linkTo('words', address)).toBe('words'),
);

test('the command names a connector type as text, whatever Fivetran calls it', () => {
  const of = (service: string): Entry => ({
    request: { group: 'g', service, schema: 'acme' },
    connection: 'polished_headland',
    intents: [],
    state: 'expired',
    expires: 0,
    renewed: 0,
  });
  const text = (service: string) =>
    issueText({
      entries: [of(service), of('stripe')],
      links: new Map(),
      showLinks: true,
      commandWorks: true,
      audience: 'team',
      runUrl: 'https://github.com/acme/onboarding/actions/runs/1',
    });
  expect(text('google_ads')).toContain('for one of them, `/connect-card google_ads`.');
  expect(rendered(text('a`\n\n<b>@nina</b>')).html).not.toContain('<b>');
  expect(rendered(text('a`\n\n# x')).blocks).toEqual(rendered(text('google_ads')).blocks);
});
