import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const CLI = fileURLToPath(new URL('../../sandbox/fivetran/cli.ts', import.meta.url));

function run(...args: string[]) {
  const child = spawn(process.execPath, [CLI, ...args]);
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output.text += chunk;
    });
  }
  return { child, output, ended: once(child, 'close') };
}

test('runs until it is told to stop, one line a request', async () => {
  const { child, output, ended } = run('--group', 'mine=My own', '--api-key', 'k');
  while (!output.text.includes('Groups')) await once(child.stdout, 'data');
  expect(output.text).toContain('mine (My own)');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.text)?.[0];
  const headers = { Authorization: `Basic ${btoa('k:sandbox-secret')}` };
  expect((await fetch(`${url}/v1/groups/mine`, { headers })).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(output.text).toMatch(/^\d\d:\d\d:\d\d GET \/v1\/groups\/mine 200 Success$/m);
});

test.each([
  [['--help'], 0, /--duplicates POLICY/],
  [['--latency', 'soon'], 2, /--latency must be a whole number, not "soon"/],
  [['--duplicates', 'maybe'], 2, /--duplicates must be one of accept/],
  [['--group', 'mine'], 2, /--group must be ID=NAME/],
  [['--nope'], 2, /--nope/],
])('%j', async (args, code, text) => {
  const { output, ended } = run(...args);
  expect(await ended).toEqual([code, null]);
  expect(output.text).toMatch(text);
  expect(output.text).not.toMatch(/^\s+at /m);
});
