import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { call, linkFor } from './client.ts';

let sandbox: Sandbox;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-03-01T12:00:00Z');
  sandbox = await startSandbox({ now: () => now });
});
afterEach(() => sandbox.close());

async function open(link: string) {
  const response = await fetch(link);
  return { status: response.status, headers: response.headers, html: await response.text() };
}

async function submit(link: string, fields: Record<string, string>) {
  const response = await fetch(link, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
  });
  return {
    status: response.status,
    location: response.headers.get('location'),
    html: await response.text(),
  };
}

const FILLED = { account: 'acme', user: 'sam', password: 'hunter2' };

describe('a customer', () => {
  test('sees what is being connected, and until when', async () => {
    const { link } = await linkFor(sandbox, 'acme');
    const { status, html } = await open(link);
    expect(status).toBe(200);
    for (const text of [
      'stand-in',
      'Connect Google Ads',
      'google_ads',
      '<code>acme</code> in Acme',
    ]) {
      expect(html).toContain(text);
    }
    expect(html).toContain('Mon, 02 Mar 2026 12:00 UTC');
    expect(html).toContain('Setup guide');
    expect(html).not.toContain('<script');
    for (const field of ['account', 'user', 'password']) {
      expect(html).toContain(`<label for="${field}">`);
      expect(html).toContain(`id="${field}"`);
    }
    expect(html).not.toContain('time_zone');
  });

  test('sees more fields, or no guide, when the card says so', async () => {
    const { link } = await linkFor(sandbox, 'acme', { all_fields: true, hide_setup_guide: true });
    const { html } = await open(link);
    expect(html).toContain('time_zone');
    expect(html).not.toContain('Setup guide');
  });

  test('fills it in and lands on the redirect; the link is spent', async () => {
    const { id, link, redirect } = await linkFor(sandbox, 'acme');
    // The redirect has a query already.
    const location = `${redirect}&id=${id}`;
    expect(await submit(link, FILLED)).toMatchObject({ status: 303, location });
    expect((await call(sandbox, 'GET', `/v1/connections/${id}`)).data.status.setup_state).toBe(
      'connected',
    );
    const again = await open(link);
    expect(again.status).toBe(200);
    expect(again.html).toContain('All done');
    expect(again.html).not.toContain('<form');
    await expect(sandbox.completeCard(link)).rejects.toThrow(/All done/);
  });

  test('comes back with the id before the fragment of the redirect', async () => {
    const { id, link } = await linkFor(sandbox, 'acme', { redirect_uri: 'https://a.example/#b' });
    expect(await sandbox.completeCard(link)).toBe(`https://a.example/?id=${id}#b`);
  });

  test('connects a broken connection', async () => {
    const { link } = await linkFor(sandbox, 'acme');
    for (const connection of sandbox.connections) connection.status.setup_state = 'broken';
    await sandbox.completeCard(link);
    expect(sandbox.connections[0]?.status.setup_state).toBe('connected');
  });

  test('is told which fields are missing, and keeps what was typed but the password', async () => {
    const { link } = await linkFor(sandbox, 'acme');
    const fields = { account: 'a"><b>', user: '  ', password: 'hunter2' };
    const { status, html } = await submit(link, fields);
    expect(status).toBe(422);
    expect(html).toContain('role="alert"');
    expect(html).toContain('User name is needed.');
    expect(html).not.toContain('Account is needed.');
    expect(html).toContain('value="a&quot;&gt;&lt;b&gt;"');
    expect(html).not.toContain('hunter2');
    expect(sandbox.connections[0]?.status.setup_state).toBe('incomplete');
  });

  test('may cancel', async () => {
    const { link } = await linkFor(sandbox, 'acme');
    const { status, html } = await submit(link, { ...FILLED, action: 'cancel' });
    expect(status).toBe(200);
    expect(html).toContain('Nothing was saved');
    expect(sandbox.connections[0]?.status.setup_state).toBe('incomplete');
  });

  test('is played by completeCard, for the link of the 2022 guide as well', async () => {
    const { id } = sandbox.addConnection({ groupId: 'acme_group', service: 'jira', schema: 'a' });
    const { json } = await call(sandbox, 'POST', `/v1/connectors/${id}/connect-card-token`);
    const link = `https://fivetran.com/connect-card/setup?redirect_uri=${encodeURIComponent(
      'https://example.com/back',
    )}&auth=${json.token}`;
    expect(await sandbox.completeCard(link)).toBe(`https://example.com/back?id=${id}`);
    await expect(sandbox.completeCard('https://example.com/')).rejects.toThrow(/neither/);
  });
});

describe('a link that does not work', () => {
  type Spoil = (link: URL, id: string) => unknown;
  test.each<[string, Spoil, number, RegExp]>([
    ['without its token', (link) => link.searchParams.delete('auth'), 400, /incomplete/],
    ['with another token', (link) => link.searchParams.set('auth', 'abc'), 403, /not valid/],
    [
      'with an altered token',
      (link) => link.searchParams.set('auth', `${link.searchParams.get('auth')?.slice(0, -1)}_`),
      403,
      /not valid/,
    ],
    ['without its redirect', (link) => link.searchParams.delete('redirect_uri'), 400, /incomplete/],
    [
      'with a script for a redirect',
      (link) => link.searchParams.set('redirect_uri', 'javascript:alert(1)'),
      400,
      /incomplete/,
    ],
    [
      'with another redirect',
      (link) => link.searchParams.set('redirect_uri', 'https://evil.example'),
      403,
      /not valid/,
    ],
    ['older than a day', () => (now += 86_400_001), 410, /expired/],
    [
      'older than the newest',
      (_link, id) =>
        call(sandbox, 'POST', `/v1/connections/${id}/connect-card`, {
          connect_card_config: { redirect_uri: 'https://example.com/done?from=card&n=1' },
        }),
      410,
      /newer link/,
    ],
    [
      'of a deleted connection',
      (_link, id) => call(sandbox, 'DELETE', `/v1/connections/${id}`),
      410,
      /gone/,
    ],
  ])('%s', async (_what, spoil, status, heading) => {
    const { id, link } = await linkFor(sandbox, 'acme');
    const spoilt = new URL(link);
    await spoil(spoilt, id);
    const opened = await open(spoilt.href);
    expect(opened.status).toBe(status);
    expect(opened.html).toMatch(heading);
    expect(await submit(spoilt.href, FILLED)).toMatchObject({ status, location: null });
    await expect(sandbox.completeCard(spoilt.href)).rejects.toThrow(heading);
    expect(sandbox.connections.map((one) => one.status.setup_state)).not.toContain('connected');
  });

  test('works until the very end of its day', async () => {
    const { id, link, redirect } = await linkFor(sandbox, 'acme');
    now += 86_400_000;
    expect(await sandbox.completeCard(link)).toBe(`${redirect}&id=${id}`);
  });

  test('to another page', async () => {
    expect((await open(`${sandbox.url}/connect-card/other`)).status).toBe(404);
  });
});

describe('what is shown can do no harm', () => {
  test('text from elsewhere is escaped', async () => {
    const evil = '"><script>alert(1)</script>';
    const redirect = `https://example.com/?q=${evil}`;
    sandbox.options.groups = [{ id: 'acme_group', name: evil }];
    const { id } = sandbox.addConnection({ groupId: 'acme_group', service: evil, schema: evil });
    const { data } = await call(sandbox, 'POST', `/v1/connections/${id}/connect-card`, {
      connect_card_config: { redirect_uri: redirect },
    });
    const { html } = await open(data.connect_card.uri);
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script');
    // Node sends a header as ASCII, so the address comes back encoded.
    expect(new URL((await submit(data.connect_card.uri, FILLED)).location ?? '').href).toBe(
      new URL(`${redirect}&id=${id}`).href,
    );
  });

  test.each([
    ['https://example.com:8443/x', 'https://example.com:8443'],
    ['http://127.0.0.1:3000/x', 'http://127.0.0.1:3000'],
    ['https://a;script-src.example/', 'https:'],
    ['http://[::1]:3000/', 'http:'],
  ])('the policy lets the form lead to %s only', async (redirect, source) => {
    const { link } = await linkFor(sandbox, 'acme', { redirect_uri: redirect });
    const { headers } = await open(link);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect(headers.get('content-security-policy')).toContain(`; form-action 'self' ${source}; `);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('visits to the page are no requests of the API', async () => {
    const { link } = await linkFor(sandbox, 'acme');
    await sandbox.completeCard(link);
    expect(sandbox.requests).toHaveLength(1);
  });
});
