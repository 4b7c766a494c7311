import { spawnSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { placeOf } from '../../scripts/snippets/example-files.ts';
import { PUBLISHED, ROOT, standInFor, usedIn } from '../act/act.ts';
import { scenarios } from '../act/scenarios.ts';

interface Step {
  id?: string;
  shell?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  uses?: string;
  permissions?: unknown;
  concurrency?: unknown;
  'timeout-minutes'?: number;
  outputs?: Record<string, string>;
  steps?: Step[];
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const action = parse(read('action.yml'));
const files = globSync('**/*.{yml,yaml}', { cwd: join(ROOT, 'examples') }).sort();
const parsed = new Map(files.map((name) => [name, parse(read(`examples/${name}`))]));
/** Only workflows have jobs; issue forms and actions are in the same folders. */
const workflows = files.filter((name) => 'jobs' in parsed.get(name));
const actions = files.filter((name) => 'runs' in parsed.get(name));
const jobsOf = (name: string): Job[] => Object.values<Job>(parsed.get(name).jobs ?? {});
const stepsOf = (name: string): Step[] => [
  ...jobsOf(name).flatMap(({ steps }) => steps ?? []),
  ...(parsed.get(name).runs?.steps ?? []),
];
const isOurs = ({ uses }: Step) => uses?.includes('connect-card-link') ?? false;

test('act runs exactly the workflows in examples/', () => {
  const run = scenarios.flatMap(({ example, snippet }) => (snippet ? [] : example));
  // A reusable workflow is run by the one beside it that calls it.
  const called = run.flatMap((name) =>
    jobsOf(name).flatMap(({ uses }) =>
      workflows.filter((other) => `./${placeOf(other, read(`examples/${other}`))}` === uses),
    ),
  );
  expect([...new Set([...run, ...called])].sort()).toEqual(workflows);
});

test('every example has the action in it, or starts a workflow that has', () => {
  const folders = new Set(workflows.map((name) => name.replace(/\/.*/, '')));
  const without = [...folders].filter(
    (folder) =>
      !files.some((name) => name.startsWith(folder) && stepsOf(name).some((step) => isOurs(step))),
  );
  expect(without).toEqual([]);
});

test('the list of examples has each of them, and what it needs', () => {
  const list = read('examples/README.md');
  const rows = [...list.matchAll(/^\| \[[^\]]+\]\(([^)]+)\)[^|]*\|([^|]+)\|([^|]+)\|$/gm)];
  const all = readdirSync(join(ROOT, 'examples')).filter((name) => name !== 'README.md');
  expect(rows.map(([, name = '']) => name.replace(/\/.*/, '')).sort()).toEqual(all.sort());
  for (const [, , purpose = '', needs = ''] of rows) {
    expect([purpose.trim(), needs.trim()]).not.toContain('');
  }
});

describe.each(workflows)('examples/%s can be copied as it is', (name) => {
  const { name: title, on, permissions } = parsed.get(name);

  test('has a name, a trigger, no rights by default, and a time limit for each job', () => {
    expect(title).toBeTruthy();
    expect(on).toBeTruthy();
    expect(permissions).toEqual({});
    for (const job of jobsOf(name)) {
      if (!job.uses) expect(job['timeout-minutes']).toBeGreaterThan(0);
    }
  });

  test('says which secrets and variables it needs', () => {
    const source = read(`examples/${name}`);
    const [comment = ''] = source.split(/^name:/m);
    const used = [...source.matchAll(/^[^#\n]*\b(?:secrets|vars)\.([A-Z_]+)/gm)].map(
      ([, one]) => one,
    );
    for (const one of used) expect(comment).toContain(one);
  });

  // act passes them on, but GitHub leaves them out.
  test('passes no masked value on to another job', () => {
    const outputs = jobsOf(name).flatMap((job) => Object.values(job.outputs ?? {}));
    for (const output of outputs) {
      const [, id, field = ''] = /steps\.([\w-]+)\.outputs\.([\w-]+)/.exec(output) ?? [];
      const step = stepsOf(name).find((one) => one.id === id);
      if (!step || !isOurs(step)) continue;
      expect(['link', 'token', 'message']).not.toContain(field);
      if (field === 'results') expect(step.with?.['dry-run']).toBe(true);
    }
  });
});

describe.each([...workflows, ...actions])('examples/%s', (name) => {
  const source = read(`examples/${name}`);
  const steps = stepsOf(name);
  const ours = steps.filter(isOurs);

  test('uses the action by its published name', () => {
    for (const { uses } of ours) expect(uses).toBe(PUBLISHED);
  });

  test('sets only inputs of action.yml, and all required ones', () => {
    const inputs = Object.entries<{ required?: boolean }>(action.inputs);
    const required = inputs.filter(([, input]) => input.required).map(([input]) => input);
    for (const step of ours) {
      const given = Object.keys(step.with ?? {});
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
      expect(given).toEqual(expect.arrayContaining(required));
    }
  });

  test('suggests only inputs of action.yml in comments', () => {
    const suggested = [...source.matchAll(/^ {10}# ([a-z-]+): /gm)].map(([, input]) => input);
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(suggested));
  });

  test('pins the actions of others to a commit, and sets only inputs that these have', () => {
    for (const used of usedIn(source)) {
      if (used === PUBLISHED) continue;
      expect(source).toMatch(new RegExp(`\\b${used} # v\\d+`));
      expect(used).toMatch(/@[0-9a-f]{40}$/);
      const standIn = standInFor(used);
      if (!standIn) continue;
      const { inputs } = parse(readFileSync(join(standIn, 'action.yml'), 'utf8'));
      for (const step of steps.filter(({ uses }) => uses === used)) {
        expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
      }
    }
  });

  test('has no expression in a script, where its value would become part of the script', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  // Without a shell, GitHub adds no pipefail: a list that can't be read would count as an empty one.
  test('fails if any command in a pipe fails', () => {
    const pipes = steps.filter(({ run = '' }) => /[^|]\|( while .*)?$/m.test(run));
    for (const { shell } of pipes) expect(shell).toBe('bash');
  });

  test('reads only outputs of action.yml', () => {
    const used = ours.flatMap(({ id }) =>
      [...source.matchAll(new RegExp(`steps\\.${id}\\.outputs\\.([\\w-]+)`, 'g'))].map(
        ([, o]) => o,
      ),
    );
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(used));
  });
});

test.each([
  ['nina@example.com', 0],
  ["o'neil+crm@mail.example.com", 0],
  ['', 1],
  ['nina', 1],
  ['nina@example.com,eve@example.com', 1],
  ['nina@example.com\r\nBcc: eve@example.com', 1],
  ['nina@example.com\nBcc: eve@example.com', 1],
  ['Nina <nina@example.com>', 1],
  ['nina@example.com> ORCPT=x', 1],
])('hand-over.yml sends mail to one address: %j', (to, code) => {
  const script =
    stepsOf('hand-over.yml').find(({ run }) => run?.includes('--mail-rcpt'))?.run ?? '';
  // In place of what sends the mail.
  const curl = 'curl() { cat >/dev/null; echo sent; }\n';
  const values = { FROM: 'us@example.com', LINK: 'x', UNTIL: 'x', SMTP_URL: 'x', SMTP_USER: 'x' };
  const { status, stdout } = spawnSync('bash', ['-eo', 'pipefail', '-c', curl + script], {
    ...{ env: { PATH: process.env.PATH, TO: to, ...values }, encoding: 'utf8' },
  });
  expect([status, stdout.includes('sent')]).toEqual([code, code === 0]);
});

test('what can’t be decrypted to a link is passed on nowhere, and shown nowhere', () => {
  const script = stepsOf('link-to-another-job.yml').at(-1)?.run ?? '';
  // With another key, one time in 256, openssl ends without an error.
  const openssl = "openssl() { cat >/dev/null; printf 'anything'; }\n";
  const env = { PATH: process.env.PATH, KEY: 'x', ENCRYPTED: 'x', UNTIL: 'x', WEBHOOK_URL: 'x' };
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-eo', 'pipefail', '-c', openssl + script],
    {
      ...{ env, encoding: 'utf8' },
    },
  );
  expect([status, stdout]).toEqual([1, '::error::The link could not be decrypted.\n']);
  expect(stderr).not.toContain('anything');
});

test.each(['onboard.yml', 'connect-card-command.yml', 'onboard-public.yml'])(
  '%s may only write issues, with one run at a time for each issue',
  (name) => {
    const { permissions, concurrency, jobs } = parse(read(`examples/${name}`));
    // On the whole workflow, unrelated events would remove others from the queue.
    expect([permissions, concurrency]).toEqual([{}, undefined]);
    const [job, ...more] = Object.values<Job>(jobs);
    expect(more).toEqual([]);
    expect(job?.permissions).toEqual({ issues: 'write' });
    expect(job?.concurrency).toEqual({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as the workflow has it
      group: 'connect-card-${{ github.event.issue.number }}',
      'cancel-in-progress': false,
    });
  },
);

test.each(['README.md', 'SECURITY.md'])('%s uses the published name of the action', (path) => {
  const [name = ''] = PUBLISHED.split('@');
  const text = read(path);
  expect(text).toContain(name);
  expect(text.replaceAll(PUBLISHED, '').replaceAll(name, '')).not.toMatch(
    /\/connect-card-link\b|connect-card-link@/,
  );
});
