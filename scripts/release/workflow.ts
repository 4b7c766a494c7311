/**
 * Runs the jobs of a workflow on this machine, as far as they are shell scripts: in a clone, with a
 * stand-in for GitHub's command line tool, `gh`. Actions aren't run; they are only noted.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';

/** The part of a workflow's job that is used here. */
export interface Job {
  if?: string;
  permissions: Record<string, string>;
  env?: Record<string, string>;
  outputs?: Record<string, string>;
  steps: Step[];
}

/** One step: an action, or a script. */
interface Step {
  id?: string;
  name?: string;
  uses?: string;
  with?: Record<string, string>;
  run?: string;
  env?: Record<string, string>;
}

/** What a job did. */
export interface JobRun {
  /** The names of the steps that ran, or their action. */
  steps: string[];
  /** The command lines that `gh` was called with. */
  gh: string[];
  /** What `gh` was given on standard input. */
  notes: string;
  outputs: Record<string, string>;
  /** The output of the step that failed. */
  failure?: string;
}

/** What a job runs in. */
export interface JobContext {
  /** The clone, with the tag's commit checked out. */
  clone: string;
  /** A folder of its own. */
  scratch: string;
  /** What `${{ name }}` stands for. */
  expressions: Record<string, string>;
  /** Decides what the stand-in for `gh` answers; see GH. */
  env?: Record<string, string>;
}

/** The jobs of this repository's workflow. */
export function jobsOf(root: string, workflow: string): Record<string, Job> {
  return parse(readFileSync(join(root, '.github/workflows', workflow), 'utf8')).jobs;
}

/** `gh`, as far as the release workflow uses it. */
const GH = `#!/usr/bin/env bash
set -euo pipefail
printf '%s\\n' "$*" >>"$GH_LOG"
archive() {
  local commit=\${2##*/}
  git archive --format="$1" --prefix="owner-repository-\${commit:0:7}/" "\${GH_COMMIT:-$commit}"
}
case "$1 $2" in
  'api repos/'*/tarball/*) archive tar.gz "$2" ;;
  'api repos/'*/zipball/*) archive zip "$2" ;;
  'api --paginate')
    case "$3" in
      */releases) jq --raw-output "$5" <<<"\${GH_RELEASES:-[]}" ;;
      */matching-refs/*) jq --raw-output "$5" <<<"\${GH_REFS:-[]}" ;;
    esac ;;
  'api --silent') exit "\${GH_MOVES:-0}" ;;
  'release download') echo asset >"$5/\${GH_ASSET:-archive}" ;;
  'release create') cat >"$GH_NOTES" ;;
  'release upload') ;;
  'attestation verify') [ "\${3##*/}" != "\${GH_UNATTESTED:-}" ] ;;
  *) exit 64 ;;
esac
`;

/** Runs a job's scripts, apart from .ci/run, until one fails. */
export function runJob(job: Job, context: JobContext): JobRun {
  const { clone, scratch, expressions } = context;
  // A runner is new for each job.
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const [bin, log, notes, output] = ['bin', 'gh.log', 'notes.md', 'output'].map((name) =>
    join(scratch, name),
  ) as [string, string, string, string];
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'gh'), GH, { mode: 0o755 });
  for (const file of [log, notes, output]) writeFileSync(file, '');
  const resolve = (values: Record<string, string> = {}) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, evaluate(value, expressions)]),
    );
  const result: JobRun = { steps: [], gh: [], notes: '', outputs: {} };
  for (const step of job.steps) {
    result.steps.push(step.name ?? step.uses ?? step.run?.trim() ?? '');
    if (step.run === undefined || step.run.trim() === 'bash .ci/run') continue;
    const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', step.run], {
      cwd: clone,
      encoding: 'utf8',
      env: {
        ...{ HOME: scratch, PATH: [bin, process.env.PATH].join(delimiter) },
        ...{ GH_LOG: log, GH_NOTES: notes, GITHUB_OUTPUT: output, RUNNER_TEMP: scratch },
        ...context.env,
        ...resolve(job.env),
        ...resolve(step.env),
      },
    });
    if (status !== 0) {
      result.failure = `${stdout}${stderr}`;
      break;
    }
  }
  result.gh = readFileSync(log, 'utf8').split('\n').filter(Boolean);
  result.notes = readFileSync(notes, 'utf8');
  result.outputs = outputsIn(readFileSync(output, 'utf8'));
  return result;
}

function evaluate(text: string, expressions: Record<string, string>): string {
  return text.replace(/\$\{\{ *(.+?) *\}\}/g, (_, name: string) => {
    const value = expressions[name];
    if (value === undefined) throw new Error(`Nothing stands for ${name} here.`);
    return value;
  });
}

/** Outputs of more than one line, as the runner reads them. */
function outputsIn(file: string): Record<string, string> {
  const found = file.matchAll(/^([\w-]+)<<(\S+)\n(.*?)\n\2$/gms);
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]));
}
