import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { CREATE, LOSSES, noticed, POLICIES } from '../support/losses.ts';
import { linkStep, onlyResult, sent } from '../support/step.ts';

// The create request isn't idempotent. Whatever happens to its response, one connection exists.
// What a run does that has to wait for the connection: lost-responses-repeated.test.ts.

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

describe.each(POLICIES)('on a server with %s for a second connection', (duplicates) => {
  beforeEach(() => {
    sandbox.options.duplicates = duplicates;
  });

  test.each(LOSSES)(
    '$loss after the effect: the connection is found, not created again',
    async ({ answer }) => {
      sandbox.fault({ on: 'create', effect: 'done', answer });
      const step = await linkStep(sandbox, noticed(answer), { dist: duplicates === 'accept' });
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

  test('on-existing: ignore distinguishes its own connection from an older one of the name', async () => {
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

test('without any time to wait nothing is created a second time', async () => {
  sandbox.fault({ on: 'create', answer: 'reset' });
  const step = await linkStep(sandbox, { 'max-wait': '0' });
  expect(onlyResult(step).error.code).toBe('create-unknown');
  expect(sent(sandbox).filter((request) => request === CREATE)).toHaveLength(1);
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

test('a job run again after create-unknown continues with the connection that was created', async () => {
  sandbox.fault({ on: 'create', effect: 'done', answer: 'reset' });
  sandbox.fault({ on: 'look-up', skip: 1, answer: { status: 403, code: 'Forbidden' } });
  const first = await linkStep(sandbox);
  expect(onlyResult(first).error.code).toBe('create-unknown');
  const second = await linkStep(sandbox);
  expect(second.outputs).toMatchObject({ outcome: 'linked', created: 'false' });
  expect(sandbox.connections).toHaveLength(1);
});
