import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Fault, type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { linkStep, onlyResult, sent } from '../support/step.ts';

// The create request isn't idempotent. Whatever happens to its answer, there is one connection.

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const CREATE = 'POST /v1/connections';
const POLICIES = ['accept', 'refuse-400', 'refuse-409'] as const;
const LOSSES: Array<[string, Fault['answer']]> = [
  ['a time-out', 'hang'],
  ['a reset', 'reset'],
  ['half an answer', 'truncated'],
  ['a gateway’s HTML', 'html'],
  ['an empty answer', 'empty'],
  ['a 500', { status: 500, code: 'InternalError' }],
  ['a 504', { status: 504, body: '' }],
];

describe.each(POLICIES)('on a server that says %s to a second connection', (duplicates) => {
  beforeEach(() => {
    sandbox.options.duplicates = duplicates;
  });

  test.each(LOSSES)(
    '%s after the effect: the connection is found, not made again',
    async (_, answer) => {
      sandbox.fault({ on: 'create', effect: 'done', answer });
      const step = await linkStep(sandbox, { timeout: '0.5' });
      expect(step.exitCode).toBe(0);
      expect(sandbox.connections).toHaveLength(1);
      expect(sent(sandbox).filter((request) => request === CREATE)).toHaveLength(1);
      expect(step.outputs).toMatchObject({
        'connection-id': sandbox.connections[0]?.id,
        created: 'true',
        outcome: 'linked',
      });
      await sandbox.completeCard(step.outputs.link ?? '');
    },
  );

  test.each(LOSSES)('%s without effect: created once more', async (_, answer) => {
    sandbox.fault({ on: 'create', effect: 'none', answer });
    const step = await linkStep(sandbox, { timeout: '0.5', 'max-wait': '1' });
    expect(step.exitCode).toBe(0);
    expect(sandbox.connections).toHaveLength(1);
    expect(step.outputs).toMatchObject({ created: 'true', outcome: 'linked' });
  });

  test('a connection that appears late is waited for', async () => {
    sandbox.fault({ on: 'create', effect: 2000, answer: 'reset' });
    const step = await linkStep(sandbox);
    expect(step.outputs.outcome).toBe('linked');
    expect(sandbox.connections).toHaveLength(1);
    expect(sent(sandbox).filter((request) => request === CREATE)).toHaveLength(1);
  });

  test('on-existing: ignore tells its own connection from an older one of the name', async () => {
    if (duplicates !== 'accept') return;
    sandbox.addConnection({
      groupId: 'acme_group',
      service: 'google_ads',
      schema: 'acme',
      createdAt: '2026-01-01T00:00:00Z',
    });
    sandbox.fault({ on: 'create', effect: 'done', answer: 'reset' });
    const step = await linkStep(sandbox, { 'on-existing': 'ignore' });
    expect(sandbox.connections).toHaveLength(2);
    expect(step.outputs['connection-id']).toBe(sandbox.connections[1]?.id);
  });
});

test('a second lost answer stops with create-unknown', async () => {
  sandbox.fault({ on: 'create', times: 2, answer: 'reset' });
  const step = await linkStep(sandbox, { 'max-wait': '1' });
  expect(step.exitCode).toBe(1);
  expect(onlyResult(step).error.code).toBe('create-unknown');
  expect(sent(sandbox).filter((request) => request === CREATE)).toHaveLength(2);
});

test('a second lost answer that had its effect names the connection', async () => {
  sandbox.fault({ on: 'create', answer: 'reset' });
  sandbox.fault({ on: 'create', answer: 'reset', effect: 'done' });
  const step = await linkStep(sandbox, { 'max-wait': '1' });
  expect(onlyResult(step)).toMatchObject({
    connection_id: sandbox.connections[0]?.id,
    created: true,
    error: { code: 'create-unknown' },
  });
  const again = await linkStep(sandbox);
  expect(again.outputs).toMatchObject({ outcome: 'linked', created: 'false' });
  expect(sandbox.connections).toHaveLength(1);
});

test('without any time to wait nothing is created a second time', async () => {
  sandbox.fault({ on: 'create', answer: 'reset' });
  const step = await linkStep(sandbox, { 'max-wait': '0' });
  expect(onlyResult(step).error.code).toBe('create-unknown');
  expect(sent(sandbox).filter((request) => request === CREATE)).toHaveLength(1);
});

test('two connections after a repeated create fail with both ids, and nothing is deleted', async () => {
  sandbox.options.duplicates = 'accept';
  // The first appears only after the looks, while the second create is under way.
  sandbox.fault({ on: 'create', effect: 1500, answer: 'reset' });
  sandbox.options.latency = 400;
  const step = await linkStep(sandbox, { 'max-wait': '0.5', 'on-existing': 'fail' });
  expect(step.exitCode).toBe(1);
  expect(sandbox.connections).toHaveLength(2);
  expect(onlyResult(step).error.code).toBe('duplicate-connection');
  for (const { id } of sandbox.connections) expect(step.log).toContain(id);
});

test('a first create that arrives late, on a server that refuses the second', async () => {
  sandbox.fault({ on: 'create', effect: 1500, answer: 'reset' });
  sandbox.options.latency = 400;
  const step = await linkStep(sandbox, { 'max-wait': '0.5', 'on-existing': 'fail' });
  expect(step.outputs).toMatchObject({ outcome: 'linked', created: 'true' });
  expect(sandbox.connections).toHaveLength(1);
});

test('looking that fails as well is create-unknown, with both reasons', async () => {
  sandbox.fault({ on: 'create', answer: 'reset' });
  sandbox.fault({ on: 'look-up', skip: 1, times: 9, answer: { status: 403, code: 'Forbidden' } });
  const step = await linkStep(sandbox);
  expect(onlyResult(step).error).toMatchObject({
    code: 'create-unknown',
    message: expect.stringMatching(/No connection.*isn't allowed/),
  });
});

test('a job run again after create-unknown continues with the connection that was made', async () => {
  sandbox.fault({ on: 'create', effect: 'done', answer: 'reset' });
  sandbox.fault({ on: 'look-up', skip: 1, answer: { status: 403, code: 'Forbidden' } });
  const first = await linkStep(sandbox);
  expect(onlyResult(first).error.code).toBe('create-unknown');
  const second = await linkStep(sandbox);
  expect(second.outputs).toMatchObject({ outcome: 'linked', created: 'false' });
  expect(sandbox.connections).toHaveLength(1);
});
