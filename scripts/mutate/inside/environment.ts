import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import StepEnvironment from '../../../__tests__/support/environment.ts';
import type { Plan } from '../jest.ts';

/** jest-circus's entries: https://github.com/jestjs/jest/blob/main/packages/jest-types/src/Circus.ts */
interface Test {
  name: string;
  mode?: string | undefined;
  parent?: Block;
  errors: unknown[];
  duration?: number | null;
  timeout?: number;
  /** The mutant that it is run with. */
  mutant?: number;
  /** Run once more without its mutant, because it has failed with it. */
  isControl?: boolean;
}

interface Block {
  name: string;
  parent?: Block;
  children: (Test | Block)[];
}

type Event = { name: string; test?: Test };

const STATE = process.env.MUTATE_STATE ?? '';
const MODE = readFileSync(join(STATE, 'mode'), 'utf8');

/**
 * The tests' environment in the instrumented copy. While recording it tells processes which test is
 * running; otherwise it runs each planned test once per mutant, and after a failure once more without:
 * only if it passes then, the mutant was the reason.
 */
export default class MutateEnvironment extends StepEnvironment {
  readonly #file: string;
  readonly #killed = new Set<number | undefined>();
  #failed: Test | undefined;

  constructor(...args: ConstructorParameters<typeof StepEnvironment>) {
    super(...args);
    this.#file = relative(process.cwd(), args[1].testPath);
    if (MODE === 'record') this.#note('');
  }

  override handleTestEvent(event: Event, state?: { rootDescribeBlock: Block }): void {
    super.handleTestEvent(event as Parameters<StepEnvironment['handleTestEvent']>[0]);
    const { name, test } = event;
    if (MODE === 'record') {
      if (test && name === 'test_start') this.#note(fullName(test));
      if (test && name === 'test_done') this.#recorded(test);
    } else {
      if (state && name === 'run_start') this.#plan(state.rootDescribeBlock);
      if (test && name === 'test_start') this.#begin(test);
      if (test && name === 'test_done') this.#end(test);
    }
  }

  /** Which test is running: for this process, and for those that begin now. */
  #note(test: string): void {
    // A name may have any characters; a line of `reached` has two words.
    const encoded = encodeURIComponent(`${this.#file}#${test}`);
    (this.global as unknown as Record<string, string>).__mutateTest = encoded;
    writeFileSync(join(STATE, 'test'), encoded);
  }

  #recorded(test: Test): void {
    this.#tell({ name: fullName(test), ms: test.duration ?? 0, failed: test.errors.length > 0 });
    this.#note('');
  }

  #plan(root: Block): void {
    const plan: Plan = JSON.parse(readFileSync(join(STATE, 'plan.json'), 'utf8'));
    const planned = new Map(plan.map((one) => [one.name, one]));
    const visit = (block: Block) => {
      block.children = block.children.flatMap((one): (Test | Block)[] => {
        if ('children' in one) {
          visit(one);
          return [one];
        }
        const { mutants = [], limitMs = 0 } = planned.get(fullName(one)) ?? {};
        const copy = () => ({
          ...one,
          errors: [],
          retryReasons: [],
          unhandledRejectionErrorByPromise: new Map(),
          timeout: limitMs,
        });
        const tries = mutants.flatMap((mutant): Test[] => [
          { ...copy(), mutant },
          { ...copy(), mutant, isControl: true },
        ]);
        return tries.length > 0 ? tries : [{ ...one, mode: 'skip' }];
      });
    };
    visit(root);
  }

  #begin(test: Test): void {
    const { mutant, isControl } = test;
    const isDone = isControl ? this.#failed === undefined : this.#killed.has(mutant);
    if (mutant === undefined || isDone) test.mode = 'skip';
    if (test.mode === 'skip') return;
    const active = isControl ? 0 : (mutant ?? 0);
    (this.global as unknown as Record<string, number>).__mutateActive = active;
    // Processes of this test read it; loaded files keep the mutant with which they were loaded.
    writeFileSync(join(STATE, 'mode'), String(active));
    const current = { name: fullName(test), mutant, at: Date.now(), limitMs: test.timeout };
    writeFileSync(join(STATE, 'current'), JSON.stringify(current));
  }

  #end(test: Test): void {
    const { mutant, isControl, errors, duration, timeout = 0 } = test;
    if (mutant === undefined || test.mode === 'skip') return;
    const failed = errors.length > 0;
    const name = fullName(test);
    if (isControl) {
      this.#failed = undefined;
      this.#tell({ name, mutant, outcome: failed ? 'unclear' : 'killed' });
      // Something is left of the failure.
      if (failed) process.exit(1);
      this.#killed.add(mutant);
    } else if (!failed) {
      this.#tell({ name, mutant, outcome: 'passed' });
    } else if ((duration ?? 0) >= timeout || MODE !== 'batch') {
      // What took too long goes on; what was loaded with its mutant has no other run.
      this.#tell({ name, mutant, outcome: (duration ?? 0) >= timeout ? 'late' : 'killed' });
      process.exit(1);
    } else this.#failed = test;
  }

  #tell(line: object): void {
    appendFileSync(join(STATE, 'told'), `${JSON.stringify(line)}\n`);
  }
}

function fullName(test: Test): string {
  const names = [test.name];
  for (let block = test.parent; block?.parent; block = block.parent) names.unshift(block.name);
  return names.join(' > ');
}
