import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import StepEnvironment from '../../../__tests__/support/environment.ts';

interface Test {
  name: string;
  mode?: string;
  parent?: Block;
  errors: unknown[];
  duration?: number | null;
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
 * running; else it runs only the chosen tests, and ends jest at the first that fails.
 */
export default class MutateEnvironment extends StepEnvironment {
  readonly #file: string;

  constructor(...args: ConstructorParameters<typeof StepEnvironment>) {
    super(...args);
    this.#file = relative(process.cwd(), args[1].testPath);
    this.#now(`${this.#file}#`);
  }

  override handleTestEvent(event: Event, state?: { rootDescribeBlock: Block }): void {
    super.handleTestEvent(event as Parameters<StepEnvironment['handleTestEvent']>[0]);
    const { name, test } = event;
    if (name === 'run_start' && state && MODE !== 'record') this.#choose(state.rootDescribeBlock);
    if (!test || (name !== 'test_start' && name !== 'test_done')) return;
    const key = `${this.#file}#${fullName(test)}`;
    if (name === 'test_start') this.#now(key);
    if (name !== 'test_done' || test.mode === 'skip') return;
    this.#now(`${this.#file}#`);
    const failed = test.errors.length > 0;
    const line = JSON.stringify({ test: key, ms: test.duration ?? 0, failed });
    appendFileSync(join(STATE, 'tests'), `${line}\n`);
    if (failed && MODE !== 'record') process.exit(1);
  }

  /** Which test is running: for this process, and for those that begin now. */
  #now(key: string): void {
    if (MODE !== 'record') return;
    // A name may have any characters; a line of `reached` has two words.
    const encoded = encodeURIComponent(key);
    (this.global as unknown as Record<string, string>).__mutateTest = encoded;
    writeFileSync(join(STATE, 'test'), encoded);
  }

  #choose(root: Block): void {
    const chosen: Record<string, string[]> = JSON.parse(
      readFileSync(join(STATE, 'chosen.json'), 'utf8'),
    );
    const names = new Set(chosen[this.#file]);
    const visit = (block: Block) => {
      for (const one of block.children) {
        if ('children' in one) visit(one);
        else if (!names.has(fullName(one))) one.mode = 'skip';
      }
    };
    visit(root);
  }
}

function fullName(test: Test): string {
  const names = [test.name];
  for (let block = test.parent; block?.parent; block = block.parent) names.unshift(block.name);
  return names.join(' > ');
}
