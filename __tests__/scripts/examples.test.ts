import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { PUBLISHED, ROOT } from '../act/act.ts';
import { scenarios } from '../act/scenarios.ts';

interface Step {
  id?: string;
  uses?: string;
  with?: Record<string, unknown>;
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const action = parse(read('action.yml'));
/** An issue form may lie there too: a workflow is what has jobs. */
const workflows = globSync('**/*.{yml,yaml}', { cwd: join(ROOT, 'examples') }).filter(
  (name) => 'jobs' in parse(read(`examples/${name}`)),
);

test('act runs every workflow in examples/, and no other', () => {
  const run = new Set(scenarios.map(({ example }) => example));
  expect([...run].sort()).toEqual(workflows.sort());
});

describe.each(workflows)('examples/%s', (name) => {
  const source = read(`examples/${name}`);
  const jobs = Object.values<{ steps?: Step[] }>(parse(source).jobs);
  const steps = jobs.flatMap((job) => job.steps ?? []);
  const ours = steps.filter(({ uses }) => uses?.includes('connect-card-link'));

  test('uses the action by its published name', () => {
    expect(ours).not.toHaveLength(0);
    for (const { uses } of ours) expect(uses).toBe(PUBLISHED);
  });

  test('gives inputs that action.yml has, and those that it requires', () => {
    const inputs = Object.entries<{ required?: boolean }>(action.inputs);
    const required = inputs.filter(([, input]) => input.required).map(([input]) => input);
    for (const step of ours) {
      const given = Object.keys(step.with ?? {});
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
      expect(given).toEqual(expect.arrayContaining(required));
    }
  });

  test('reads outputs that action.yml has', () => {
    const used = ours.flatMap(({ id }) =>
      [...source.matchAll(new RegExp(`steps\\.${id}\\.outputs\\.([\\w-]+)`, 'g'))].map(
        ([, o]) => o,
      ),
    );
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(used));
  });
});

test.each(['README.md', 'SECURITY.md'])('%s knows the action by the same name', (path) => {
  const names = read(path).match(/[\w-]+\/connect-card-link(@v\d+)?\b/g) ?? [];
  expect(names).not.toHaveLength(0);
  for (const name of names) expect(PUBLISHED).toMatch(new RegExp(`^${name}`));
});
