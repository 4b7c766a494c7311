import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { Clock } from '../support/clock.ts';
import { CREATE, LOSSES, noticed, POLICIES } from '../support/losses.ts';
import { fastLinkStep, linkStep, onlyResult, sent } from '../support/step.ts';

// After a lost response a run looks for the connection for 15 s before it creates it again. Most of
// these runs go by a clock that doesn't wait.

let sandbox: Sandbox;
let clock: Clock;
beforeEach(async () => {
  sandbox = await startSandbox();
  clock = new Clock();
});
afterEach(() => sandbox.close());

const creates = () => sent(sandbox).filter((request) => request === CREATE);

describe.each(POLICIES)('on a server with %s for a second connection', (duplicates) => {
  beforeEach(() => {
    sandbox.options.duplicates = duplicates;
  });

  test.each(LOSSES)('$loss without effect: created once more', async ({ answer }) => {
    sandbox.fault({ on: 'create', effect: 'none', answer });
    const step = await fastLinkStep(sandbox, clock, noticed(answer));
    expect(step.exitCode).toBe(0);
    expect(clock.slept).toEqual([0, 1000, 2000, 4000, 8000]);
    expect(creates()).toHaveLength(2);
    expect(sandbox.connections).toHaveLength(1);
    expect(step.outputs).toMatchObject({ created: 'true', outcome: 'linked' });
  });

  test('created once more when max-wait is over', async () => {
    sandbox.fault({ on: 'create', effect: 'none', answer: 'reset' });
    const step = await linkStep(sandbox, { 'max-wait': '0.5' });
    expect(step.took).toBeGreaterThan(500);
    expect(step.outputs).toMatchObject({ created: 'true', outcome: 'linked' });
    expect(sandbox.connections).toHaveLength(1);
  });

  test('a connection that appears late is waited for', async () => {
    sandbox.options.settlingMs = 2500;
    sandbox.fault({ on: 'create', effect: 'done', answer: 'reset' });
    const step = await fastLinkStep(sandbox, clock);
    expect(clock.slept).toEqual([0, 1000, 2000]);
    expect(step.outputs).toMatchObject({ created: 'true', outcome: 'linked' });
    expect(sandbox.connections).toHaveLength(1);
    expect(creates()).toHaveLength(1);
  });

  test('with on-existing: ignore as well, where nobody has looked before', async () => {
    sandbox.options.settlingMs = 2500;
    sandbox.fault({ on: 'create', effect: 'done', answer: 'reset' });
    const step = await fastLinkStep(sandbox, clock, { 'on-existing': 'ignore' });
    expect(step.outputs).toMatchObject({ created: 'true', outcome: 'linked' });
    expect(creates()).toHaveLength(1);
  });
});

test('a second lost answer stops with create-unknown', async () => {
  sandbox.fault({ on: 'create', times: 2, answer: 'reset' });
  const step = await fastLinkStep(sandbox, clock);
  expect(step.exitCode).toBe(1);
  expect(onlyResult(step).error.code).toBe('create-unknown');
  expect(creates()).toHaveLength(2);
});

test('a second lost answer that had its effect names the connection', async () => {
  sandbox.fault({ on: 'create', answer: 'reset' });
  sandbox.fault({ on: 'create', answer: 'reset', effect: 'done' });
  const step = await fastLinkStep(sandbox, clock);
  expect(onlyResult(step)).toMatchObject({
    connection_id: sandbox.connections[0]?.id,
    created: true,
    error: { code: 'create-unknown' },
  });
  const again = await linkStep(sandbox);
  expect(again.outputs).toMatchObject({ outcome: 'linked', created: 'false' });
  expect(sandbox.connections).toHaveLength(1);
});

// Here a request is still on its way while the next one is answered: that takes its time.
describe('a first create that arrives while the second is in progress', () => {
  beforeEach(() => {
    sandbox.fault({ on: 'create', effect: 1500, answer: 'reset' });
    sandbox.options.latency = 400;
  });
  const given = { 'max-wait': '0.5', 'on-existing': 'fail' };

  test('leaves two connections on a server that accepts both: both ids are named, none is deleted', async () => {
    sandbox.options.duplicates = 'accept';
    const step = await linkStep(sandbox, given);
    expect(step.exitCode).toBe(1);
    expect(sandbox.connections).toHaveLength(2);
    expect(onlyResult(step).error.code).toBe('duplicate-connection');
    for (const { id } of sandbox.connections) expect(step.log).toContain(id);
  });

  test('is the one connection on a server that refuses the second', async () => {
    const step = await linkStep(sandbox, given);
    expect(step.outputs).toMatchObject({ outcome: 'linked', created: 'true' });
    expect(sandbox.connections).toHaveLength(1);
  });
});
