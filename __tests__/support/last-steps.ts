import type { StepResult } from '../../sandbox/runner/run.ts';

/** Where environment.ts finds the steps of a test that failed. */
export const LAST_STEPS = 'connectCardLastSteps';

const steps: StepResult[] = [];
Object.assign(globalThis, { [LAST_STEPS]: steps });

/** Has a step's log and results printed, should the test that ran it fail. */
export function remember(step: StepResult): StepResult {
  steps.push(step);
  return step;
}
