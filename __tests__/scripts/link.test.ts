import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { ROOT } from '../act/act.ts';
import { until } from '../support/wait.ts';

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
      { cwd: folder, timeout: 30_000, env: { PATH: process.env.PATH, ...env } },
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
  expect(stderr).toMatch(/^The link works until .* UTC\.$/m);
  expect(stderr).not.toContain(sandbox.apiSecret);
  await sandbox.completeCard(stdout.trim());
});

test.each(['FIVETRAN_API_', 'API_'])('credentials come also from .env as %sKEY', async (prefix) => {
  const env = `${prefix}KEY=${sandbox.apiKey}\n${prefix}SECRET="${sandbox.apiSecret}"\n`;
  await writeFile(join(folder, '.env'), env);
  const { code } = await link([...ASK, '--fivetran-api-url', sandbox.url]);
  expect(code).toBe(0);
  expect(sandbox.connections).toHaveLength(1);
});

const IN_SANDBOX = ['--sandbox', '--service', 's3', '--schema', 'a', '--table', 'b'];

test('--sandbox needs no account; where a script reads the link, it ends and says that the link has ended as well', async () => {
  const { code, stdout, stderr } = await link(IN_SANDBOX);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^http:\S+\n$/);
  await expect(fetch(stdout.trim())).rejects.toThrow();
  expect(stderr).toMatch(/link can’t be opened.*--keep/);
});

test('--sandbox has the group that the command names', async () => {
  const { code, stderr } = await link([...IN_SANDBOX, '--group-id', 'YOUR_GROUP']);
  expect(stderr).toContain('Connection a.b in group YOUR_GROUP');
  expect(code).toBe(0);
});

test('with --keep the link of a sandbox can be opened until the command is stopped', async () => {
  const args = [SCRIPT, ...IN_SANDBOX, '--keep'];
  const child = spawn(process.execPath, args, { cwd: folder, timeout: 30_000 });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  for await (const chunk of child.stderr) {
    if (`${chunk}`.includes('Ctrl+C')) break;
  }
  await until(() => stdout.endsWith('\n'));
  expect((await fetch(stdout.trim())).status).toBe(200);
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^http:\S+\n$/);
});

test('after a dry run in a sandbox there is nothing to keep', async () => {
  const { code, stdout, stderr } = await link([...IN_SANDBOX, '--keep', '--dry-run']);
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).not.toContain('Ctrl+C');
});

// A terminal, as util-linux creates one.
const onTerminal = process.platform === 'linux' && existsSync('/usr/bin/script') ? test : test.skip;

onTerminal('on a terminal the link of a sandbox can be opened until Ctrl+C', async () => {
  // Without `exec` some shells wait beside the command, get the Ctrl+C as well, and end with 130.
  const command = ['exec', process.execPath, SCRIPT, ...IN_SANDBOX].join(' ');
  const child = spawn(
    '/usr/bin/script',
    ['--quiet', '--return', '--flush', '--command', command, '/dev/null'],
    { cwd: folder, timeout: 30_000 },
  );
  let shown = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    shown += chunk;
    if (shown.includes('Press Ctrl+C')) break;
  }
  const [address = ''] = /^http:\S+/m.exec(shown) ?? [];
  expect((await fetch(address)).status).toBe(200);
  child.stdin.write('\x03');
  expect(await once(child, 'close')).toEqual([0, null]);
  await expect(fetch(address)).rejects.toThrow();
});

test('every input about one link is an option', async () => {
  const action = readFileSync(join(ROOT, 'action.yml'), 'utf8');
  const groups = action.split('\noutputs:')[0]?.split('# --- ') ?? [];
  const named = groups
    .filter((group) =>
      /^(Your Fivetran account|What to connect|The card|How it runs) ---/.test(group),
    )
    .flatMap((group) => [...group.matchAll(/^ {2}([\w-]+):\n(?: {4}.*\n)*/gm)])
    .map(([text, name = '']) => ({ name, isFlag: /default: '(true|false)'/.test(text) }))
    // Secrets aren't written on a command line; the others are about many links, or about GitHub.
    .filter(({ name }) => !/-api-(key|secret)$|^(requests|concurrency|mask-link)$/.test(name));
  expect(named.length).toBeGreaterThan(12);
  const args = named.flatMap(({ name, isFlag }) => (isFlag ? [`--${name}`] : [`--${name}`, 'x']));
  const { code, stderr } = await link(args);
  expect(stderr).not.toContain('Unknown option');
  expect(code).toBe(1);
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
