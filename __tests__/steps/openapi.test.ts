import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/fivetran/server.ts';
import { Connections } from '../../src/fivetran/connections.ts';
import { shapeOf } from '../../src/fivetran/services.ts';
import type { Transport } from '../../src/http/transport.ts';
import { loadOpenApi, type OpenApi, validateExchange } from '../support/openapi.ts';
import { linkStep } from '../support/step.ts';

// Fivetran's description isn't ours to ship; these run where it lies beside the project.
const openapi = loadOpenApi() as OpenApi;
const described = openapi ? test : test.skip;

described(
  'every request of the action, and every answer to it, is as Fivetran describes',
  async () => {
    const sandbox = await startSandbox();
    const { id } = sandbox.addConnection({ groupId: 'acme_group', service: 's3', schema: 'old.x' });
    for (const given of [
      { 'hide-setup-guide': 'true', 'all-fields': 'true' },
      {},
      { 'on-existing': 'ignore', schema: 'second', settings: 'paused: true\nsync_frequency: 60' },
      { service: 'google_sheets', schema: 'third', table: 'x' },
      { 'connection-id': id },
      { schema: 'fourth', 'dry-run': 'true' },
      { schema: '', requests: `[{schema: fifth}, {schema: sixth}, {connection-id: ${id}}]` },
    ]) {
      const step = await linkStep(sandbox, given as Record<string, string>);
      expect(step.exitCode).toBe(0);
    }
    await sandbox.close();
    expect(sandbox.requests.length).toBeGreaterThan(8);
    for (const exchange of sandbox.requests)
      expect(validateExchange(openapi, exchange)).toEqual([]);
  },
);

described('all 773 connector types are asked for in the shape that Fivetran describes', () => {
  const connections = new Connections({} as Transport, 'connections');
  const file = new URL('../../../shared/fivetran/services.json', import.meta.url);
  const services: Record<string, string[]> = JSON.parse(readFileSync(file, 'utf8'));
  let count = 0;
  for (const [shape, names] of Object.entries(services)) {
    for (const service of names) {
      expect([service, shapeOf(service)]).toEqual([service, shape]);
      const card = { redirectUri: 'https://example.com', hideSetupGuide: false, allFields: false };
      const name = { schema: 'acme', ...(/table/.test(shape) && { table: 'x' }) };
      const wanted = { groupId: 'g', service, ...name, config: {}, settings: {}, card };
      const { path, body } = connections.createRequest(wanted);
      const request = { method: 'POST', path, query: {}, headers: {}, body, at: 0 };
      const problems = validateExchange(openapi, { ...request, status: 0, response: undefined });
      expect([service, problems]).toEqual([service, []]);
      count += 1;
    }
  }
  expect(count).toBe(773);
});
