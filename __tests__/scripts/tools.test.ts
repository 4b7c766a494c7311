import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { ROOT } from '../act/act.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Update {
  'package-ecosystem': string;
  directory?: string;
  directories?: string[];
}

/** The ecosystems that Dependabot watches, each with a folder. */
function watched(): [string, string][] {
  const { updates } = parse(read('.github/dependabot.yml')) as { updates: Update[] };
  return updates.flatMap((update) =>
    (update.directories ?? [update.directory ?? '']).map((directory): [string, string] => [
      update['package-ecosystem'],
      directory,
    ]),
  );
}

test.each([
  { ecosystem: 'npm', directory: '/', manifest: 'package.json' },
  { ecosystem: 'gomod', directory: '/.ci/tools', manifest: '.ci/tools/go.mod' },
  { ecosystem: 'pip', directory: '/.ci/tools', manifest: '.ci/tools/requirements.txt' },
])('Dependabot watches $manifest', ({ ecosystem, directory, manifest }) => {
  expect(watched()).toContainEqual([ecosystem, directory]);
  expect(existsSync(join(ROOT, manifest))).toBe(true);
});

test('Dependabot watches every folder that has actions pinned by their hash', () => {
  const files = globSync('{.github,examples}/**/*.{yml,yaml}', { cwd: ROOT });
  const pinned = files.filter((path) => /uses: \S+@[0-9a-f]{40}/.test(read(path)));
  expect(pinned.length).toBeGreaterThan(5);
  // Dependabot takes the root for the folder of workflows.
  const folders = pinned.map((path) => `/${dirname(path)}`.replace(/^\/\.github\/workflows$/, '/'));
  const actions = watched().filter(([ecosystem]) => ecosystem === 'github-actions');
  const patterns = actions.map(([, directory]) => directory);
  const unwatched = folders.filter((folder) => !patterns.some((one) => matchesGlob(folder, one)));
  expect(unwatched).toEqual([]);
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
