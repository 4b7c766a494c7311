import type { Numbered } from './instrument.ts';
import type { Recorded, Tried } from './store.ts';

/** A test that reaches a mutant. */
export interface Reaching {
  file: string;
  name: string;
  ms: number;
  /** As `Tried.passed` has it. */
  key: string;
}

/**
 * The tests that reach a mutant, the most promising first: those that reach much of the mutant's file
 * and take little time.
 * @param own the numbers of all mutants of its file
 */
export function reachingOf(
  { number }: Numbered,
  own: ReadonlySet<number>,
  recorded: ReadonlyMap<string, Recorded>,
): Reaching[] {
  const found: (Reaching & { cost: number })[] = [];
  for (const [file, { digest, tests }] of recorded) {
    for (const [name, { ms, reached }] of Object.entries(tests)) {
      if (!reached.includes(number)) continue;
      const share = reached.filter((one) => own.has(one)).length / own.size;
      const cost = (ms + 20) / share ** 2;
      found.push({ file, name, ms, key: `${file}@${digest}#${name}`, cost });
    }
  }
  return found.sort((a, b) => a.cost - b.cost);
}

/**
 * What is known of a mutant: `unfinished` if tests that reach it haven't been run yet.
 * @param tried undefined where none has been
 */
export function outcomeOf(tried: Tried | undefined, reaching: readonly Reaching[]): Outcome {
  if (tried?.killed) return tried.killed.isLate ? 'late' : 'killed';
  if (reaching.length === 0) return 'unreached';
  const passed = new Set(tried?.passed);
  return reaching.every(({ key }) => passed.has(key)) ? 'survived' : 'unfinished';
}

export type Outcome = 'killed' | 'late' | 'survived' | 'unreached' | 'unfinished';
