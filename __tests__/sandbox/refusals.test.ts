import { afterEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { call, google } from './client.ts';

let sandbox: Sandbox;

async function start(): Promise<Sandbox> {
  sandbox = await startSandbox();
  return sandbox;
}

afterEach(() => sandbox.close());

/** A create request that differs from a good one by `change`, and how it is refused. */
interface Refusal {
  what: string;
  change: object;
  message: RegExp;
  /** 400 unless told otherwise. */
  status?: number;
  /** `InvalidInput` unless told otherwise. */
  code?: string;
}

describe('what is refused', () => {
  test.each([
    { extras: { headers: { Authorization: '' } }, status: 401, code: 'AuthFailed' },
    {
      extras: { headers: { Authorization: `Basic ${btoa('sandbox-key:wrong')}` } },
      status: 401,
      code: 'AuthFailed',
    },
    {
      extras: { headers: { Authorization: 'Bearer sandbox-key' } },
      status: 401,
      code: 'AuthFailed',
    },
    { extras: { headers: { Accept: 'text/html' } }, status: 406, code: 'NotAcceptable' },
    {
      extras: { headers: { 'Content-Type': 'text/plain' } },
      status: 415,
      code: 'UnsupportedMediaType',
    },
    { extras: { text: '{"group_id": ' }, status: 400, code: 'InvalidInput' },
    { extras: { text: '[]' }, status: 400, code: 'InvalidInput' },
    { extras: { text: '' }, status: 400, code: 'InvalidInput' },
  ])('a create request with $extras', async ({ extras, status, code }) => {
    await start();
    const answer = await call(sandbox, 'POST', '/v1/connections', google('acme'), extras);
    expect(answer).toMatchObject({ status, code });
    expect(answer.message).toMatch(/\w+ .*\.$/);
    expect(sandbox.connections).toEqual([]);
  });

  test.each<Refusal>([
    { what: 'an unknown field', change: { shema: 'acme' }, message: /"shema" is not a known/ },
    { what: 'a field of Object', change: { toString: 'x' }, message: /"toString" is not a known/ },
    { what: 'no group', change: { group_id: undefined }, message: /"group_id" is required/ },
    { what: 'no service', change: { service: undefined }, message: /"service" is required/ },
    {
      what: 'an unknown group',
      change: { group_id: 'nobody' },
      status: 404,
      code: 'NotFound_Group',
      message: /"nobody"/,
    },
    {
      what: 'a retired service',
      change: { service: 'adwords' },
      code: 'UnsupportedService',
      message: /"adwords"/,
    },
    {
      what: 'a service in capitals',
      change: { service: 'Google Ads' },
      code: 'UnsupportedService',
      message: /Google/,
    },
    { what: 'no config', change: { config: undefined }, message: /"config.schema" is required/ },
    { what: 'a config of text', change: { config: 'schema: a' }, message: /must be an object/ },
    {
      what: 'no table',
      change: { service: 'google_sheets' },
      message: /"config.table" is required/,
    },
    {
      what: 'a foreign name',
      change: { service: 'postgres' },
      message: /"config.schema" does not/,
    },
    { what: 'a table too many', change: { config: { schema: 'a', table: 'b' } }, message: /table/ },
    { what: 'capitals', change: { config: { schema: 'Acme' } }, message: /lower-case/ },
    { what: 'a leading digit', change: { config: { schema: '1a' } }, message: /lower-case/ },
    { what: 'a line break', change: { config: { schema: 'a\n' } }, message: /lower-case/ },
    { what: 'a name that is a number', change: { config: { schema: 1 } }, message: /as a string/ },
    { what: 'text for a flag', change: { paused: 'false' }, message: /true or false/ },
    { what: 'null for a flag', change: { paused: null }, message: /true or false/ },
    { what: 'an odd frequency', change: { sync_frequency: 10 }, message: /one of 1, 5, 15/ },
    { what: 'a frequency as text', change: { sync_frequency: '60' }, message: /one of 1, 5, 15/ },
    { what: 'a networking method', change: { networking_method: 'directly' }, message: /Directly/ },
    { what: 'a naming', change: { destination_schema_names: 'MINE' }, message: /FIVETRAN_NAMING/ },
    { what: 'a schedule', change: { schedule_type: 'cron' }, message: /auto, manual/ },
    { what: 'a sensitivity', change: { data_delay_sensitivity: 'low' }, message: /LOW, NORMAL/ },
    { what: 'a threshold', change: { data_delay_threshold: 1.5 }, message: /whole number/ },
    { what: 'a half hour', change: { daily_sync_time: '14:30' }, message: /whole hour/ },
    { what: 'a 25th hour', change: { daily_sync_time: '24:00' }, message: /whole hour/ },
    { what: 'a card of text', change: { connect_card_config: 'x' }, message: /an object/ },
    {
      what: 'a card without redirect',
      change: { connect_card_config: {} },
      message: /redirect_uri/,
    },
    {
      what: 'a redirect without scheme',
      change: { connect_card_config: { redirect_uri: 'fivetran.com' } },
      message: /http/,
    },
    {
      what: 'a redirect to a script',
      change: { connect_card_config: { redirect_uri: 'javascript:alert(1)' } },
      message: /http/,
    },
    {
      what: 'a card with an unknown field',
      change: { connect_card_config: { redirect_uri: 'https://a.example', colour: 'red' } },
      message: /"connect_card_config.colour"/,
    },
  ])('$what', async ({ change, message, status = 400, code = 'InvalidInput' }) => {
    await start();
    const answer = await call(sandbox, 'POST', '/v1/connections', google('acme', change));
    expect(answer).toMatchObject({ status, code, message: expect.stringMatching(message) });
    expect(sandbox.connections).toEqual([]);
  });

  test('all problems of the fields at once', async () => {
    await start();
    const body = google('acme', { paused: 1, sync_frequency: 2, extra: true });
    const { message } = await call(sandbox, 'POST', '/v1/connections', body);
    expect(message).toMatch(/paused.*sync_frequency.*extra/);
  });

  test.each([
    { method: 'GET', path: '/v1/nothing', status: 404, code: 'NotFound' },
    { method: 'GET', path: '/', status: 404, code: 'NotFound' },
    { method: 'PUT', path: '/v1/connections', status: 405, code: 'MethodNotAllowed' },
    { method: 'GET', path: '/v1/connections/nobody', status: 404, code: 'NotFound_Connector' },
    { method: 'DELETE', path: '/v1/connections/nobody', status: 404, code: 'NotFound_Connector' },
    {
      method: 'POST',
      path: '/v1/connections/nobody/connect-card',
      status: 404,
      code: 'NotFound_Connector',
    },
    {
      method: 'POST',
      path: '/v1/connections/nobody/test',
      status: 404,
      code: 'NotFound_Connector',
    },
    {
      method: 'POST',
      path: '/v1/connectors/nobody/connect-card-token',
      status: 404,
      code: 'NotFound_Connector',
    },
    { method: 'GET', path: '/v1/groups/nobody', status: 404, code: 'NotFound_Group' },
    { method: 'GET', path: '/v1/groups/nobody/connections', status: 404, code: 'NotFound_Group' },
    { method: 'GET', path: '/v1/connections?limit=0', status: 400, code: 'InvalidInput' },
    { method: 'GET', path: '/v1/connections?limit=1001', status: 400, code: 'InvalidInput' },
    { method: 'GET', path: '/v1/connections?limit=ten', status: 400, code: 'InvalidInput' },
    { method: 'GET', path: '/v1/connections?cursor=mine', status: 400, code: 'InvalidInput' },
  ])('$method $path', async ({ method, path, status, code }) => {
    await start();
    expect(await call(sandbox, method, path)).toMatchObject({ status, code });
  });

  test('a wrong method is told the right ones', async () => {
    await start();
    const { headers } = await call(sandbox, 'PATCH', '/v1/connections');
    expect(headers.get('allow')).toBe('GET, POST');
  });
});
