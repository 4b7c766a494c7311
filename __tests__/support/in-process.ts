import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StepOptions, type StepResult, stepEnvironment } from '../../sandbox/runner/run.ts';
import { run } from '../../src/main.ts';
import type { Runner } from '../../src/runner/runner.ts';
import type { Clock } from './clock.ts';

/**
 * Runs the action in this process, from `src`, by a clock that doesn't wait. For tests in which a run
 * has to wait for seconds; all others run `dist` as a process, as the runner does.
 * The event isn't passed on: a run for an issue reads it from the process's own environment.
 */
export async function runInProcess(
  { with: given = {}, env = {} }: Pick<StepOptions, 'with' | 'env'>,
  clock: Clock,
): Promise<StepResult> {
  const temp = await mkdtemp(join(tmpdir(), 'connect-card-step-'));
  const environment = { ...(await stepEnvironment(temp, { with: given })), ...env };
  const { runner, seen } = recorder();
  const started = clock.now();
  const succeeded = await run(environment, runner, undefined, clock);
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

/** A runner that keeps what it is told, without masking it. */
function recorder() {
  const seen = {
    lines: [] as string[],
    outputs: {} as StepResult['outputs'],
    summary: '',
    masks: [] as string[],
    annotations: [] as StepResult['annotations'],
  };
  const annotate =
    (level: 'notice' | 'warning' | 'error') =>
    (message: string, title = '') => {
      seen.annotations.push({ level, title, message });
      seen.lines.push(`${level[0]?.toUpperCase()}${level.slice(1)}: ${message}`);
    };
  const runner: Runner = {
    mask: (secret) => seen.masks.push(secret),
    info: (line) => seen.lines.push(line),
    debug: () => {},
    notice: annotate('notice'),
    warning: annotate('warning'),
    error: annotate('error'),
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
