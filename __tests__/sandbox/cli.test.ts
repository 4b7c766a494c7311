import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { copyAction } from '../../sandbox/action-copy.ts';

const CLI = fileURLToPath(new URL('../../sandbox/cli.ts', import.meta.url));

function run(...args: string[]) {
  const child = spawn(process.execPath, [CLI, ...args], { timeout: 30_000 });
  const output = { text: '' };
  const ended = once(child, 'close');
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output.text += chunk;
    });
  }
  /** Waits until it has printed that; fails with what it has printed if it ends before. */
  const printed = async (text: string) => {
    while (!output.text.includes(text)) {
      const closed = await Promise.race([once(child.stdout, 'data').then(() => false), ended]);
      if (closed && !output.text.includes(text)) throw new Error(output.text);
    }
  };
  return { child, output, ended, printed };
}

test('runs until it is stopped, and prints one line per request', async () => {
  const { child, output, ended, printed } = run('--group', 'mine=My own', '--api-key', 'k');
  await printed('mine (My own)');
  expect(output.text).not.toContain('GitHub');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.text)?.[0];
  const headers = { Authorization: `Basic ${btoa('k:sandbox-secret')}` };
  expect((await fetch(`${url}/v1/groups/mine`, { headers })).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(output.text).toMatch(/^\d\d:\d\d:\d\d GET \/v1\/groups\/mine 200 Success$/m);
});

test('with --github both run, and act is given all it needs to use them', async () => {
  const { child, output, ended, printed } = run(
    ...['--github', '--repository', 'globex/links', '--visibility', 'public'],
    ...['--api-secret', 'a "b" $c', '--group', 'mine=My own'],
  );
  await printed('shown there and here');
  const [command = ''] = /^ *act issues .*$/m.exec(output.text) ?? [];
  const fileOf = (option: string) => new RegExp(`--${option} (\\S+)`).exec(command)?.[1] ?? '';
  const values: Record<string, string> = {};
  for (const option of ['env-file', 'secret-file', 'var-file']) {
    const text = await readFile(fileOf(option), 'utf8');
    for (const line of text.trim().split('\n')) {
      expect(output.text).toContain(`    ${line}\n`);
      const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
      values[name] = value;
    }
  }
  expect(Object.keys(values).sort()).toEqual([
    'FIVETRAN_API_KEY',
    'FIVETRAN_API_SECRET',
    'FIVETRAN_API_URL',
    'FIVETRAN_GROUP_ID',
    'GITHUB_API_URL',
    'GITHUB_GRAPHQL_URL',
    'GITHUB_REPOSITORY',
    'GITHUB_TOKEN',
  ]);
  expect(values).toMatchObject({
    FIVETRAN_API_SECRET: String.raw`"a \"b\" \$c"`,
    FIVETRAN_GROUP_ID: 'mine',
    GITHUB_REPOSITORY: 'globex/links',
  });

  const basic = btoa(`${values.FIVETRAN_API_KEY}:a "b" $c`);
  const group = await fetch(`${values.FIVETRAN_API_URL}/v1/groups/${values.FIVETRAN_GROUP_ID}`, {
    headers: { authorization: `Basic ${basic}` },
  });
  expect(group.status).toBe(200);
  const authorization = `Bearer ${values.GITHUB_TOKEN}`;
  const repository = `${values.GITHUB_API_URL}/repos/${values.GITHUB_REPOSITORY}`;
  const rest = await fetch(`${repository}/issues/1`, { headers: { authorization } });
  expect(rest.status).toBe(200);
  const event = JSON.parse(await readFile(fileOf('eventpath'), 'utf8'));
  expect(event).toMatchObject({
    action: 'labeled',
    label: { name: 'connect-card' },
    sender: { login: 'tess' },
    repository: { full_name: 'globex/links', visibility: 'public' },
    issue: await rest.json(),
  });
  const graphql = await fetch(values.GITHUB_GRAPHQL_URL ?? '', {
    method: 'POST',
    headers: { authorization },
    body: JSON.stringify({ query: '{ viewer { login } }' }),
  });
  expect(await graphql.json()).toEqual({ data: { viewer: { login: 'github-actions[bot]' } } });
  const [, action = ''] = / --local-repository \S+@v1=(\S+)/.exec(command) ?? [];
  const { inputs } = parse(await readFile(join(action, 'action.yml'), 'utf8'));
  expect(inputs['fivetran-api-url'].default).toBe(values.FIVETRAN_API_URL);
  expect(existsSync(join(action, 'dist/index.js'))).toBe(true);
  const [page = ''] = /^ +http\S+\/issues\/1$/m.exec(output.text) ?? [];
  expect(await (await fetch(page.trim())).text()).toContain('Connect: Globex');

  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(output.text).toMatch(/^\d\d:\d\d:\d\d GET \/repos\/globex\/links\/issues\/1 200$/m);
  expect(output.text).toMatch(/^\d\d:\d\d:\d\d POST \/graphql 200$/m);
  expect(existsSync(fileOf('eventpath'))).toBe(false);
  await expect(fetch(`${repository}/issues/1`)).rejects.toThrow();
});

test('with --folder act finds its options there, and events on the pages are written there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'my workflows-'));
  const { child, output, ended, printed } = run('--github', '--folder', join(folder, 'new'));
  await printed('shown there and here');
  expect(output.text).toContain(`To run your workflows, in ${folder}/new:`);
  expect(output.text).toContain('another terminal');
  expect(output.text).toMatch(/^ +act workflow_dispatch$/m);
  expect(output.text).toMatch(/^ +act issues --eventpath \.sandbox\/issues\.json$/m);
  const options = await readFile(join(folder, 'new/.actrc'), 'utf8');
  expect(options).toContain('--platform ubuntu-latest=-self-hosted\n');
  const [, secrets = ''] = /^--secret-file (.*)$/m.exec(options) ?? [];
  expect(await readFile(secrets, 'utf8')).toContain('FIVETRAN_API_KEY=sandbox-key\n');

  const [page = ''] = output.text.match(/http\S+\/issues\/1$/m) ?? [];
  await fetch(page, {
    method: 'POST',
    headers: { origin: new URL(page).origin },
    body: new URLSearchParams({ action: 'comment', by: 'nina', body: '/connect-card' }),
  });
  const command = 'act issue_comment --eventpath .sandbox/issue_comment.json';
  await printed(`Issue 1: issue_comment created by nina\n  ${command}`);
  const event = await readFile(join(folder, 'new/.sandbox/issue_comment.json'), 'utf8');
  expect(JSON.parse(event)).toMatchObject({
    action: 'created',
    comment: { body: '/connect-card' },
    sender: { login: 'nina' },
  });
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(await readdir(join(folder, 'new'))).toEqual([]);

  // Left behind by a sandbox that was killed: it is replaced.
  await writeFile(join(folder, 'new/.actrc'), options);
  const again = run('--github', '--folder', join(folder, 'new'));
  await again.printed('shown there and here');
  again.child.kill('SIGTERM');
  await again.ended;

  await writeFile(join(folder, 'new/.actrc'), '--verbose\n');
  const other = run('--github', '--folder', join(folder, 'new'));
  expect(await other.ended).toEqual([2, null]);
  expect(other.output.text).toContain('.actrc exists: choose another --folder, or none.');
  expect(await readFile(join(folder, 'new/.actrc'), 'utf8')).toBe('--verbose\n');
  await rm(folder, { recursive: true });
});

test('the copy of the action for act runs where the Node in the PATH is too old for it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'action-'));
  await copyAction(folder, 'http://127.0.0.1:9');
  const { runs } = parse(await readFile(join(folder, 'action.yml'), 'utf8'));
  // What Node 20 lacks. The option isn't passed on to a process that this one starts.
  const old = join(folder, 'old.cjs');
  await writeFile(old, 'delete Promise.withResolvers;');
  const start = (...options: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [...options, join(folder, runs.main)], {
      encoding: 'utf8',
      env: {},
    });
    return { status, stdout };
  };
  const itself = start();
  expect(itself.status).toBe(1);
  expect(itself.stdout).toContain('missing-credentials');
  expect(start('--require', old)).toEqual(itself);
  await rm(folder, { recursive: true });
});

test.each<[string, string, (path: string) => Promise<unknown>]>([
  ['a folder', '.sandbox', (path) => mkdir(path)],
  ['a file', '.sandbox', (path) => writeFile(path, 'mine')],
  ['a folder', '.actrc', (path) => mkdir(path)],
  ['a link to nothing', '.actrc', (path) => symlink('nowhere', path)],
  ['a link to a folder', '.sandbox', (path) => symlink('elsewhere', path)],
])('--folder leaves %s that is called %s as it is', async (_, name, create) => {
  const folder = await mkdtemp(join(tmpdir(), 'my-workflows-'));
  await mkdir(join(folder, 'elsewhere'));
  await create(join(folder, name));
  const before = await readdir(folder);
  const { output, ended } = run('--github', '--folder', folder);
  expect(await ended).toEqual([2, null]);
  expect(output.text).toContain(`${join(folder, name)} exists: choose another --folder, or none.`);
  expect(await readdir(folder)).toEqual(before);
  await rm(folder, { recursive: true });
});

test.each(['SIGINT', 'SIGHUP'] as const)('%s, even twice, leaves no files', async (signal) => {
  const folder = await mkdtemp(join(tmpdir(), 'my-workflows-'));
  const { child, ended, printed } = run('--github', '--folder', folder);
  await printed('shown there and here');
  child.kill(signal);
  child.kill(signal);
  expect(await ended).toEqual([0, null]);
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

test('ends, and says why, where a port is in use', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { output, ended } = run('--github', '--github-port', String(port));
  expect(await ended).toEqual([2, null]);
  expect(output.text).toMatch(/EADDRINUSE/);
  other.close();
});

test.each([
  [['--help'], 0, /--duplicates POLICY[\s\S]*--github-port PORT/],
  [['--latency', 'soon'], 2, /--latency must be a whole number, not "soon"/],
  [['--duplicates', 'maybe'], 2, /--duplicates must be one of accept/],
  [['--group', 'mine'], 2, /--group must be ID=NAME/],
  [['--github', '--repository', 'mine'], 2, /--repository must be OWNER\/NAME, not "mine"/],
  [['--github', '--visibility', 'secret'], 2, /--visibility must be one of public/],
  [['--visibility', 'public'], 2, /--visibility needs --github/],
  [['--folder', 'x'], 2, /--folder needs --github/],
  [['--nope'], 2, /--nope/],
])('%j', async (args, code, text) => {
  const { output, ended } = run(...args);
  expect(await ended).toEqual([code, null]);
  expect(output.text).toMatch(text);
  expect(output.text).not.toMatch(/^\s+at /m);
});
