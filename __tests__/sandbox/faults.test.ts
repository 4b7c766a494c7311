import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Fault, type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { until } from '../support/wait.ts';
import { call, google } from './client.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const create = (schema = 'acme', signal?: AbortSignal) =>
  call(sandbox, 'POST', '/v1/connections', google(schema), { signal });

describe('what the client sees', () => {
  test('hang: nothing, until it gives up', async () => {
    sandbox.fault({ on: 'create', answer: 'hang' });
    const client = new AbortController();
    const lost = expect(create('acme', client.signal)).rejects.toThrow(/abort/i);
    await until(() => sandbox.requests.length > 0);
    client.abort();
    await lost;
    expect(sandbox.requests).toMatchObject([{ status: 0, response: undefined }]);
  });

  test('hang: close() lets go', async () => {
    sandbox.fault({ on: 'create', answer: 'hang' });
    const lost = expect(create()).rejects.toThrow();
    await until(() => sandbox.requests.length > 0);
    await sandbox.close();
    await lost;
  });

  test('reset: a broken connection', async () => {
    sandbox.fault({ on: 'create', answer: 'reset' });
    await expect(create()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  });

  test.each(['none', 'done'] as const)('truncated: half of an answer (%s)', async (effect) => {
    sandbox.fault({ on: 'create', answer: 'truncated', effect });
    await expect(create()).rejects.toThrow(/terminated/);
    expect(sandbox.connections).toHaveLength(effect === 'done' ? 1 : 0);
  });

  test('truncated: half of a listing', async () => {
    sandbox.fault({ on: 'list', answer: 'truncated' });
    await expect(call(sandbox, 'GET', '/v1/connections')).rejects.toThrow(/terminated/);
  });

  test('half-json: a complete answer whose JSON stops half way', async () => {
    sandbox.fault({ on: 'create', answer: 'half-json' });
    await expect(create()).rejects.toThrow(SyntaxError);
    expect(sandbox.connections).toHaveLength(1);
    expect(sandbox.requests).toMatchObject([{ status: 201 }]);
  });

  test('drip: an answer that comes byte by byte, longer than a client waits', async () => {
    sandbox.fault({ on: 'list', answer: { drip: 1 } });
    expect(await call(sandbox, 'GET', '/v1/connections')).toMatchObject({ status: 200 });
    sandbox.fault({ on: 'create', answer: { drip: 20 } });
    await expect(create('slow', AbortSignal.timeout(200))).rejects.toThrow(/timeout/i);
    expect(sandbox.connections).toMatchObject([{ schema: 'slow' }]);
  });

  test('change: an answer of another shape', async () => {
    sandbox.fault({
      on: 'create',
      answer: { change: ({ data: { id, ...data }, ...rest }) => ({ ...rest, data: [data] }) },
    });
    const { json } = await create();
    expect(json.data[0]).toMatchObject({ schema: 'acme' });
    expect(json.data[0]).not.toHaveProperty('id');
  });

  test('html: what a gateway says', async () => {
    sandbox.fault({ on: 'create', answer: 'html' });
    const answer = await create();
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(answer.json).toBeUndefined();
  });

  test('empty: success without a body', async () => {
    sandbox.fault({ on: 'create', answer: 'empty' });
    expect(await create()).toMatchObject({ status: 200, json: undefined });
  });

  test.each<[Fault['answer'], object]>([
    [{ status: 503 }, { status: 503, code: 'Status503' }],
    [
      { status: 403, code: 'Forbidden', message: 'No.' },
      { status: 403, message: 'No.' },
    ],
    [
      { status: 500, body: { odd: 1 } },
      { status: 500, json: { odd: 1 } },
    ],
    [
      { status: 500, body: 'plain' },
      { status: 500, json: undefined },
    ],
    [{ status: 204 }, { status: 204, json: undefined }],
  ])('an answer of its own: %j', async (answer, seen) => {
    sandbox.fault({ on: 'create', answer: answer as Fault['answer'] & object });
    expect(await create()).toMatchObject(seen);
  });

  test('headers of its own', async () => {
    const headers = { 'Retry-After': '7' };
    sandbox.fault({ on: 'create', answer: { status: 429, code: 'TooManyRequests', headers } });
    expect((await create()).headers.get('retry-after')).toBe('7');
  });
});

describe('what becomes of the request', () => {
  test('nothing, unless told', async () => {
    sandbox.fault({ on: 'create', answer: { status: 500 } });
    await create();
    expect(sandbox.connections).toEqual([]);
  });

  test('it is carried out, and the answer is lost', async () => {
    sandbox.fault({ on: 'create', answer: 'reset', effect: 'done' });
    await expect(create()).rejects.toThrow();
    expect(sandbox.connections).toMatchObject([{ schema: 'acme' }]);
  });

  test('it is carried out later', async () => {
    sandbox.fault({ on: 'create', answer: { status: 504 }, effect: 100 });
    expect(await create()).toMatchObject({ status: 504 });
    expect(sandbox.connections).toEqual([]);
    await sleep(200);
    expect(sandbox.connections).toMatchObject([{ schema: 'acme' }]);
    expect(sandbox.requests).toMatchObject([{ status: 504 }]);
  });
});

describe('which request is struck', () => {
  const id = 'polished_headland';
  test.each<[Fault['on'], string, string]>([
    ['create', 'POST', '/v1/connections'],
    ['create', 'POST', '/v1/connectors'],
    ['look-up', 'GET', '/v1/connections?schema=a'],
    ['look-up', 'GET', '/v1/groups/acme_group/connections?schema=a'],
    ['list', 'GET', '/v1/connections'],
    ['list', 'GET', '/v1/groups/acme_group/connections'],
    ['get', 'GET', `/v1/connections/${id}`],
    ['update', 'PATCH', `/v1/connections/${id}`],
    ['metadata', 'GET', '/v1/metadata/connector-types/google_ads'],
    ['metadata-list', 'GET', '/v1/metadata/connector-types?limit=1000'],
    ['public-list', 'GET', '/public/connector-types'],
    ['card', 'POST', `/v1/connections/${id}/connect-card`],
    ['token', 'POST', `/v1/connectors/${id}/connect-card-token`],
    ['any', 'GET', '/v1/account/info'],
  ])('%s: %s %s', async (on, method, path) => {
    sandbox.fault({ on, answer: { status: 418 } });
    const others = ['/v1/groups/acme_group', '/v1/groups'];
    if (on !== 'any') {
      for (const other of others) {
        expect(await call(sandbox, 'GET', other)).toMatchObject({ status: 200 });
      }
    }
    expect(await call(sandbox, method, path)).toMatchObject({ status: 418 });
    expect((await call(sandbox, method, path)).status).not.toBe(418);
  });

  test('after some have passed, as often as told, one fault after another', async () => {
    sandbox.fault({ on: 'create', skip: 1, times: 2, answer: { status: 500 } });
    sandbox.fault({ on: 'create', answer: { status: 503 } });
    const seen = [];
    for (const schema of ['a', 'b', 'c', 'd', 'e']) seen.push((await create(schema)).status);
    expect(seen).toEqual([201, 500, 500, 503, 201]);
  });
});

test('latency is added to every answer', async () => {
  sandbox.options.latency = 80;
  const begun = performance.now();
  await call(sandbox, 'GET', '/v1/groups');
  expect(performance.now() - begun).toBeGreaterThan(75);
});

test('a client that gives up waiting may still have made its connection', async () => {
  sandbox.options.latency = 400;
  await expect(create('acme', AbortSignal.timeout(200))).rejects.toThrow(/timeout/i);
  expect(sandbox.connections).toEqual([]);
  await until(() => sandbox.connections.length > 0);
  expect(sandbox.connections).toMatchObject([{ schema: 'acme' }]);
});
