import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './copy.ts';

/** What the tests of one file took, and which mutants they reach, by their names. */
export interface Recorded {
  /** Of the file. */
  digest: string;
  tests: Record<string, { ms: number; reached: number[] }>;
  /** Tests that fail without any mutant, or that measure time: they say nothing. */
  failing: string[];
}

/** What became of a mutant so far. */
export interface Tried {
  /** Undefined as long as every test that was run has passed. */
  killed?: { by: string; isLate: boolean };
  /** Tests that have passed with it, as `file@digest#name`. */
  passed: string[];
}

const FILE = join(ROOT, 'node_modules/.cache/mutate.json');

/** The digests that say how long what was found out counts. */
export interface Digests {
  /** Of `src`: with another, everything is done again. */
  src: string;
  /** Of `src`, of what makes mutants and of what tests use: with another, tests are recorded again. */
  copy: string;
}

/** What earlier runs have found out. */
export class Store {
  readonly recorded: Record<string, Recorded>;
  readonly tried: Record<string, Tried>;
  readonly #digests: Digests;

  constructor(digests: Digests) {
    const read = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
    this.recorded = read.copy === digests.copy ? read.recorded : {};
    this.tried = read.src === digests.src ? read.tried : {};
    // With other stand-ins a test may notice what it didn't.
    if (read.copy !== digests.copy) for (const one of Object.values(this.tried)) one.passed = [];
    this.#digests = digests;
  }

  save(): void {
    mkdirSync(dirname(FILE), { recursive: true });
    const { recorded, tried } = this;
    // Whole or not at all: a run may be stopped at any time.
    writeFileSync(`${FILE}.new`, JSON.stringify({ ...this.#digests, recorded, tried }));
    renameSync(`${FILE}.new`, FILE);
  }
}
