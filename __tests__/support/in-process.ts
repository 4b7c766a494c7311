import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StepOptions, type StepResult, stepEnvironment } from '../../sandbox/runner/run.ts';
import { run } from '../../src/main.ts';
import { Gate } from '../../src/runner/gate.ts';
import type { Runner } from '../../src/runner/runner.ts';
import type { Clock } from './clock.ts';

/**
 * Runs the action in this process, from `src`, by a clock that doesn't wait. For tests in which a run
 * has to wait for seconds; all others run `dist` as a process, as the runner does.
 * @throws Error while another run for an event is in progress: both would read the same environment
 */
export async function runInProcess(
  { env = {}, ...options }: Pick<StepOptions, 'with' | 'env' | 'event'>,
  clock: Clock,
): Promise<StepResult> {
  const temp = await mkdtemp(join(tmpdir(), 'connect-card-step-'));
  const environment = { ...(await stepEnvironment(temp, options)), ...env };
  const { runner, seen } = recorder();
  const started = clock.now();
  const go = () => run(environment, runner, undefined, clock);
  const succeeded = await (options.event ? withEnvironment(environment, go) : go());
  const took = clock.now() - started;
  const file = seen.outputs['results-file'];
  const resultsFile = file ? await readFile(file, 'utf8') : '';
  const log = seen.lines.join('\n');
  return {
    exitCode: succeeded ? 0 : 1,
    ...seen,
    log,
    raw: log,
    stderr: '',
    resultsFile,
    took,
  };
}

let inProgress = false;

/** @actions/github reads the event from the process's own environment, however a run is started. */
export async function withEnvironment<T>(
  environment: Record<string, string | undefined>,
  work: () => Promise<T>,
): Promise<T> {
  if (inProgress) throw new Error('Another run for an event is in progress.');
  inProgress = true;
  const before = { ...process.env };
  const github = Object.entries(environment).filter(([name]) => name.startsWith('GITHUB_'));
  Object.assign(process.env, Object.fromEntries(github));
  try {
    return await work();
  } finally {
    for (const [name] of github) delete process.env[name];
    Object.assign(process.env, before);
    inProgress = false;
  }
}

/** A runner that keeps what it is told, without masking it. */
export function recorder() {
  const seen = {
    lines: [] as string[],
    outputs: {} as StepResult['outputs'],
    summary: '',
    masks: [] as string[],
    commands: [] as string[],
    annotations: [] as StepResult['annotations'],
  };
  const annotate = (level: 'notice' | 'warning' | 'error', message: string, title = '') => {
    seen.annotations.push({ level, title, message });
    seen.lines.push(`${level[0]?.toUpperCase()}${level.slice(1)}: ${message}`);
  };
  const gate = new Gate();
  const runner: Runner = {
    gate,
    redact: (text) => gate.redact(text),
    mask: (secret) => seen.masks.push(secret),
    info: (line) => seen.lines.push(line),
    debug: () => {},
    notice: (message) => annotate('notice', message),
    warning: (message) => annotate('warning', message),
    error: (message, title) => annotate('error', message, title),
    group: (title, lines) => seen.lines.push(`▼ ${title}`, ...lines),
    outputs: (values) => {
      const known = Object.entries(values).filter(([, value]) => value != null);
      for (const [name, value] of known) seen.outputs[name] = String(value);
    },
    summary: (markdown) => {
      seen.summary += markdown;
    },
  };
  return { runner, seen };
}
