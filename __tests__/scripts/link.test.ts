import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/link.ts', import.meta.url));
const ASK = ['--service', 'google_ads', '--schema', 'acme', '--group-id', 'acme_group'];

let sandbox: Sandbox;
let folder: string;
beforeEach(async () => {
  sandbox = await startSandbox();
  folder = await mkdtemp(join(tmpdir(), 'connect-card-link-'));
});
afterEach(() => Promise.all([sandbox.close(), rm(folder, { recursive: true })]));

function link(options: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [SCRIPT, ...options],
      { cwd: folder, env: { PATH: process.env.PATH, ...env } },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

test('the link is all that comes on standard output, with credentials from the environment', async () => {
  const { code, stdout, stderr } = await link([...ASK, '--fivetran-api-url', sandbox.url], {
    FIVETRAN_API_KEY: sandbox.apiKey,
    FIVETRAN_API_SECRET: sandbox.apiSecret,
    TMPDIR: folder,
  });
  expect(code).toBe(0);
  // Nothing with the link in it stays on the machine.
  expect(await readdir(folder)).toEqual([]);
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/connect-card\/setup\?\S+\n$/);
  expect(stderr).toContain('Created connection');
  expect(stderr).not.toContain(sandbox.apiSecret);
  await sandbox.completeCard(stdout.trim());
});

test.each(['FIVETRAN_API_', 'API_'])('credentials come from .env as %sKEY too', async (prefix) => {
  const env = `${prefix}KEY=${sandbox.apiKey}\n${prefix}SECRET="${sandbox.apiSecret}"\n`;
  await writeFile(join(folder, '.env'), env);
  const { code } = await link([...ASK, '--fivetran-api-url', sandbox.url]);
  expect(code).toBe(0);
  expect(sandbox.connections).toHaveLength(1);
});

test('--sandbox needs no account', async () => {
  const { code, stdout } = await link([
    '--sandbox',
    '--service',
    's3',
    '--schema',
    'a',
    '--table',
    'b',
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^http:\S+\n$/);
});

test("a credential in a server's words isn't printed", async () => {
  const message = `No ${sandbox.apiSecret} here.`;
  sandbox.fault({ on: 'look-up', answer: { status: 400, message } });
  const { code, stderr } = await link([...ASK, '--fivetran-api-url', sandbox.url], {
    FIVETRAN_API_KEY: sandbox.apiKey,
    FIVETRAN_API_SECRET: sandbox.apiSecret,
  });
  expect(code).toBe(1);
  expect(stderr).toContain('No *** here');
});

test('problems are reported on standard error, with nothing on standard output', async () => {
  const nothing = await link(ASK);
  expect(nothing).toMatchObject({ code: 1, stdout: '' });
  expect(nothing.stderr).toContain('fivetran-api-key is missing');
  expect(nothing.stderr).toContain('FIVETRAN_API_KEY');
  expect(nothing.stderr).not.toMatch(/fork|Dependabot|secret of the repository/);
  const unknown = await link(['--srevice', 'x']);
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain('--srevice');
});
