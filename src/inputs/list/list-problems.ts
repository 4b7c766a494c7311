import type { Problem } from '../../model/errors.ts';
import type { Fields } from '../fields.ts';
import type { Entry } from './entry.ts';
import { isKey, KEYS } from './keys.ts';
import type { Fault, Position } from './position.ts';

/** More problems than these help nobody; how many more there are is said. */
const MOST_PROBLEMS = 100;

interface ListProblem extends Problem {
  position: Position;
  /** How many entries share it. */
  alike: number;
}

/** Before every position in the list. */
const INPUTS: Position = { line: 0, column: 0 };

/** Collects what is wrong with a list, each with its position, and what is wrong alike only once. */
export class ListProblems {
  readonly #label: string;
  readonly #inputs: Fields;
  readonly #problems: ListProblem[] = [];
  /** Problems that many entries may share, by what they say. */
  readonly #shared = new Map<string, { alike: number }>();
  readonly #warnings = new Map<string, string>();

  constructor(label: string, inputs: Fields) {
    this.#label = label;
    this.#inputs = inputs;
  }

  /** Something wrong with how the list is written. */
  fault({ position, key, message, fix }: Fault): void {
    const input = this.#at(position, key);
    this.#problems.push({ code: 'bad-requests', input, message, fix, position, alike: 1 });
  }

  /** Something wrong with a request: with what the entry says, with an input, or for want of both. */
  problem(problem: Problem, { position, own }: Entry): void {
    const { input, message, fix } = problem;
    const said = own.get(input);
    const known = this.#shared.get(input + message);
    if (said) this.fault({ position: said, key: input, message, fix });
    else if (known) known.alike += 1;
    else {
      const one: ListProblem = this.#isGiven(input)
        ? // It concerns every entry, and is reported with the input.
          { ...problem, position: INPUTS, alike: Number.NaN }
        : {
            ...problem,
            code: 'bad-requests',
            input: this.#at(position, input),
            position,
            alike: 1,
          };
      this.#shared.set(input + message, one);
      this.#problems.push(one);
    }
  }

  /** Something unusual, which is tried; reported once, for the first entry. */
  warning(message: string, position: Position): void {
    if (!this.#warnings.has(message)) {
      this.#warnings.set(message, `${this.#at(position)}, ${message}`);
    }
  }

  all(): { problems: Problem[]; warnings: string[] } {
    const more = this.#problems.length - MOST_PROBLEMS;
    const inOrder = this.#problems.toSorted(
      ({ position: a }, { position: b }) => a.line - b.line || a.column - b.column,
    );
    const shown = inOrder.slice(0, MOST_PROBLEMS).map(({ alike, position, ...problem }) => {
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

  #at({ line, column }: Position, key?: string): string {
    const position = `${this.#label}:${line}:${column}`;
    return key ? `${position}, ${key}` : position;
  }
}

function count(entries: number): string {
  return entries === 1 ? 'one entry' : `${entries} entries`;
}
