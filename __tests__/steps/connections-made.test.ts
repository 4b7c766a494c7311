import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/fivetran/server.ts';
import { linkStep } from '../support/step.ts';

/** Loaded into the action's process before it: notes every address that it connects to, by any means. */
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
require('node:dgram').createSocket = () => note('udp');
const processes = require('node:child_process');
for (const name of ['spawn', 'spawnSync', 'exec', 'execFile', 'fork']) processes[name] = () => note(name);
require('node:module').syncBuiltinESMExports();
`;

test('a run connects to the API and to nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'connections-'));
  const [recorder, record] = [join(folder, 'recorder.cjs'), join(folder, 'record')];
  writeFileSync(recorder, RECORDER);
  writeFileSync(record, '');
  const sandbox = await startSandbox();
  const { outputs } = await linkStep(
    sandbox,
    { config: 'customer_id: 1' },
    { env: { NODE_OPTIONS: `--require ${recorder}`, RECORD_TO: record } },
  );
  await sandbox.close();
  const made = new Set(readFileSync(record, 'utf8').trim().split('\n'));
  rmSync(folder, { recursive: true });
  expect(outputs.outcome).toBe('linked');
  const { hostname, port } = new URL(sandbox.url);
  expect([...made]).toEqual([`tcp ${hostname} ${port}`]);
});
