import { afterEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/fivetran/server.ts';
import { call, google } from './client.ts';

let sandbox: Sandbox;

async function start(options?: SandboxOptions): Promise<Sandbox> {
  sandbox = await startSandbox(options);
  return sandbox;
}

afterEach(() => sandbox.close());

describe('making a link', () => {
  test('one request makes the connection and the card', async () => {
    await start();
    const made = await call(sandbox, 'POST', '/v1/connections', google('acme', { paused: true }));

    expect(made.status).toBe(201);
    expect(made.code).toBe('Success');
    expect(made.data).toMatchObject({
      service: 'google_ads',
      schema: 'acme',
      group_id: 'acme_group',
      paused: true,
      status: { setup_state: 'incomplete', sync_state: 'paused' },
    });
    expect(made.data.id).toMatch(/^[a-z]+_[a-z]+$/);
    expect(made.data.setup_tests).toBeUndefined();
    const uri = new URL(made.data.connect_card.uri);
    expect(`${uri.origin}${uri.pathname}`).toBe(`${sandbox.url}/connect-card/setup`);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      redirect_uri: 'https://example.com/done?from=card&n=1',
      auth: made.data.connect_card.token,
    });
    expect(sandbox.connections).toHaveLength(1);
  });

  test('a card for a connection that exists', async () => {
    await start();
    const { id } = sandbox.addConnection({
      groupId: 'acme_group',
      service: 'postgres',
      schema: 'acme',
    });
    const made = await call(sandbox, 'POST', `/v1/connections/${id}/connect-card`, {
      connect_card_config: { redirect_uri: 'https://example.com', hide_setup_guide: true },
    });
    expect(made.status).toBe(200);
    expect(made.data.connector_id).toBe(id);
    expect(made.data.connect_card.uri).toMatch(/&hide_setup_guide=true$/);
  });

  test('the two requests of the 2022 guide', async () => {
    await start();
    const { connect_card_config, ...body } = google('acme');
    const made = await call(sandbox, 'POST', '/v1/connectors', body);
    expect(made.status).toBe(201);
    const path = `/v1/connectors/${made.data.id}/connect-card-token`;
    const token = await call(sandbox, 'POST', path);
    expect(token.json).toEqual({ token: expect.stringMatching(/^eyJ/) });

    expect(await call(sandbox, 'POST', path, {})).toMatchObject({ status: 400 });
    expect(await call(sandbox, 'POST', '/v1/connectors', google('other'))).toMatchObject({
      status: 400,
      message: expect.stringContaining('connect_card_config'),
    });
  });

  test('a token is a JWT with the time it was made and no expiry', async () => {
    await start({ now: () => 1_700_000_000_900 });
    const made = await call(sandbox, 'POST', '/v1/connections', google('acme'));
    const [header, payload, signature] = made.data.connect_card.token
      .split('.')
      .map((part: string) => Buffer.from(part, 'base64url'));
    expect(JSON.parse(header)).toEqual({ typ: 'JWT', alg: 'HS256' });
    const claims = JSON.parse(payload);
    expect(claims).toMatchObject({ iat: 1_700_000_000, d: { connector: made.data.id } });
    expect(claims.exp).toBeUndefined();
    expect(signature).toHaveLength(32);
    expect(made.headers.get('date')).toBe('Tue, 14 Nov 2023 22:13:20 GMT');
  });

  test('a token may be opaque', async () => {
    await start({ cardTokens: 'opaque' });
    const made = await call(sandbox, 'POST', '/v1/connections', google('acme'));
    expect(made.data.connect_card.token).toMatch(/^[\w-]{43}$/);
  });

  test.each([
    ['google_ads', { schema: 'a' }, 'a'],
    ['google_sheets', { schema: 'a', table: 'b' }, 'a.b'],
    ['postgres', { schema_prefix: 'a' }, 'a'],
    ['db2luw', { schema_prefix: 'a', schema: 'SOURCE' }, 'a'],
    ['dropbox', { schema: 'a', table_group_name: 'b' }, 'a.b'],
  ])('the name of a %s connection', async (service, config, name) => {
    await start();
    const made = await call(sandbox, 'POST', '/v1/connections', google('x', { service, config }));
    expect(made).toMatchObject({ status: 201, data: { schema: name } });
  });

  test('SOURCE_NAMING takes names as the source has them', async () => {
    await start();
    const body = google('Acme Data', { destination_schema_names: 'SOURCE_NAMING' });
    expect(await call(sandbox, 'POST', '/v1/connections', body)).toMatchObject({ status: 201 });
  });

  test('a client that forgets to switch the setup tests off gets a broken connection', async () => {
    await start();
    const { run_setup_tests, ...body } = google('acme');
    const made = await call(sandbox, 'POST', '/v1/connections', body);
    expect(made.data).toMatchObject({
      status: { setup_state: 'broken' },
      setup_tests: [{ status: 'FAILED' }],
    });
  });
});

describe('reading', () => {
  test('pages of a listing, whatever is made or deleted meanwhile', async () => {
    await start();
    for (let n = 0; n < 5; n += 1) {
      sandbox.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: `s${n}` });
      sandbox.addConnection({ groupId: 'other_group', service: 'google_ads', schema: `s${n}` });
    }
    const path = '/v1/groups/acme_group/connections?limit=2';
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await call(sandbox, 'GET', cursor ? `${path}&cursor=${cursor}` : path);
      names.push(...page.data.items.map((item: { schema: string }) => item.schema));
      if (!cursor) await call(sandbox, 'DELETE', `/v1/connections/${page.data.items[1].id}`);
      cursor = page.data.next_cursor;
    } while (cursor);
    expect(names).toEqual(['s0', 's1', 's2', 's3', 's4']);
    expect((await call(sandbox, 'GET', '/v1/connections')).data.items).toHaveLength(9);
    expect(sandbox.connections).toHaveLength(9);
  });

  test('an exactly full last page has no cursor', async () => {
    await start();
    sandbox.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: 'a' });
    const { data } = await call(sandbox, 'GET', '/v1/connections?limit=1');
    expect(data.next_cursor).toBeUndefined();
  });

  test('a look-up is exact', async () => {
    await start();
    for (const schema of ['acme', 'acme.data', 'acme_2']) {
      sandbox.addConnection({ groupId: 'acme_group', service: 'google_ads', schema });
    }
    for (const path of ['/v1/groups/acme_group/connections?', '/v1/connections?']) {
      for (const [name, count] of [
        ['acme', 1],
        ['acm', 0],
        ['ACME', 0],
      ]) {
        const { data } = await call(sandbox, 'GET', `${path}schema=${name}`);
        expect(data.items).toHaveLength(Number(count));
      }
    }
    const elsewhere = '/v1/connections?group_id=other_group&schema=acme';
    expect((await call(sandbox, 'GET', elsewhere)).data.items).toEqual([]);
  });

  test('groups and the account', async () => {
    await start();
    const first = await call(sandbox, 'GET', '/v1/groups?limit=1');
    expect(first.data.items).toMatchObject([{ id: 'acme_group', name: 'Acme' }]);
    const second = await call(sandbox, 'GET', `/v1/groups?cursor=${first.data.next_cursor}`);
    expect(second.data.items).toMatchObject([{ id: 'other_group' }]);
    expect(second.data.next_cursor).toBeUndefined();
    expect(await call(sandbox, 'GET', '/v1/groups/acme_group')).toMatchObject({ status: 200 });
    expect(await call(sandbox, 'GET', '/v1/account/info')).toMatchObject({ status: 200 });
  });

  test('setup tests pass once the customer has connected', async () => {
    await start();
    const connection = sandbox.addConnection({
      groupId: 'acme_group',
      service: 'google_ads',
      schema: 'acme',
      setupState: 'connected',
      createdAt: '2024-05-01T00:00:00Z',
    });
    const tested = await call(sandbox, 'POST', `/v1/connections/${connection.id}/test`, {});
    expect(tested.data).toMatchObject({
      created_at: '2024-05-01T00:00:00Z',
      setup_tests: [{ status: 'PASSED' }],
    });
    expect(await call(sandbox, 'POST', `/v1/connections/${connection.id}/test`)).toMatchObject({
      status: 400,
    });
    connection.status.setup_state = 'incomplete';
    await call(sandbox, 'POST', `/v1/connections/${connection.id}/test`, {});
    const read = await call(sandbox, 'GET', `/v1/connections/${connection.id}`);
    expect(read.data.status.setup_state).toBe('broken');
  });

  test('a new connection is missing from listings while it settles, and its name is taken', async () => {
    let now = 1_000_000;
    await start({ settlingMs: 500, now: () => now });
    const { data } = await call(sandbox, 'POST', '/v1/connections', google('acme'));
    const found = async () =>
      (await call(sandbox, 'GET', '/v1/groups/acme_group/connections?schema=acme')).data.items;
    expect(await found()).toEqual([]);
    expect(await call(sandbox, 'GET', `/v1/connections/${data.id}`)).toMatchObject({ status: 200 });
    expect(await call(sandbox, 'POST', '/v1/connections', google('acme'))).toMatchObject({
      status: 409,
    });
    now += 500;
    expect(await found()).toHaveLength(1);
  });
});

describe('a second connection of the same name', () => {
  test.each([
    ['refuse-409', 409, 'Conflict'],
    ['refuse-400', 400, 'InvalidInput'],
    ['accept', 201, 'Success'],
  ] as const)('%s', async (duplicates, status, code) => {
    await start();
    await call(sandbox, 'POST', '/v1/connections', google('acme'));
    sandbox.options.duplicates = duplicates;
    const second = await call(sandbox, 'POST', '/v1/connections', google('acme'));
    expect(second).toMatchObject({ status, code });
    const { data } = await call(sandbox, 'GET', '/v1/connections?schema=acme');
    expect(data.items).toHaveLength(duplicates === 'accept' ? 2 : 1);
  });

  test('is no duplicate in another group, nor after a deletion', async () => {
    await start();
    const { data } = await call(sandbox, 'POST', '/v1/connections', google('acme'));
    const elsewhere = google('acme', { group_id: 'other_group' });
    expect(await call(sandbox, 'POST', '/v1/connections', elsewhere)).toMatchObject({
      status: 201,
    });
    await call(sandbox, 'DELETE', `/v1/connections/${data.id}`);
    expect(await call(sandbox, 'POST', '/v1/connections', google('acme'))).toMatchObject({
      status: 201,
    });
  });
});

describe('the rate limit', () => {
  test('is counted over the last hour', async () => {
    let now = 10_000_000;
    await start({ rateLimit: 2, now: () => now });
    const ask = () => call(sandbox, 'GET', '/v1/groups');
    const first = await ask();
    expect(first.headers.get('x-rate-limit')).toBe('2');
    expect(first.headers.get('x-rate-limit-remaining')).toBe('1');
    now += 60_000;
    expect((await ask()).headers.get('x-rate-limit-remaining')).toBe('0');

    now += 60_000;
    const refused = await ask();
    expect(refused).toMatchObject({ status: 429, code: 'TooManyRequests' });
    expect(refused.headers.get('retry-after')).toBe('3480');
    expect(refused.headers.get('x-rate-limit-remaining')).toBe('0');

    now += 3_480_000;
    expect(await ask()).toMatchObject({ status: 200 });
    expect(await ask()).toMatchObject({ status: 429 });
  });

  test('is not used up by somebody without the key', async () => {
    await start({ rateLimit: 1 });
    await call(sandbox, 'GET', '/v1/groups', undefined, { headers: { Authorization: '' } });
    expect(await call(sandbox, 'GET', '/v1/groups')).toMatchObject({ status: 200 });
  });
});

test('requests are recorded with their answers, in order', async () => {
  await start();
  await call(sandbox, 'POST', '/v1/connections', google('acme'));
  await call(sandbox, 'GET', '/v1/connections?schema=acme&limit=5');
  await call(sandbox, 'POST', '/v1/connections', undefined, { text: '{' });
  expect(sandbox.requests).toMatchObject([
    {
      method: 'POST',
      path: '/v1/connections',
      headers: { accept: 'application/json;version=2' },
      body: google('acme'),
      status: 201,
      response: { code: 'Success', data: { id: sandbox.connections[0]?.id } },
      at: expect.any(Number),
    },
    { method: 'GET', query: { schema: 'acme', limit: '5' }, body: undefined, status: 200 },
    { body: undefined, status: 400, response: { code: 'InvalidInput' } },
  ]);
});

test('thousands of connections stay quick', async () => {
  await start();
  for (let n = 0; n < 10_000; n += 1) {
    sandbox.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: `s${n}` });
  }
  expect(new Set(sandbox.connections.map(({ id }) => id)).size).toBe(10_000);
  // CPU time: a busy machine makes everything else take longer.
  const begun = process.cpuUsage();
  for (let n = 0; n < 100; n += 1) {
    const path = `/v1/groups/acme_group/connections?schema=s${n * 100}`;
    expect((await call(sandbox, 'GET', path)).data.items).toHaveLength(1);
  }
  const { user, system } = process.cpuUsage(begun);
  expect((user + system) / 1000).toBeLessThan(2000);
});
