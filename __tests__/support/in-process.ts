import { type StepOptions, type StepResult, watchedStep } from '../../sandbox/runner/run.ts';
import { run } from '../../src/main.ts';
import { actionsRunner } from '../../src/runner/runner.ts';
import type { Clock } from './clock.ts';
import { printed } from './printed.ts';

/**
 * Runs the action in this process, from `src`, which takes a fifth of the processor time of a process.
 * @param clock one that doesn't wait, for runs that have to wait for seconds; the machine's otherwise
 * @throws Error while another run is in progress: both would read the same environment
 */
export async function runInProcess(
  options: Pick<StepOptions, 'with' | 'env' | 'event' | 'attempt' | 'triggeredBy'>,
  clock?: Clock,
): Promise<StepResult> {
  if (inProgress) throw new Error('Another run is in progress.');
  inProgress = true;
  try {
    return await watchedStep(options, async (env) => {
      const now = clock?.now ?? Date.now;
      const started = now();
      const { text, result } = await printed(() =>
        withEnvironment(env, () => run(env, actionsRunner(env), undefined, clock)),
      );
      return { exitCode: result ? 0 : 1, raw: text, stderr: '', took: now() - started };
    });
  } finally {
    inProgress = false;
  }
}

let inProgress = false;

/** @actions packages read the process's own environment, however a run is started. */
export async function withEnvironment<T>(
  environment: Record<string, string | undefined>,
  work: () => Promise<T>,
): Promise<T> {
  const before = { ...process.env };
  const github = Object.entries(environment).filter(([name]) => name.startsWith('GITHUB_'));
  Object.assign(process.env, Object.fromEntries(github));
  try {
    return await work();
  } finally {
    for (const [name] of github) delete process.env[name];
    Object.assign(process.env, before);
  }
}
