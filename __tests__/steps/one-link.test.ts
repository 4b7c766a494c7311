import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { forget, runStep } from '../../sandbox/runner/run.ts';
import { CERTIFICATE, secureFront } from '../support/front.ts';
import { linkStep, onlyResult, sent } from '../support/step.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

describe('a link for a new connection', () => {
  test('is created in a single request after one look, and a customer can complete its card', async () => {
    const step = await linkStep(sandbox, { 'redirect-uri': 'https://example.com/thanks?a=1&b=2' });

    expect(step.exitCode).toBe(0);
    expect(sent(sandbox)).toEqual(['GET /v1/groups/{group}/connections', 'POST /v1/connections']);
    const [connection] = sandbox.connections;
    expect(step.outputs).toMatchObject({
      'connection-id': connection?.id,
      service: 'google_ads',
      schema: 'acme',
      'group-id': 'acme_group',
      created: 'true',
      'setup-state': 'incomplete',
      outcome: 'linked',
    });
    expect(await sandbox.completeCard(step.outputs.link ?? '')).toMatch(
      /^https:\/\/example\.com\/thanks\?a=1&b=2/,
    );
    expect(connection?.status.setup_state).toBe('connected');
  });

  test('asks for what the spec promises: no setup tests, Fivetran naming, the card', async () => {
    await linkStep(sandbox, { 'hide-setup-guide': 'true', 'all-fields': 'true' });
    expect(sandbox.requests.at(-1)?.body).toEqual({
      group_id: 'acme_group',
      service: 'google_ads',
      run_setup_tests: false,
      destination_schema_names: 'FIVETRAN_NAMING',
      config: { schema: 'acme' },
      connect_card_config: {
        redirect_uri: 'https://fivetran.com',
        hide_setup_guide: true,
        all_fields: true,
      },
    });
  });

  test('sends the headers that Fivetran requires', async () => {
    await linkStep(sandbox);
    for (const { headers } of sandbox.requests) {
      expect(headers).toMatchObject({
        accept: 'application/json;version=2',
        authorization: `Basic ${Buffer.from('sandbox-key:sandbox-secret').toString('base64')}`,
        'user-agent': expect.stringMatching(/^connect-card-link\/\d+\.\d+\.\d+$/),
      });
    }
    expect(sandbox.requests.at(-1)?.headers['content-type']).toBe('application/json');
  });

  test('uses one connection for both requests', async () => {
    const front = await secureFront(sandbox.url);
    const step = await linkStep(
      sandbox,
      { 'fivetran-api-url': `https://localhost:${front.port}` },
      { env: { NODE_EXTRA_CA_CERTS: CERTIFICATE } },
    );
    await front.close();
    expect(step.outputs.outcome).toBe('linked');
    expect(sandbox.requests).toHaveLength(2);
    expect(front.connections()).toBe(1);
  });

  test('merges config and settings, from YAML or JSON', async () => {
    await linkStep(sandbox, {
      config: 'customer_id: "12-34"\naccounts: [a, b]',
      settings:
        '{"paused": true, "sync_frequency": 60, "destination_schema_names": "SOURCE_NAMING"}',
    });
    expect(sandbox.requests.at(-1)?.body).toMatchObject({
      paused: true,
      sync_frequency: 60,
      destination_schema_names: 'SOURCE_NAMING',
      config: { schema: 'acme', customer_id: '12-34', accounts: ['a', 'b'] },
    });
  });

  test('expires one day after the token was issued', async () => {
    const step = await linkStep(sandbox);
    const [, payload = ''] = (step.outputs.token ?? '').split('.');
    const { iat } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(step.outputs['expires-at']).toBe(new Date((iat + 86_400) * 1000).toISOString());
    expect(step.outputs.link).toContain(step.outputs.token);
  });

  test('still has a time of expiry where the token is opaque', async () => {
    sandbox.options.cardTokens = 'opaque';
    const step = await linkStep(sandbox);
    const hours = (Date.parse(step.outputs['expires-at'] ?? '') - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThan(24.1);
  });

  test('has the same in results and in results-file', async () => {
    const step = await runStep({
      with: {
        'fivetran-api-key': sandbox.apiKey,
        'fivetran-api-secret': sandbox.apiSecret,
        'fivetran-api-url': sandbox.url,
        'group-id': 'acme_group',
        service: 'google_sheets',
        schema: 'acme',
        table: 'budget',
      },
    });
    const [connection] = sandbox.connections;
    expect(onlyResult(step)).toEqual({
      name: null,
      service: 'google_sheets',
      service_name: 'Google Sheets',
      schema: 'acme',
      table: 'budget',
      connection_name: 'acme.budget',
      outcome: 'linked',
      group_id: 'acme_group',
      connection_id: connection?.id,
      link: step.outputs.link,
      created: true,
      setup_state: 'incomplete',
      expires_at: step.outputs['expires-at'],
      extra: null,
      error: null,
    });
    expect(await readFile(step.outputs['results-file'] ?? '', 'utf8')).toBe(step.outputs.results);
    await forget(step);
  });

  test('takes one request with on-existing: ignore', async () => {
    await linkStep(sandbox, { 'on-existing': 'ignore' });
    expect(sent(sandbox)).toEqual(['POST /v1/connections']);
  });

  test('gets a card of its own when the create response has none', async () => {
    sandbox.fault({ on: 'create', effect: 'done', answer: 'no-card' });
    const step = await linkStep(sandbox);
    expect(step.exitCode).toBe(0);
    expect(step.outputs).toMatchObject({ created: 'true', outcome: 'linked' });
    expect(sent(sandbox).at(-1)).toBe('POST /v1/connections/{id}/connect-card');
    expect(sandbox.connections).toHaveLength(1);
  });
});

describe('with the endpoints of the 2022 guide', () => {
  test('creates, asks for a token with an empty body, and builds the link', async () => {
    const step = await linkStep(sandbox, {
      'fivetran-api': 'connectors',
      'redirect-uri': 'https://example.com/a b?x=1&y=ü',
      'hide-setup-guide': 'true',
    });
    expect(sent(sandbox)).toEqual([
      'GET /v1/groups/{group}/connections',
      'POST /v1/connectors',
      'POST /v1/connectors/{id}/connect-card-token',
    ]);
    expect(sandbox.requests.at(-1)?.body).toBeUndefined();
    expect(sandbox.requests.at(-2)?.body).not.toHaveProperty('connect_card_config');
    expect(step.outputs.link).toBe(
      `https://fivetran.com/connect-card/setup?redirect_uri=https%3A%2F%2Fexample.com%2Fa%20b%3Fx%3D1%26y%3D%C3%BC&auth=${step.outputs.token}&hide_setup_guide=true`,
    );
    expect(step.outputs).toMatchObject({ created: 'true', outcome: 'linked' });
    expect(step.masks).toEqual(expect.arrayContaining([step.outputs.link, step.outputs.token]));
  });

  test('warns that all-fields has no effect', async () => {
    const step = await linkStep(sandbox, { 'fivetran-api': 'connectors', 'all-fields': 'true' });
    expect(step.annotations).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('all-fields') }),
    );
  });
});

describe('when a connection of that name exists', () => {
  const existing = { groupId: 'acme_group', service: 'google_ads', schema: 'acme' };

  test('reuse creates a fresh link and changes nothing', async () => {
    const { id } = sandbox.addConnection(existing);
    const step = await linkStep(sandbox, { settings: 'paused: true' });
    expect(sent(sandbox)).toEqual([
      'GET /v1/groups/{group}/connections',
      'POST /v1/connections/{id}/connect-card',
    ]);
    expect(step.outputs).toMatchObject({
      'connection-id': id,
      created: 'false',
      outcome: 'linked',
    });
    expect(step.log).toContain('config and settings are ignored');
    await sandbox.completeCard(step.outputs.link ?? '');
  });

  test('reuse of one that is connected creates no card', async () => {
    const { id } = sandbox.addConnection({ ...existing, setupState: 'connected' });
    const step = await linkStep(sandbox);
    expect(step.exitCode).toBe(0);
    expect(sent(sandbox)).toEqual(['GET /v1/groups/{group}/connections']);
    expect(step.outputs).toMatchObject({
      'connection-id': id,
      created: 'false',
      'setup-state': 'connected',
      outcome: 'connected',
    });
    expect(step.outputs).not.toHaveProperty('link');
  });

  test('reuse of another service is refused', async () => {
    sandbox.addConnection({ ...existing, service: 'hubspot' });
    const step = await linkStep(sandbox);
    expect(step.exitCode).toBe(1);
    expect(onlyResult(step).error.code).toBe('name-taken');
    expect(sent(sandbox)).toEqual(['GET /v1/groups/{group}/connections']);
  });

  test('reuse with two of them names both and chooses neither', async () => {
    sandbox.options.duplicates = 'accept';
    const ids = [sandbox.addConnection(existing).id, sandbox.addConnection(existing).id];
    const step = await linkStep(sandbox);
    expect(onlyResult(step).error.code).toBe('duplicate-connection');
    for (const id of ids) expect(step.log).toContain(id);
    expect(sandbox.connections).toHaveLength(2);
  });

  test('fail stops before anything is created', async () => {
    sandbox.addConnection(existing);
    const step = await linkStep(sandbox, { 'on-existing': 'fail' });
    expect(step.exitCode).toBe(1);
    expect(onlyResult(step).error.code).toBe('name-taken');
    expect(sandbox.connections).toHaveLength(1);
  });

  test.each(['refuse-400', 'refuse-409'] as const)(
    'ignore is name-taken on a server that refuses (%s)',
    async (duplicates) => {
      sandbox.options.duplicates = duplicates;
      sandbox.addConnection(existing);
      const step = await linkStep(sandbox, { 'on-existing': 'ignore' });
      expect(onlyResult(step).error.code).toBe('name-taken');
    },
  );

  test('ignore creates a second one on a server that accepts it', async () => {
    sandbox.options.duplicates = 'accept';
    sandbox.addConnection(existing);
    const step = await linkStep(sandbox, { 'on-existing': 'ignore' });
    expect(step.outputs).toMatchObject({ created: 'true', outcome: 'linked' });
    expect(sandbox.connections).toHaveLength(2);
  });

  test('created by somebody else between look and create: reuse goes on with it', async () => {
    sandbox.fault({ on: 'create', effect: 'done', answer: { status: 409, code: 'Conflict' } });
    const step = await linkStep(sandbox);
    expect(step.outputs).toMatchObject({ created: 'false', outcome: 'linked' });
    expect(sandbox.connections).toHaveLength(1);
  });
});

describe('with destination_schema_names: SOURCE_NAMING, where equal names are legitimate', () => {
  const settings = 'destination_schema_names: SOURCE_NAMING';
  const existing = { groupId: 'acme_group', service: 'google_ads', schema: 'acme' };
  beforeEach(() => {
    sandbox.options.duplicates = 'accept';
  });

  test('reuse goes on with the one of the service, beside one of another', async () => {
    sandbox.addConnection({ ...existing, service: 'hubspot' });
    const { id } = sandbox.addConnection(existing);
    const step = await linkStep(sandbox, { settings });
    expect(step.outputs).toMatchObject({
      outcome: 'linked',
      'connection-id': id,
      created: 'false',
    });
  });

  test('a connection of another service doesn’t take the name', async () => {
    sandbox.addConnection({ ...existing, service: 'hubspot' });
    const step = await linkStep(sandbox, { settings });
    expect(step.outputs).toMatchObject({ outcome: 'linked', created: 'true' });
    expect(sandbox.connections).toHaveLength(2);
  });

  test('several of the service: the error names them and asks for connection-id', async () => {
    const ids = [sandbox.addConnection(existing).id, sandbox.addConnection(existing).id];
    const step = await linkStep(sandbox, { settings });
    const { code, message, fix } = onlyResult(step).error;
    expect(code).toBe('duplicate-connection');
    for (const id of ids) expect(message).toContain(id);
    expect(fix).toBe('Set connection-id to the id of the one that is meant.');
  });

  test('a create that is refused for another reason isn’t taken for a name in use', async () => {
    sandbox.addConnection(existing);
    const answer = { status: 400, code: 'InvalidInput', message: 'Odd.' };
    sandbox.fault({ on: 'create', answer });
    const step = await linkStep(sandbox, { settings, 'on-existing': 'ignore' });
    expect(onlyResult(step).error).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('Odd'),
      fix: expect.any(String),
    });
  });
});

test('a connection that is deleted between the look and its card: what to do isn’t about an id that nobody gave', async () => {
  const { id } = sandbox.addConnection({
    groupId: 'acme_group',
    service: 'google_ads',
    schema: 'acme',
  });
  sandbox.fault({ on: 'card', meanwhile: () => sandbox.removeConnection(id) });
  const step = await linkStep(sandbox);
  expect(onlyResult(step)).toMatchObject({
    outcome: 'failed',
    connection_id: id,
    error: {
      code: 'unknown-connection',
      fix: expect.stringContaining('Otherwise the connection was deleted meanwhile'),
    },
  });
  expect((await linkStep(sandbox)).outputs).toMatchObject({ outcome: 'linked', created: 'true' });
});

describe('a link for a connection by its id', () => {
  test('needs no group, and reports what the connection is', async () => {
    const { id } = sandbox.addConnection({
      groupId: 'other_group',
      service: 'hubspot',
      schema: 'crm',
      setupState: 'broken',
    });
    const step = await linkStep(sandbox, { 'connection-id': id });
    expect(step.outputs).toMatchObject({
      'connection-id': id,
      service: 'hubspot',
      schema: 'crm',
      'group-id': 'other_group',
      created: 'false',
      'setup-state': 'broken',
      outcome: 'linked',
    });
  });

  test('in another group than the step names: what is so is reported', async () => {
    const { id } = sandbox.addConnection({
      groupId: 'other_group',
      service: 'hubspot',
      schema: 'crm',
    });
    const step = await linkStep(sandbox, { 'connection-id': id, 'group-id': 'acme_group' });
    expect(step.outputs).toMatchObject({ 'group-id': 'other_group', outcome: 'linked' });
  });

  test('that doesn’t exist', async () => {
    const step = await linkStep(sandbox, { 'connection-id': 'no_such' });
    expect(onlyResult(step)).toMatchObject({
      outcome: 'failed',
      connection_id: 'no_such',
      error: { code: 'unknown-connection' },
    });
  });
});

describe('a dry run', () => {
  test('shows what would be sent, without a value that may be secret, and writes nothing', async () => {
    const step = await linkStep(sandbox, {
      'dry-run': 'true',
      config: 'api_token: hunter2hunter2\nnested: {password: swordfish}',
      settings: 'auth: {client_secret: opensesame}\npaused: true',
    });
    expect(step.exitCode).toBe(0);
    expect(step.outputs.outcome).toBe('dry-run');
    expect(sandbox.requests.map(({ method }) => method)).toEqual(['GET']);
    expect(step.log).toContain('POST /v1/connections');
    expect(step.log).toContain('"paused": true');
    expect(step.log).toContain('"schema": "acme"');
    expect(step.log).toContain('api_token');
    expect(step.summary).toContain('✅ **Dry run: nothing was created or changed.**');
    expect(step.summary).toContain('1 connection would be created.');
    expect(step.summary).toContain('`config.api_token`, `config.nested`, `auth`, `paused`');
    for (const secret of ['hunter2', 'swordfish', 'opensesame']) {
      expect(step.raw + step.summary + JSON.stringify(step.outputs)).not.toContain(secret);
    }
  });

  test('with on-existing: ignore shows a create request, whatever exists', async () => {
    await linkStep(sandbox);
    const step = await linkStep(sandbox, { 'dry-run': 'true', 'on-existing': 'ignore' });
    expect(step.outputs.outcome).toBe('dry-run');
    expect(step.log).toContain('POST /v1/connections');
    expect(sandbox.connections).toHaveLength(1);
  });

  test('finds a wrong key and a wrong group with any on-existing', async () => {
    const wrongKey = await linkStep(sandbox, {
      'dry-run': 'true',
      'fivetran-api-secret': 'not-the-secret',
      'on-existing': 'ignore',
    });
    expect(onlyResult(wrongKey).error.code).toBe('unauthorized');
    const wrongGroup = await linkStep(sandbox, { 'dry-run': 'true', 'group-id': 'nowhere' });
    expect(onlyResult(wrongGroup).error.code).toBe('unknown-group');
  });
});
