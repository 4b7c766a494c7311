import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { call } from './client.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

test.each([
  { service: 'google_ads', name: 'Google Ads' },
  { service: 'adp_workforce_now', name: 'ADP Workforce Now' },
  { service: 'aha', name: 'Aha!' },
])('$service is $name', async ({ service, name }) => {
  const { status, data } = await call(sandbox, 'GET', `/v1/metadata/connector-types/${service}`);
  expect({ status, data }).toMatchObject({
    status: 200,
    data: { id: service, name, link_to_docs: expect.stringMatching(/^https:/), config: {} },
  });
});

test('an unknown connector type is not found', async () => {
  const answer = await call(sandbox, 'GET', '/v1/metadata/connector-types/hubspott');
  expect(answer).toMatchObject({ status: 404, code: 'NotFound_Service' });
});

test('the list has all of them, in pages, without their settings', async () => {
  const read = (query: string) => call(sandbox, 'GET', `/v1/metadata/connector-types?${query}`);
  const whole = (await read('limit=1000')).data;
  expect(whole.items).toHaveLength(773);
  expect(whole).not.toHaveProperty('next_cursor');
  expect(whole.items[0]).not.toHaveProperty('config');
  const first = (await read('limit=500')).data;
  const second = (await read(`limit=500&cursor=${first.next_cursor}`)).data;
  expect([...first.items, ...second.items]).toEqual(whole.items);
});

test('the public list needs no credentials, and is one array', async () => {
  const open = await fetch(`${sandbox.url}/public/connector-types`);
  const { data } = (await open.json()) as { data: Array<{ id: string; name: string }> };
  expect(data).toHaveLength(773);
  expect(data).toContainEqual(expect.objectContaining({ id: 'google_ads', name: 'Google Ads' }));
  const closed = await fetch(`${sandbox.url}/v1/metadata/connector-types`);
  expect(closed.status).toBe(401);
});

test('a connection that was created paused is started', async () => {
  const { data } = await call(sandbox, 'POST', '/v1/connections', {
    group_id: 'acme_group',
    service: 'google_ads',
    config: { schema: 'acme', secret: 'kept' },
    paused: true,
    run_setup_tests: false,
  });
  const path = `/v1/connections/${data.id}`;
  const state = async () => {
    const { paused, status } = (await call(sandbox, 'GET', path)).data;
    return { paused, sync: status.sync_state };
  };
  expect(await state()).toEqual({ paused: true, sync: 'paused' });
  for (const connection of sandbox.connections) connection.status.setup_state = 'connected';
  const updated = await call(sandbox, 'PATCH', path, { paused: false });
  expect(updated).toMatchObject({
    status: 200,
    data: { paused: false, config: { schema: 'acme', secret: 'kept' } },
  });
  expect(await state()).toEqual({ paused: false, sync: 'syncing' });
});

test.each([
  { body: { pause: false }, says: '"pause" is not a known field' },
  { body: { paused: 'no' }, says: '"paused" must be true or false' },
  { body: { service: 'jira' }, says: '"service" is not a known field' },
  { body: { run_setup_tests: false }, says: 'At least one field' },
  { body: {}, says: 'At least one field' },
])('an update of $body is refused', async ({ body, says }) => {
  const { id } = sandbox.addConnection({ groupId: 'acme_group', service: 'jira', schema: 'a' });
  expect(await call(sandbox, 'PATCH', `/v1/connections/${id}`, body)).toMatchObject({
    status: 400,
    message: expect.stringContaining(says),
  });
  expect(await call(sandbox, 'PATCH', '/v1/connections/nobody', { paused: true })).toMatchObject({
    status: 404,
  });
});

test('thousands of connections are added and listed at once', async () => {
  const started = process.cpuUsage();
  for (let count = 0; count < 5000; count += 1) {
    const schema = `customer_${count}`;
    sandbox.addConnection({ groupId: 'acme_group', service: 'jira', schema, paused: true });
  }
  const names = new Set<string>();
  let cursor = '';
  do {
    const path = `/v1/groups/acme_group/connections?limit=1000${cursor && `&cursor=${cursor}`}`;
    const { data } = await call(sandbox, 'GET', path);
    for (const { schema } of data.items) names.add(schema);
    cursor = data.next_cursor ?? '';
  } while (cursor);
  expect({ names: names.size, requests: sandbox.requests.length }).toEqual({
    names: 5000,
    requests: 5,
  });
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000);
});
