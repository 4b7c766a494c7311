import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/fivetran/server.ts';
import { world } from '../support/onboard.ts';
import { linkStep } from '../support/step.ts';

/** Loaded into the action's process before it: notes every address that it connects to, by any means, and what it sends. */
const RECORDER = `
const { appendFileSync } = require('node:fs');
const note = (...parts) => appendFileSync(process.env.RECORD_TO, parts.join(' ') + '\\n');
const net = require('node:net');
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const [options] = Array.isArray(given[0]) ? given[0] : given;
  note('tcp', options.host ?? 'localhost', options.port ?? options.path ?? options);
  return connect.apply(this, given);
};
const write = net.Socket.prototype.write;
net.Socket.prototype.write = function (chunk, ...rest) {
  if (this.remotePort) appendFileSync(process.env.WRITES_TO, this.remotePort + ' ' + JSON.stringify(String(chunk)) + '\\n');
  return write.call(this, chunk, ...rest);
};
require('node:dgram').createSocket = () => note('udp');
const processes = require('node:child_process');
for (const name of ['spawn', 'spawnSync', 'exec', 'execFile', 'fork']) processes[name] = () => note(name);
require('node:module').syncBuiltinESMExports();
`;

const folder = mkdtempSync(join(tmpdir(), 'connections-'));
const [recorder, record, writes] = ['recorder.cjs', 'record', 'writes'].map((name) =>
  join(folder, name),
) as [string, string, string];
const env = { NODE_OPTIONS: `--require ${recorder}`, RECORD_TO: record, WRITES_TO: writes };
beforeEach(() => {
  writeFileSync(recorder, RECORDER);
  for (const file of [record, writes]) writeFileSync(file, '');
});
afterAll(() => rmSync(folder, { recursive: true }));

const made = () => [...new Set(readFileSync(record, 'utf8').trim().split('\n'))].toSorted();
const addresses = (...urls: string[]) =>
  urls.map((url) => `tcp ${new URL(url).hostname} ${new URL(url).port}`).toSorted();

test('a run connects to the API and to nothing else', async () => {
  const sandbox = await startSandbox();
  const { outputs } = await linkStep(sandbox, { config: 'customer_id: 1' }, { env });
  await sandbox.close();
  expect(outputs.outcome).toBe('linked');
  expect(made()).toEqual(addresses(sandbox.url));
});

test('onboarding connects to the API and to GitHub alone', async () => {
  const { fivetran, github, onboard } = await world();
  const { outputs } = await onboard(undefined, { dist: true, env });
  expect(outputs.outcome).toBe('linked');
  expect(made()).toEqual(addresses(fivetran.url, github.url));
});

test('the secret goes to the API alone, and the token to GitHub alone', async () => {
  const { fivetran, github, onboard } = await world();
  await onboard(undefined, { dist: true, env });
  const lines = readFileSync(writes, 'utf8').split('\n');
  const sentTo = (url: string) =>
    lines.filter((line) => line.startsWith(`${new URL(url).port} `)).join();
  const basic = Buffer.from(`${fivetran.apiKey}:${fivetran.apiSecret}`).toString('base64');
  expect(sentTo(fivetran.url)).toContain(basic);
  expect(sentTo(github.url)).toContain(github.token);
  for (const secret of [fivetran.apiKey, fivetran.apiSecret, basic]) {
    expect(sentTo(github.url)).not.toContain(secret);
  }
  expect(sentTo(fivetran.url)).not.toContain(github.token);
});
