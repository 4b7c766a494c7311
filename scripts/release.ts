import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDate } from './release/changelog.ts';
import { releaseNotes, releaseProblems } from './release/notes.ts';
import { rehearse } from './release/rehearse.ts';

const HELP = `The steps of a release that a program can do; docs/releasing.md has all of them.

  npm run release -- prepare 1.2.3 [2026-12-01]   sets version and date everywhere, and builds
  npm run release -- notes v1.2.3 [COMMIT]        checks the tag and prints the release's notes
  npm run release -- rehearse [1.3.0]             does both in a clone, and runs the workflow's steps
`;

const ROOT = join(import.meta.dirname, '..');
const CHANGELOG = join(ROOT, 'CHANGELOG.md');

function prepare(version: string, date = new Date().toISOString().slice(0, 10)): void {
  // First, because it refuses a version that the changelog doesn't have.
  writeFileSync(CHANGELOG, withDate(readFileSync(CHANGELOG, 'utf8'), version, date));
  const run = (...command: string[]) =>
    execFileSync('npm', command, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  run('version', '--no-git-tag-version', '--allow-same-version', version);
  const path = join(ROOT, 'src/model/version.ts');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(/(VERSION = )'.*'/, `$1'${version}'`));
  run('run', 'build');
  fail(releaseProblems(`v${version}`, ROOT));
}

function notes(tag: string, commit = tag): void {
  const problems = releaseProblems(tag, ROOT);
  if (problems.length > 0) fail(problems);
  else console.log(releaseNotes(tag, readFileSync(CHANGELOG, 'utf8'), commit));
}

function fail(problems: string[]): void {
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

const [command, version, other] = process.argv.slice(2);
try {
  if (command === 'prepare' && version) prepare(version, other);
  else if (command === 'notes' && version) notes(version, other);
  else if (command === 'rehearse') console.log(rehearse(ROOT, version).join('\n'));
  else throw new Error(HELP);
} catch (error) {
  fail([error instanceof Error ? error.message : String(error)]);
}
