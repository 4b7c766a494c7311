import type { Problem } from '../model/errors.ts';
import type { Form } from './form.ts';
import { HEADINGS, type Heading } from './headings.ts';
import { title } from './hidden.ts';

/**
 * Reads answers from a form and collects what is wrong, apart by who can fix it. A problem of the
 * form counts only for the answers that are read: what the workflow fixed isn't the form's concern.
 */
export class FormReader {
  readonly #form: Form;
  readonly #read = new Set<Heading>();
  readonly #problems = new Map<string, Problem>();
  readonly workflowProblems: Problem[] = [];
  readonly warnings = new Set<string>();

  constructor(form: Form) {
    this.#form = form;
  }

  /** The names under Service; none with a problem reported. */
  services(): string[] {
    const { services } = this.#form;
    if (this.#isFine('service') && services.length === 0) this.wrong('service', ...EMPTY);
    return this.#isFine('service') ? services : [];
  }

  /** An answer; an empty text when it is missing, with a problem reported. */
  value(heading: 'schema' | 'table' | 'destination'): string {
    const value = this.#form.values[heading];
    if (this.#isFine(heading) && value === undefined) this.wrong(heading, ...EMPTY);
    return value ?? '';
  }

  /** An answer that may be missing; where it is, nothing can be hidden. */
  optional(heading: 'table'): string {
    const { values, problems } = this.#form;
    const exists = heading in values || problems.some((one) => one.heading === heading);
    if (exists) return this.#isFine(heading) ? (values[heading] ?? '') : '';
    this.#read.add(heading);
    return '';
  }

  /** Reports a problem with an answer. */
  wrong(heading: Heading, message: string, fix: string): void {
    this.#add(title(heading), message, fix);
  }

  /** Reports a problem that a finished request has: with an answer, or with what the workflow says. */
  checked(problem: Problem): void {
    const heading = HEADINGS.find((one) => one === problem.input);
    if (!heading || !this.#read.has(heading)) {
      const known = this.workflowProblems.some(
        ({ input, message }) => input === problem.input && message === problem.message,
      );
      if (!known) this.workflowProblems.push(problem);
      // What is wrong with an answer as such has been said better.
    } else if (this.#isFine(heading)) this.wrong(heading, problem.message, problem.fix);
  }

  /** Everything wrong with the answers that were read. */
  problems(): Problem[] {
    return [...this.#problems.values()];
  }

  /** Counts an answer as read; whether nothing is wrong with it. */
  #isFine(heading: Heading): boolean {
    if (!this.#read.has(heading)) {
      this.#read.add(heading);
      for (const { heading: about, message, fix } of this.#form.problems) {
        if (!about || about === heading) this.#add(about ? title(about) : WHOLE, message, fix);
      }
    }
    const input = title(heading);
    return !this.problems().some((problem) => problem.input === input);
  }

  #add(input: string, message: string, fix: string): void {
    const problem: Problem = { code: 'form-incomplete', input, message, fix };
    this.#problems.set(`${input} ${message}`, problem);
  }
}

const EMPTY = ['is empty.', 'Fill it in.'] as const;
/** What a problem concerns that is none of a single answer. */
const WHOLE = 'Issue description';
