import type { Problem, Warning } from '../../model/errors.ts';
import type { Position } from '../../model/position.ts';
import type { Fields } from '../fields.ts';
import type { Entry } from './entry.ts';
import { isKey, KEYS } from './keys.ts';
import type { Source } from './list-source.ts';
import type { Fault } from './position.ts';

/** More problems than these help nobody; how many more there are is said. */
const MOST_PROBLEMS = 100;

interface ListProblem {
  problem: Problem;
  /** How many entries share it. */
  alike: number;
}

/** Before every position in the list: where problems with the inputs stand. */
const INPUTS: Position = { line: 0, column: 0 };

/** Collects what is wrong with a list, each with its position, and what is wrong alike only once. */
export class ListProblems {
  readonly #source: Source;
  readonly #inputs: Fields;
  readonly #problems: ListProblem[] = [];
  /** Problems that many entries may share, by what they say. */
  readonly #shared = new Map<string, { alike: number }>();
  readonly #warnings = new Map<string, Warning>();

  constructor(source: Source, inputs: Fields) {
    this.#source = source;
    this.#inputs = inputs;
  }

  /** Something wrong with how the list is written. */
  fault({ position, key, message, fix }: Fault): void {
    this.#add({ code: 'bad-requests', message, fix, ...this.#at(position, key) });
  }

  /** Something wrong with a request: with what the entry says, with an input, or for want of both. */
  problem(problem: Problem, { position, own }: Entry): void {
    const { input, message, fix } = problem;
    const said = own.get(input);
    const known = this.#shared.get(input + message);
    if (said) this.fault({ position: said, key: input, message, fix });
    else if (known) known.alike += 1;
    else {
      // What is wrong with an input concerns every entry, and stands where the input does.
      const one = this.#isGiven(input)
        ? this.#add(problem, Number.NaN)
        : this.#add({ code: 'bad-requests', message, fix, ...this.#at(position, input) });
      this.#shared.set(input + message, one);
    }
  }

  /** Something unusual, which is tried; reported once, for the first entry. */
  warning(message: string, position: Position): void {
    if (!this.#warnings.has(message)) {
      const { input, ...at } = this.#at(position);
      this.#warnings.set(message, { message: `${input}, ${message}`, ...at });
    }
  }

  all(): { problems: Problem[]; warnings: Warning[] } {
    const more = this.#problems.length - MOST_PROBLEMS;
    const inOrder = this.#problems.toSorted(({ problem: one }, { problem: other }) => {
      const { position: a = INPUTS } = one;
      const { position: b = INPUTS } = other;
      return a.line - b.line || a.column - b.column;
    });
    const shown = inOrder.slice(0, MOST_PROBLEMS).map(({ problem, alike }) => {
      if (!(alike > 1)) return problem;
      return {
        ...problem,
        message: `${problem.message} The same applies to ${count(alike - 1)} after it.`,
      };
    });
    if (more > 0) {
      const message = `has ${more} more problems.`;
      const fix = 'Fix these first.';
      shown.push({ code: 'bad-requests', input: this.#label, message, fix });
    }
    return { problems: shown, warnings: [...this.#warnings.values()] };
  }

  /** Whether an input says what is wrong: `settings.paused` is what the input settings says. */
  #isGiven(input: string): boolean {
    const [root = '', field] = input.split('.');
    if (!isKey(root) || root === 'name') return false;
    return field !== undefined || this.#inputs[KEYS[root]] !== '';
  }

  /** The file's path, or the input's name. */
  get #label(): string {
    return this.#source.path ?? 'requests';
  }

  #add(problem: Problem, alike = 1): ListProblem {
    const one: ListProblem = { problem, alike };
    this.#problems.push(one);
    return one;
  }

  /** What a message names, and where that stands. */
  #at(position: Position | undefined, key?: string): Pick<Problem, 'input' | 'position'> {
    const { line, column } = position ?? {};
    const at = position ? `${this.#label}:${line}:${column}` : this.#label;
    return {
      input: key ? `${at}, ${key}` : at,
      ...(position && { position: { ...this.#source, ...position } }),
    };
  }
}

function count(entries: number): string {
  return entries === 1 ? 'one entry' : `${entries} entries`;
}
