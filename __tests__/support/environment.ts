import { TestEnvironment } from 'jest-environment-node';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { LAST_STEPS } from './last-steps.ts';

// A worker has nothing left to do, but takes longer than the 500 ms after which jest kills it to free a heap
// of hundreds of megabytes, when all workers do that at once. Exiting leaves that to the system.
if (process.send) process.once('beforeExit', () => process.exit());

/** Node's environment, in which a test that fails also shows what its steps have printed. */
export default class StepEnvironment extends TestEnvironment {
  /** Called by jest for everything that happens: https://jestjs.io/docs/configuration#testenvironment-string */
  handleTestEvent(event: { name: string; test?: { errors: unknown[] } }): void {
    const global = this.global as unknown as Record<string, StepResult[] | undefined>;
    const steps = global[LAST_STEPS] ?? [];
    if (event.name === 'test_start') steps.length = 0;
    const errors = event.test?.errors ?? [];
    for (const error of errors.flat()) untie(error);
    if (event.name !== 'test_done' || errors.length === 0 || steps.length === 0) return;
    // A property runs hundreds of steps before it says for which words it failed.
    const first = Math.max(0, steps.length - MOST_STEPS);
    const printed = steps
      .slice(first)
      .map(({ exitCode, log, stderr, resultsFile }, index) =>
        [
          `Step ${first + index + 1} of this test ended with ${exitCode}. Its log:`,
          shortened(`${log}${stderr}`),
          `Its results: ${shortened(resultsFile) || 'none'}`,
        ].join('\n'),
      );
    const message = printed.join('\n\n');
    errors.push(Object.assign(new Error(message), { stack: message }));
  }
}

/**
 * The error of a program that couldn't be run to its end contains itself, and jest then can't write its
 * report: https://github.com/nodejs/node/blob/v24.x/lib/child_process.js (`checkExecSyncError`).
 */
function untie(error: unknown): void {
  if (error instanceof Object && 'error' in error && error.error === error) delete error.error;
}

/** Of many steps the last ones are shown. */
const MOST_STEPS = 10;

/** Beginning and end of a long text: a batch prints more than anybody reads. */
function shortened(text: string): string {
  const most = 4000;
  if (text.length <= most) return text;
  return `${text.slice(0, most / 2)}\n… ${text.length - most} characters left out …\n${text.slice(-most / 2)}`;
}
