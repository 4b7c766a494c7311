import type { Environment } from '../model/environment.ts';
import type { Problem, Warning } from '../model/errors.ts';
import type { Report } from './fields.ts';

/** Reads inputs as the runner passes them, and collects problems with them. */
export class InputReader {
  readonly #env: Environment;
  readonly problems: Problem[] = [];
  readonly warnings: Warning[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  /**
   * One input, without the white space around it.
   * The runner's name for it: docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#inputs
   */
  text(input: string): string {
    return this.#env[`INPUT_${input.toUpperCase()}`]?.trim() ?? '';
  }

  /** One input as it was written: where lines are counted, or blanks mean something. */
  whole(input: string): string {
    return this.#env[`INPUT_${input.toUpperCase()}`] ?? '';
  }

  readonly wrong: Report = (input, message, fix, code = 'invalid-input') =>
    this.problem({ code, input, message, fix });

  readonly problem = (problem: Problem): void => void this.problems.push(problem);

  readonly warning = (message: string): void => void this.warnings.push({ message });

  choice<T extends string>(input: string, choices: readonly [T, ...T[]]): T {
    const text = this.text(input) || choices[0];
    const chosen = choices.find((one) => one === text);
    if (!chosen) this.wrong(input, `is ${quote(text)}.`, `Use ${either(choices)}.`);
    return chosen ?? choices[0];
  }

  flag(input: string, fallback: boolean): boolean {
    const text = this.text(input) || String(fallback);
    // The booleans of YAML 1.2's core schema, as elsewhere in workflows
    if (/^(true|True|TRUE)$/.test(text)) return true;
    if (!/^(false|False|FALSE)$/.test(text)) {
      this.wrong(input, `is ${quote(text)}.`, 'Use true or false.');
    }
    return false;
  }

  /** A number of seconds, as milliseconds. */
  seconds(input: string, fallback: number, least: number, most: number): number {
    const text = this.text(input) || String(fallback);
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value * 1000;
    this.wrong(input, `is ${quote(text)}.`, `Use a number of seconds from ${least} to ${most}.`);
    return fallback * 1000;
  }

  /** A whole number; undefined for an empty input, or with a problem reported. */
  count(input: string, least: number, most: number): number | undefined {
    const text = this.text(input);
    if (!text) return undefined;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.wrong(input, `is ${quote(text)}.`, `Use a whole number from ${least} to ${most}.`);
    return undefined;
  }

  /** Words, one per line or comma-separated. */
  list(input: string): string[] {
    return this.text(input)
      .split(/[\n,]/)
      .map((word) => word.trim())
      .filter(Boolean);
  }

  /** A YAML or JSON mapping; empty where there is none, or with a problem reported. */
  async mapping(input: string): Promise<Record<string, unknown>> {
    const text = this.text(input);
    if (!text) return {};
    const { readMapping } = await import('./mapping.ts');
    return (await readMapping(input, text, this.problem)) ?? {};
  }
}

function either(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
