/**
 * A release in a clone: version and date are set, the commit is tagged, and the release workflow's
 * scripts run, with a stand-in for GitHub. Nothing leaves this machine.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sectionsOf, UNRELEASED, withDate } from './changelog.ts';
import { type JobRun, jobsOf, runJob } from './workflow.ts';

/** A clone of the repository's last commit, in which a release can be rehearsed. */
export interface Clone {
  path: string;
  git(...command: string[]): string;
  remove(): void;
}

/** What a clone's commits and tags are made with, whoever rehearses: nobody's signature, hooks or line ends. */
const CONFIG = {
  'user.name': 'Release',
  'user.email': 'release@example.com',
  'commit.gpgSign': 'false',
  'tag.gpgSign': 'false',
  'core.hooksPath': '/dev/null',
  'core.autocrlf': 'false',
};

/** Clones the last commit to a folder of its own, with the packages of the original to look at. */
export function cloneOf(root: string, env = process.env): Clone {
  const base = mkdtempSync(join(tmpdir(), 'release-'));
  const path = join(base, 'clone');
  // Git reads no repository of another user, unless it is told to here.
  const theirs = join(base, 'git.config');
  writeFileSync(theirs, '[safe]\n\tdirectory = *\n');
  const config = Object.entries(CONFIG).flatMap(([key, value]) => ['--config', `${key}=${value}`]);
  execFileSync('git', ['clone', '--quiet', '--no-tags', '--template=', ...config, root, path], {
    env: { ...env, GIT_CONFIG_GLOBAL: theirs },
  });
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  return {
    path,
    git: (...command) => execFileSync('git', command, { cwd: path, encoding: 'utf8', env }).trim(),
    remove: () => rmSync(base, { recursive: true }),
  };
}

/** What a release's own commit changes. */
const MAY_CHANGE = /^(CHANGELOG\.md|package(-lock)?\.json|src\/model\/version\.ts|dist\/.*)$/;

/** What the jobs of the release workflow do for a tag that is in the clone. */
export interface ReleaseRun {
  check: JobRun;
  draft: JobRun;
  move: JobRun;
}

/** The jobs of the release workflow, in their order. */
export const JOBS = ['check', 'draft', 'move'] as const;

/**
 * Runs these jobs, each if the one before didn't fail.
 * @param root the folder whose workflow is used
 * @param env decides what the stand-in for `gh` answers
 */
export function runRelease(
  root: string,
  clone: Clone,
  tag: string,
  env: Record<string, string> = {},
  names: readonly (typeof JOBS)[number][] = JOBS,
): Partial<ReleaseRun> {
  const jobs = jobsOf(root, 'release.yml') as Record<keyof ReleaseRun, never>;
  const expressions: Record<string, string> = {
    'github.ref_name': tag,
    'github.repository': 'owner/repository',
    'github.token': '',
    'github.event.release.tag_name': tag,
    'needs.check.outputs.notes': '',
  };
  const ran: Partial<ReleaseRun> = {};
  for (const name of names) {
    const scratch = join(clone.path, '..', name);
    const run = runJob(jobs[name], {
      ...{ clone: clone.path, scratch, expressions },
      env: { GH_REFS: JSON.stringify([{ ref: `refs/tags/${tag.split('.')[0]}` }]), ...env },
    });
    ran[name] = run;
    if (run.failure !== undefined) break;
    if (name === 'check') expressions['needs.check.outputs.notes'] = run.outputs.notes ?? '';
  }
  return ran;
}

/** The subjects of the attestation: the hash of each file, by its name. @throws Error for a wrong hash */
export function subjectsOf(clone: Clone): Map<string, string> {
  const lines = readFileSync(join(clone.path, 'subjects'), 'utf8').trim().split('\n');
  const subjects = new Map(lines.map((line) => line.split('  ').reverse() as [string, string]));
  for (const [name, hash] of subjects) {
    const folder = /^(connect-card-link-|sbom)/.test(name) ? 'release' : 'expected';
    const content = readFileSync(join(clone.path, folder, name));
    if (createHash('sha256').update(content).digest('hex') !== hash) {
      throw new Error(`The hash of ${name} is wrong.`);
    }
  }
  return subjects;
}

/**
 * Releases a version in a clone: the changelog's newest one, or another, which gets an entry.
 * @returns what was done, line by line
 * @throws Error where a step failed
 */
export function rehearse(root: string, other?: string): string[] {
  const clone = cloneOf(root);
  try {
    const changelog = join(clone.path, 'CHANGELOG.md');
    const text = readFileSync(changelog, 'utf8');
    const newest = sectionsOf(text)[0]?.version ?? '';
    const version = other ?? newest;
    if (version !== newest) {
      const entry = `## [${version}] - ${UNRELEASED}\n\n- A rehearsal.\n\n`;
      const dated = withDate(text, newest, '2026-01-01');
      writeFileSync(changelog, dated.replace(/^## /m, `${entry}$&`));
    }
    // A build needs packages of its own: through the link, the bundler takes them for something else.
    rmSync(join(clone.path, 'node_modules'));
    execFileSync('npm', ['ci', '--prefer-offline'], { cwd: clone.path });
    execFileSync('node', ['scripts/release.ts', 'prepare', version], { cwd: clone.path });
    const changed = clone.git('diff', '--name-only').split('\n').filter(Boolean);
    const unexpected = changed.filter((path) => !MAY_CHANGE.test(path));
    if (unexpected.length > 0) throw new Error(`These changed as well: ${unexpected.join(', ')}.`);
    clone.git('commit', '--all', '--quiet', '--allow-empty', '--message', `Release ${version}`);
    clone.git('tag', `v${version}`);
    const ran = runRelease(root, clone, `v${version}`);
    const lines = Object.entries(ran).flatMap(([name, { steps, gh }]) => [
      `${name}:`,
      ...steps.map((step) => `  ${step}`),
      ...gh.map((command) => `    gh ${command}`),
    ]);
    const failure = Object.values(ran).find((job) => job.failure !== undefined)?.failure;
    if (failure !== undefined) throw new Error([...lines, failure].join('\n'));
    return [...lines, `${subjectsOf(clone).size} hashes attested.`, '', ran.draft?.notes ?? ''];
  } finally {
    clone.remove();
  }
}
