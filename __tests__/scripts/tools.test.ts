import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { ROOT } from '../act/act.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Update {
  'package-ecosystem': string;
  directory: string;
}

test.each([
  { ecosystem: 'npm', directory: '/', manifest: 'package.json' },
  { ecosystem: 'gomod', directory: '/.ci/tools', manifest: '.ci/tools/go.mod' },
  { ecosystem: 'pip', directory: '/.ci/tools', manifest: '.ci/tools/requirements.txt' },
])('Dependabot watches $manifest', ({ ecosystem, directory, manifest }) => {
  const updates: Update[] = parse(read('.github/dependabot.yml')).updates;
  const watched = updates.map((update) => [update['package-ecosystem'], update.directory]);
  expect(watched).toContainEqual([ecosystem, directory]);
  expect(existsSync(join(ROOT, manifest))).toBe(true);
});

test('every program that .ci/run installs is one of .ci/tools/tools.go, and none names a version', () => {
  const script = read('.ci/run');
  const programs = [...read('.ci/tools/tools.go').matchAll(/_ "(.*)"/g)].map(([, path]) => path);
  expect(programs).not.toHaveLength(0);
  for (const program of programs) expect(script).toContain(program);
  expect(script).not.toMatch(/@v?\d|==\d/);
});

test('.node-version names the Node that tests and the runner use', () => {
  const { devDependencies } = JSON.parse(read('package.json'));
  const major = read('.node-version').trim();
  expect(devDependencies.node.split('.')[0]).toBe(major);
  expect(parse(read('action.yml')).runs.using).toBe(`node${major}`);
});
