import { expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/fivetran/server.ts';
import { loadOpenApi, validateExchange } from '../support/openapi.ts';
import { call, google } from './client.ts';

const openapi = loadOpenApi();

if (!openapi) {
  test.skip('Fivetran’s own description of its API is not at hand (../shared/fivetran)', () => {});
} else {
  test('every answer is as Fivetran describes it', async () => {
    const sandbox = await startSandbox();
    try {
      const ask = async (method: string, path: string, body?: unknown) =>
        (await call(sandbox, method, path, body)).data;
      const full = {
        auth: { client_access: { client_id: 'a' } },
        config: { schema: 'full', sync_mode: 'AllAccounts', conversion_window_size: 30 },
        paused: true,
        pause_after_trial: true,
        sync_frequency: 1440,
        daily_sync_time: '14:00',
        schedule_type: 'manual',
        data_delay_sensitivity: 'CUSTOM',
        data_delay_threshold: 5,
        networking_method: 'ProxyAgent',
        proxy_agent_id: 'agent',
        private_link_id: 'link',
        hybrid_deployment_agent_id: 'agent',
        external_secrets_manager_id: 'manager',
        destination_configuration: { virtual_warehouse: 'w' },
        trust_certificates: true,
        trust_fingerprints: true,
        run_setup_tests: true,
        connect_card_config: {
          redirect_uri: 'https://a.example',
          hide_setup_guide: true,
          all_fields: true,
        },
      };
      const { id } = await ask('POST', '/v1/connections', google('acme'));
      await ask('POST', '/v1/connections', google('full', full));
      for (const [service, config] of [
        ['google_sheets', { schema: 'a', table: 'b' }],
        ['postgres', { schema_prefix: 'c' }],
        ['dropbox', { schema: 'd', table_group_name: 'e' }],
      ]) {
        await ask('POST', '/v1/connections', google('x', { service, config }));
      }
      await ask('GET', '/v1/connections?limit=2');
      await ask('GET', '/v1/connections?group_id=acme_group&schema=full');
      await ask('GET', '/v1/groups/acme_group/connections?limit=2');
      await ask('GET', `/v1/connections/${id}`);
      await ask('POST', `/v1/connections/${id}/connect-card`, {
        connect_card_config: { redirect_uri: 'https://a.example' },
      });
      await ask('POST', `/v1/connections/${id}/test`, { trust_certificates: true });
      await ask('PATCH', `/v1/connections/${id}`, { paused: false });
      await ask('GET', '/v1/metadata/connector-types?limit=2');
      await ask('GET', '/v1/metadata/connector-types/google_ads');
      await ask('GET', '/v1/groups?limit=1');
      await ask('GET', '/v1/groups/acme_group');
      await ask('GET', '/v1/account/info');
      await ask('DELETE', `/v1/connections/${id}`);

      expect(
        sandbox.requests.map(({ status }) => status).filter((status) => status >= 300),
      ).toEqual([]);
      expect(sandbox.requests.flatMap((request) => validateExchange(openapi, request))).toEqual([]);
    } finally {
      await sandbox.close();
    }
  });

  test('what departs from the description is found', () => {
    const exchange = {
      method: 'POST',
      path: '/v1/connections',
      query: { page: '1' },
      headers: {},
      body: { service: 'google_sheets', config: { schema: 'a' }, sync_frequency: 7, colour: 'red' },
      status: 201,
      response: { code: 'Success', data: { service: 'google_sheets', sync_frequency: '60' } },
      at: 0,
    };
    const problems = validateExchange(openapi, exchange).join('\n');
    expect(problems).toMatch(/query "page" is unknown/);
    expect(problems).toMatch(/request .*required property 'group_id'/);
    expect(problems).toMatch(/request \/config .*required property 'table'/);
    expect(problems).toMatch(/request \/sync_frequency must be equal to one of/);
    expect(problems).toMatch(/request field "colour" is unknown/);
    expect(problems).toMatch(/response \/data .*required property 'created_at'/);
    expect(validateExchange(openapi, { ...exchange, path: '/v1/teams' })).toHaveLength(1);
    expect(validateExchange(openapi, { ...exchange, path: '/v1/connectors' })).toEqual([]);
  });
}
