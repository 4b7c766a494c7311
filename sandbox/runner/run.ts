import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { keepJournal } from '../wire/journal.ts';
import { maskedBy, type Obeyed, obeyCommands } from './commands.ts';
import { assertNothingLeaks, filesIn } from './leaks.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface StepOptions {
  /** The step's `with:`. */
  with?: Record<string, string>;
  /** The step's `env:`. */
  env?: Record<string, string>;
  /** The event that started the workflow. */
  event?: { name: string; payload: object };
  /** Which attempt of the run this is (1); GitHub repeats a run with the same event. */
  attempt?: number;
  /** Who started this attempt: the event's sender, or whoever repeats the run. */
  triggeredBy?: string;
  /** Called when the process has started, for tests that end it as a lost machine would. */
  onStart?: (kill: (signal?: NodeJS.Signals) => void) => void;
  /** Called when the process has printed more, for tests that act in the middle of a run. */
  onOutput?: (soFar: string) => void;
  /** Milliseconds after which the process is killed. */
  limit?: number;
  /** The action's folder, with action.yml and dist: this repository unless told otherwise. */
  action?: string;
}

/** What became of a step: what its log showed, and the commands that the runner obeyed. */
export interface StepResult extends Obeyed {
  exitCode: number | null;
  /** What the process printed, commands and all. */
  raw: string;
  /** What it wrote to standard error. */
  stderr: string;
  outputs: Record<string, string>;
  /** What the file that `results-file` names holds. */
  resultsFile: string;
  summary: string;
  /** Milliseconds from start to end. */
  took: number;
  /** Milliseconds from the first signal that a test sent to the end; a runner kills after 7,500. */
  tookAfterSignal?: number;
}

/** What a step's process did, as the runner sees it. */
type Ended = Pick<StepResult, 'exitCode' | 'raw' | 'stderr' | 'took' | 'tookAfterSignal'>;

/**
 * Runs the shipped `dist/index.js` as GitHub's runner does: inputs in the environment with their
 * defaults from action.yml filled in, files for outputs and summary, commands on standard output.
 * It masks as the runner does, in the job summary too.
 * @throws Error when something that left the step has a secret or a link where it doesn't belong
 */
export function runStep(options: StepOptions = {}): Promise<StepResult> {
  const action = options.action ?? ROOT;
  return watchedStep(options, (env) => runProcess(join(action, 'dist/index.js'), env, options));
}

/**
 * Has a step run in whatever way, in an environment as the runner makes it, and reads what it has left.
 * @throws as `runStep`
 */
export async function watchedStep(
  options: StepOptions,
  run: (env: Record<string, string | undefined>) => Promise<Ended>,
): Promise<StepResult> {
  const temp = await mkdtemp(join(tmpdir(), 'connect-card-step-'));
  const files = await stepEnvironment(temp, options, options.action);
  const env = withGraphqlUrl({ ...files, ...options.env });
  const journal = keepJournal();
  try {
    const ended = await run(env);
    const outputs = parseFileCommands(await readFile(files.GITHUB_OUTPUT, 'utf8'));
    const file = outputs['results-file'];
    const resultsFile = file ? await readFile(file, 'utf8') : '';
    const summary = await readFile(files.GITHUB_STEP_SUMMARY, 'utf8');
    const obeyed = obeyCommands(ended.raw);
    const known = [files.GITHUB_OUTPUT, files.GITHUB_STEP_SUMMARY, files.GITHUB_EVENT_PATH, file];
    const left = await filesIn(temp, known);
    const seen = { ...obeyed, ...ended, outputs, resultsFile };
    assertNothingLeaks({ ...seen, env, summary, files: left, journal });
    return { ...seen, summary: maskedBy(obeyed.masks, summary) };
  } finally {
    journal.end();
  }
}

/** Runs a program as Node's, and waits for its end. */
async function runProcess(
  program: string,
  env: Record<string, string | undefined>,
  options: StepOptions,
): Promise<Ended> {
  const started = performance.now();
  const child = spawn(process.execPath, [program], { env });
  let signalled: number | undefined;
  options.onStart?.((signal = 'SIGKILL') => {
    signalled ??= performance.now();
    child.kill(signal);
  });
  let raw = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    raw += text;
    options.onOutput?.(raw);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const killer = setTimeout(() => child.kill('SIGKILL'), options.limit ?? 60_000);
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(killer);
  const ended = performance.now();
  return {
    exitCode,
    raw,
    stderr,
    took: ended - started,
    ...(signalled !== undefined && { tookAfterSignal: ended - signalled }),
  };
}

/** What the runner puts into a step's environment; its files lie in `temp`. */
export async function stepEnvironment(
  temp: string,
  {
    with: given = {},
    event,
    attempt = 1,
    triggeredBy,
  }: Pick<StepOptions, 'with' | 'event' | 'attempt' | 'triggeredBy'> = {},
  action = ROOT,
) {
  const files = {
    GITHUB_OUTPUT: join(temp, 'output'),
    GITHUB_STEP_SUMMARY: join(temp, 'summary'),
    GITHUB_EVENT_PATH: join(temp, 'event.json'),
  };
  const { name, payload } = event ?? { name: 'workflow_dispatch', payload: {} };
  const actor = (payload as { sender?: { login: string } }).sender?.login ?? 'ada';
  await Promise.all([
    writeFile(files.GITHUB_OUTPUT, ''),
    writeFile(files.GITHUB_STEP_SUMMARY, ''),
    writeFile(files.GITHUB_EVENT_PATH, JSON.stringify(payload)),
  ]);
  return {
    PATH: process.env.PATH,
    // `npm test` sets it, so that not every step compiles the same files again; a runner doesn't.
    ...(process.env.NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: 'card',
    GITHUB_ACTOR: actor,
    GITHUB_TRIGGERING_ACTOR: triggeredBy ?? actor,
    GITHUB_JOB: 'link',
    GITHUB_REPOSITORY: 'acme/onboarding',
    GITHUB_EVENT_NAME: name,
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_ATTEMPT: String(attempt),
    GITHUB_SERVER_URL: 'https://github.com',
    RUNNER_TEMP: temp,
    // So that what is put into the system's temporary folder is found as well.
    TMPDIR: temp,
    ...files,
    ...(await inputEnvironment(given, action)),
  };
}

/** The runner names GitHub's two APIs alike; a test names REST's only. */
function withGraphqlUrl(env: Record<string, string | undefined>) {
  const { GITHUB_API_URL: rest, GITHUB_GRAPHQL_URL: graphql } = env;
  return rest && !graphql ? { ...env, GITHUB_GRAPHQL_URL: `${rest}/graphql` } : env;
}

/** Deletes what a step left in its RUNNER_TEMP. */
export async function forget({ outputs }: StepResult): Promise<void> {
  const file = outputs['results-file'];
  if (file) await rm(join(file, '..'), { recursive: true, force: true });
}

/** `INPUT_…` for every input: the runner fills defaults in before the action starts. */
async function inputEnvironment(
  given: Record<string, string>,
  action: string,
): Promise<Record<string, string>> {
  const contract = await contractOf(action);
  const unknown = Object.keys(given).filter((name) => !(name in contract));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`);
  return Object.fromEntries(
    Object.entries(contract).map(([name, input]) => [
      `INPUT_${name.toUpperCase()}`,
      given[name] ?? evaluate(input.default ?? ''),
    ]),
  );
}

type Inputs = Record<string, { default?: string }>;

const contracts = new Map<string, Promise<Inputs>>();

/** The inputs of an action's action.yml, which is read once: tests run hundreds of steps. */
function contractOf(action: string): Promise<Inputs> {
  const known = contracts.get(action);
  if (known) return known;
  const read = readFile(join(action, 'action.yml'), 'utf8').then((text) => parse(text).inputs);
  contracts.set(action, read);
  return read;
}

/** A default of the form `${{ github.token }}` is empty where nobody gave a token. */
function evaluate(text: string): string {
  return text.startsWith('${{') ? '' : text;
}

/** Reads GITHUB_OUTPUT: `name<<delimiter`, the value's lines, `delimiter`. */
function parseFileCommands(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  while (lines.length > 0) {
    const [, name, delimiter] = lines.shift()?.match(/^(.+?)<<(.+)$/) ?? [];
    if (!name || !delimiter) continue;
    const end = lines.indexOf(delimiter);
    outputs[name] = lines.splice(0, end).join('\n');
    lines.shift();
  }
  return outputs;
}
