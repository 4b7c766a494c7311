import type { Copy } from './copy.ts';
import type { Numbered } from './instrument.ts';
import { runJest } from './jest.ts';

import type { Recorded, Tried } from './store.ts';

/** Milliseconds for jest to start and to load a test file, on a busy machine. */
const START_MS = 15_000;
/** A run that takes so many times as long as usual doesn't end. */
const TIMES = 5;

/**
 * Runs the tests that reach a mutant until one fails: first those that are soonest done, or that have
 * killed others of its file.
 * @param kills how many mutants of the same file the tests of a file have killed, by the tests' file
 */
export async function tryMutant(
  copy: Copy,
  { number }: Numbered,
  recorded: ReadonlyMap<string, Recorded>,
  kills: ReadonlyMap<string, number>,
  mostMs: number,
): Promise<Omit<Tried, 'tests'>> {
  const likelihood = (file: string) => 1 + 3 * (kills.get(file) ?? 0);
  const files = [...recorded]
    .map(([file, { tests }]) => {
      const own = Object.entries(tests).filter(([, { reached }]) => reached.includes(number));
      const ms = own.reduce((sum, [, test]) => sum + test.ms, 0);
      return { file, names: own.map(([name]) => name), ms };
    })
    .filter(({ names }) => names.length > 0)
    .sort((a, b) => a.ms / likelihood(a.file) - b.ms / likelihood(b.file));
  if (files.length === 0) return { outcome: 'unreached' };
  const chosen = new Map<string, string[]>();
  let total = 0;
  for (const { file, names, ms } of files) {
    if (chosen.size > 0 && total + ms > mostMs) break;
    chosen.set(file, names);
    total += ms;
  }
  const limit = START_MS + TIMES * (total + 500 * chosen.size);
  const { outcome, tests } = await runJest(copy, String(number), chosen, limit);
  if (outcome === 'late') return { outcome };
  if (outcome === 'failed') {
    return { outcome: 'killed', by: tests.find(({ failed }) => failed)?.test ?? 'loading' };
  }
  return { outcome: chosen.size < files.length ? 'unfinished' : 'survived' };
}
