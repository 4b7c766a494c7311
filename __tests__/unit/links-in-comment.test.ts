import { expect, test } from '@jest/globals';
import { RecordSigner } from '../../src/github/record.ts';
import type { Entry } from '../../src/model/issue-record.ts';
import { issueText } from '../../src/report/comment.ts';
import { linkTo } from '../../src/report/link-text.ts';
import { fingerprintOf, linksIn } from '../../src/report/links-in-comment.ts';
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

// The comments and the record are as the action wrote them at commit 79bd06c.
const EARLIER = {
  link: 'https://fivetran.com/connect-card/setup?redirect_uri=https%3A%2F%2Fa.example%2F(b)&auth=x.y.z',
  team: '```text\nOpen https://fivetran.com/connect-card/setup?redirect_uri=https%3A%2F%2Fa.example%2F(b)&auth=x.y.z.\n```',
  customer:
    '⏳ **[Connect Stripe](<https://fivetran.com/connect-card/setup?redirect_uri=https%3A%2F%2Fa.example%2F(b)&auth=x.y.z>)**',
  record:
    '<!-- connect-card-link v1 eyJyZXBvc2l0b3J5SWQiOjcwMCwiaXNzdWUiOjEyLCJjb21tZW50Ijo3LCJnZW5lcmF0aW9uIjozLCJlbnRyaWVzIjpbeyJyZXF1ZXN0Ijp7Imdyb3VwIjoiZyIsInNlcnZpY2UiOiJzdHJpcGUiLCJzY2hlbWEiOiJhY21lIn0sImNvbm5lY3Rpb24iOiJjIiwiaW50ZW50cyI6W10sInN0YXRlIjoicmVhZHkiLCJleHBpcmVzIjoxNzk1NjAwMDAwMDAwLCJsaW5rIjoidlhVcmJMejFxY1JUOHNwVkxxS1k0SyIsInJlbmV3ZWQiOjF9XX0.dJWTEm0K49DvQAEfhmSdfDobBa4Z8RJD2jO4O8KK_Uw -->',
};

test.each(['team', 'customer'] as const)(
  'a link in a comment for the %s that an earlier version wrote stays, however often it is written anew',
  (audience) => {
    const before = `${EARLIER[audience]}\n\n${EARLIER.record}`;
    const comment = { id: 7, body: before } as never;
    const read = new RecordSigner('secret').read(comment, { repositoryId: 700, issue: 12 });
    const entries = read?.sealed.entries ?? [];
    const again = (body: string) =>
      issueText({
        entries,
        links: linksIn(body),
        showLinks: true,
        commandWorks: true,
        audience,
        message: 'Open {links}.',
        runUrl: 'https://github.com/acme/onboarding/actions/runs/1',
      });
    const once = again(before);
    expect(once).toContain(EARLIER.link);
    expect(again(once)).toBe(once);
  },
);

test.each([
  'Open {links}.',
  '({links})',
  '“{links}”',
  '*{links}*',
  '{links}, then sign in',
  '{links}。',
])('a link is found again in the workflow’s own message: %s', (message) => {
  for (const link of [
    'https://a.example/x?auth=y.z',
    'https://a.example/x?auth=(y.z)',
    'https://a.example/x.',
  ]) {
    const text = message.replace(
      '{links}',
      new URL(link).href.replace(/[()]/g, (c) => (c === '(' ? '%28' : '%29')),
    );
    expect(linksIn(text).has(fingerprintOf(link))).toBe(true);
  }
});
