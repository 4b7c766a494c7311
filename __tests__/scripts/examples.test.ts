import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { PUBLISHED, ROOT } from '../act/act.ts';
import { scenarios } from '../act/scenarios.ts';

interface Step {
  id?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  permissions?: unknown;
  concurrency?: unknown;
  steps?: Step[];
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const action = parse(read('action.yml'));
/** Only workflows have jobs; issue forms are in the same folder. */
const workflows = globSync('**/*.{yml,yaml}', { cwd: join(ROOT, 'examples') }).filter(
  (name) => 'jobs' in parse(read(`examples/${name}`)),
);

test('act runs exactly the workflows in examples/', () => {
  const run = new Set(scenarios.map(({ example }) => example));
  expect([...run].sort()).toEqual(workflows.sort());
});

describe.each(workflows)('examples/%s', (name) => {
  const source = read(`examples/${name}`);
  const jobs = Object.values<Job>(parse(source).jobs);
  const steps = jobs.flatMap((job) => job.steps ?? []);
  const ours = steps.filter(({ uses }) => uses?.includes('connect-card-link'));

  test('uses the action by its published name', () => {
    expect(ours).not.toHaveLength(0);
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

  test('has no expression in a script, where its value would become part of the script', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
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
