import { get as request } from 'node:http';
import { expect, test } from '@jest/globals';
import { toHtml } from '../../sandbox/github/markdown.ts';
import type { GitHubSandbox, PageEvent } from '../../sandbox/github/server.ts';
import { github } from './support.ts';

const EVIL = '<script>alert(1)</script><img src=x onerror=alert(1)>"><h1>';

async function get(address: string) {
  const response = await fetch(address);
  return { status: response.status, headers: response.headers, html: await response.text() };
}

function post(address: string, fields: Record<string, string>, origin = new URL(address).origin) {
  return fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin },
    body: new URLSearchParams(fields),
  });
}

/** The text of a page, as far as that can be told without a browser. */
const textOf = (html: string) =>
  html
    .replace(/<(style|script)>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

async function issueOf(sandbox: GitHubSandbox) {
  const issue = await sandbox.openIssue({
    title: 'Connect: Globex',
    body: '### Service\n\nStripe',
    author: 'nina',
    labels: ['connect-card'],
  });
  return { issue, address: issue.html_url };
}

test('an issue has a page at its html_url: title, description, labels, comments, reactions, state', async () => {
  const sandbox = await github();
  const { issue, address } = await issueOf(sandbox);
  const { comment } = await sandbox.comment(issue, 'One **line**\nand `another`', 'tess');
  const page = await get(address);
  expect(page.status).toBe(200);
  const text = textOf(page.html);
  expect(text).toContain('Connect: Globex #1 Open nina opened this issue on ');
  expect(page.html).toMatch(/<h3>Service<\/h3>\s*<p>Stripe<\/p>/);
  expect(text).toContain('Labels connect-card');
  expect(page.html).toContain('<p>One <strong>line</strong>\nand <code>another</code></p>');
  // Where comment-url leads.
  expect(page.html).toContain(`id="${new URL(comment.html_url).hash.slice(1)}"`);
  await sandbox.editIssue(issue, { state: 'closed' }, 'ada');
  expect(textOf((await get(address)).html)).toContain('#1 Closed');
  // Pages aren't requests of a workflow's.
  expect(sandbox.requests).toEqual([]);
});

test('the first page lists all issues, but not those that are gone', async () => {
  const sandbox = await github();
  await issueOf(sandbox);
  const other = await sandbox.openIssue({ title: 'Deleted', body: '', author: 'ada' });
  sandbox.gone(other, 'deleted');
  const { html } = await get(sandbox.url);
  expect(textOf(html)).toContain('Issues of acme/onboarding open Connect: Globex connect-card');
  expect(html).not.toContain('Deleted');
  for (const path of ['issues/2', 'issues/3', 'pulls']) {
    expect((await get(`${sandbox.url}/acme/onboarding/${path}`)).status).toBe(404);
  }
});

test('a page shows text as text, whoever wrote it, and runs nothing', async () => {
  const sandbox = await github({ people: { 'ev<i>l': 'none' } });
  const issue = await sandbox.openIssue({ title: EVIL, body: EVIL, author: 'ev<i>l' });
  await sandbox.addLabel(issue, EVIL, 'tess');
  await sandbox.comment(issue, `${EVIL}\n\n</div></article>\n\n<!-- hidden -->`, 'ev<i>l');
  for (const address of [issue.html_url, sandbox.url]) {
    const { html, headers } = await get(address);
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<i>l');
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).not.toContain('hidden --');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'sha256-[\w+/=]+';/);
    expect(policy).not.toContain('unsafe');
  }
});

test.each([
  ['a <code>b</code> c', '<p>a <code>b</code> c</p>'],
  ['<!-- a\nb -->', ''],
  ['a <!-- b --> c', '<p>a  c</p>'],
  ['a <b>c', '<p>a &lt;b&gt;c</p>'],
  ['a </code> <code>c', '<p>a &lt;/code&gt; &lt;code&gt;c</p>'],
  ['<b onclick="x()">c</b>', '<p>&lt;b onclick=&quot;x()&quot;&gt;c&lt;/b&gt;</p>'],
  ['</div>', '&lt;/div&gt;'],
  ['<style>p {}</style>', '&lt;style&gt;p {}&lt;/style&gt;'],
  ['[a](javascript:alert(1))', '<p><a href="">a</a></p>'],
  ['<!-- a', '&lt;!-- a'],
])('Markdown %j becomes %j', (markdown, html) => {
  expect(toHtml(markdown).trim()).toBe(html);
});

test('people comment, label, close and reopen on the page, and open issues on the list', async () => {
  const events: PageEvent[] = [];
  const sandbox = await github({
    onEvent: async (event) => {
      events.push(event);
      return `act ${event.name} <1>`;
    },
  });
  const { issue, address } = await issueOf(sandbox);
  const comment = { action: 'comment', by: 'nina', body: '/connect-card Stripe' };
  const sent = await post(address, comment);
  expect([sent.status, sent.headers.get('location')]).toEqual([303, address]);
  expect((await sandbox.comments(issue)).at(-1)).toMatchObject({
    body: '/connect-card Stripe',
    user: { login: 'nina' },
  });
  const { html } = await get(address);
  expect(html).toContain('<pre>act issue_comment &lt;1&gt;</pre>');
  await post(address, { action: 'unlabel', by: 'tess', label: 'connect-card' });
  await post(address, { action: 'label', by: 'mallory', label: 'Other' });
  await post(address, { action: 'close', by: 'ada' });
  expect(await sandbox.issue(issue)).toMatchObject({
    state: 'closed',
    labels: [{ name: 'Other' }],
  });
  await post(address, { action: 'reopen', by: 'ada' });
  expect(
    events.map(({ name, payload }) => `${name} ${payload.action} ${payload.sender.login}`),
  ).toEqual([
    'issue_comment created nina',
    'issues unlabeled tess',
    'issues labeled mallory',
    'issues closed ada',
    'issues reopened ada',
  ]);
  const opened = await post(`${sandbox.url}/acme/onboarding/issues`, {
    ...{ action: 'open', title: 'Second', body: '### Schema\n\nacme', by: 'rhea' },
  });
  expect(opened.headers.get('location')).toBe(`${sandbox.url}/acme/onboarding/issues/2`);
  expect(await sandbox.issue(2)).toMatchObject({ title: 'Second', user: { login: 'rhea' } });
});

test('another site’s form, an unknown person and an unknown action change nothing', async () => {
  const sandbox = await github();
  const { issue, address } = await issueOf(sandbox);
  const comment = { action: 'comment', by: 'nina', body: 'Hello' };
  expect((await post(address, comment, 'https://evil.example')).status).toBe(403);
  expect(
    (await fetch(address, { method: 'POST', body: new URLSearchParams(comment) })).status,
  ).toBe(403);
  expect((await post(address, { ...comment, by: 'nobody' })).status).toBe(422);
  expect((await post(address, { ...comment, action: 'delete' })).status).toBe(422);
  expect(await sandbox.comments(issue)).toEqual([]);
});

test('only the links of the workflow’s own comments are listed for the customer, by name', async () => {
  const sandbox = await github();
  const { issue, address } = await issueOf(sandbox);
  const link = (end: string) => `http://127.0.0.1:1/connect-card/setup?redirect_uri=x&auth=${end}`;
  await sandbox.comment(issue, `Stripe: ${link('nina')}`, 'nina');
  await sandbox.comment(
    issue,
    `\`\`\`text\nGoogle Ads: ${link('a')}\nPostgreSQL (RDS): ${link('b')}\n${link('c')}\n\`\`\`\n**[Connect <Stripe>](<${link('d')}>)**`,
    'github-actions[bot]',
  );
  const [, list = ''] = (await get(address)).html.split('Be the customer');
  const links = [...list.matchAll(/<a href="([^"]+)"[^>]*>([^<]+)<\/a>/g)];
  expect(links.map(([, href, name]) => [href, name])).toEqual([
    [link('a').replace('&', '&amp;'), 'Google Ads'],
    [link('b').replace('&', '&amp;'), 'PostgreSQL (RDS)'],
    [link('c').replace('&', '&amp;'), 'Open the link'],
    [link('d').replace('&', '&amp;'), 'Connect <Stripe>'.replace('<', '&lt;').replace('>', '&gt;')],
  ]);
});

test('under another host’s name, which may lead here for a moment, there are no pages', async () => {
  const sandbox = await github();
  const { address } = await issueOf(sandbox);
  const statusFor = (host: string) =>
    new Promise((resolve, reject) => {
      request(address, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
  const { host, port } = new URL(address);
  expect(await statusFor(host)).toBe(200);
  expect(await statusFor(`localhost:${port}`)).toBe(200);
  expect(await statusFor(`rebound.example:${port}`)).toBe(421);
});
