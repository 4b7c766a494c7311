import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../act/act.ts';

const scripts: Record<string, string> = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
).scripts;

/** Programs of package.json that have no options. */
const WITHOUT_OPTIONS = ['build', 'pictures', 'reproduce', 'release'];

const programs = [
  ...Object.entries(scripts).flatMap(([name, command]) => {
    const [, path] = /^node (\S+\.ts)$/.exec(command) ?? [];
    return path && !WITHOUT_OPTIONS.includes(name) ? [path] : [];
  }),
  '__tests__/act/run.ts',
];

const start = (path: string, option: string) =>
  spawnSync(process.execPath, [path, option], { cwd: ROOT, encoding: 'utf8', timeout: 30_000 });

test.each(programs)('%s shows its options when one is misspelled', (path) => {
  const { status, stdout, stderr } = start(path, '--misspelled');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^Unknown option '--misspelled'/);
  expect(stderr).toMatch(/--help|npm run|node __tests__/);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('--help shows them as well', () => {
  const { status, stdout, stderr } = start('sandbox/demo/run.ts', '--help');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('npm run demo -- --keep');
});
