import { expect, test } from '@jest/globals';
import StepEnvironment from '../support/environment.ts';
import { LAST_STEPS, remember } from '../support/last-steps.ts';

const step = {
  exitCode: 1,
  log: 'Error: No connection.',
  raw: '',
  stderr: 'oops',
  outputs: {},
  resultsFile: '[{"outcome":"failed"}]',
  summary: '',
  commands: [],
  masks: [],
  annotations: [],
  took: 0,
};

/** What jest does at a test's end, with these steps run and these errors found. */
const errorsAfter = (steps: unknown[], errors: unknown[], name = 'test_done') => {
  StepEnvironment.prototype.handleTestEvent.call({ global: { [LAST_STEPS]: steps } } as never, {
    name,
    test: { errors },
  });
  return errors;
};

test('a test that fails shows the log and the results of each step', () => {
  const [, shown] = errorsAfter([step, step], ['expected 0, received 1']);
  const { message } = shown as Error;
  expect(message).toContain(
    'Step 1 of this test ended with 1. Its log:\nError: No connection.oops',
  );
  expect(message).toContain('Step 2 of this test');
  expect(message).toContain('Its results: [{"outcome":"failed"}]');
});

test('a long text is shown by its beginning and its end', () => {
  const log = `begin${'x'.repeat(1e5)}end`;
  const [, shown] = errorsAfter([{ ...step, log }], ['wrong']);
  const { message } = shown as Error;
  expect(message).toMatch(/begin.*characters left out.*end/s);
  expect(message.length).toBeLessThan(5000);
});

test('a test that passes, and one without a step, show nothing', () => {
  expect(errorsAfter([step], [])).toEqual([]);
  expect(errorsAfter([], ['wrong'])).toEqual(['wrong']);
});

test('each test begins with no steps', () => {
  const steps = [step];
  errorsAfter(steps, [], 'test_start');
  expect(steps).toEqual([]);
});

test('the steps that tests run are where the environment looks', () => {
  expect(remember(step)).toBe(step);
  expect((globalThis as unknown as Record<string, unknown[]>)[LAST_STEPS]).toEqual([step]);
});
