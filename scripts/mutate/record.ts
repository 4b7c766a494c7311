import { globSync } from 'node:fs';
import { join } from 'node:path';
import { type Copy, digestOf, ROOT } from './copy.ts';
import { lines, runJest } from './jest.ts';
import type { Recorded, Store } from './store.ts';

/** Tests that don't look at what `src` does, or that need more than the copy has. */
const LEFT_OUT =
  /^__tests__\/(?:sandbox|sandbox-github|browser|act)\/|startup|archive|pictures|readme|tools|examples/;

/** Tests that measure time: with all mutants built in, any of them may fail. */
const MEASURING = /takes? no time/;

/**
 * Runs every test file that has changed, with all mutants off, and notes what each test reaches.
 * @param part only files with this in their path
 */
export async function record(
  copy: Copy,
  store: Store,
  part: string,
): Promise<Map<string, Recorded>> {
  const files = globSync('__tests__/**/*.test.ts', { cwd: ROOT })
    .filter((file) => file.includes(part) && !LEFT_OUT.test(file))
    .sort();
  const recorded = new Map<string, Recorded>();
  for (const file of files) {
    const digest = digestOf(file);
    const known = store.recorded[file];
    const entry = known?.digest === digest ? known : await recordFile(copy, file, digest);
    if (entry !== known) console.error(`${file}: ${summaryOf(entry)}`);
    recorded.set(file, entry);
    store.recorded[file] = entry;
    store.save();
  }
  return recorded;
}

async function recordFile(copy: Copy, file: string, digest: string): Promise<Recorded> {
  const { told } = await runJest(copy, file, 'record');
  const reachedBy = new Map<string, Set<number>>();
  for (const line of lines(join(copy.state, 'reached'))) {
    const [key = '', number] = line.split(' ');
    const name = decodeURIComponent(key);
    const numbers = reachedBy.get(name) ?? new Set();
    reachedBy.set(name, numbers.add(Number(number)));
  }
  // What is reached while the file is loaded, or before its tests, counts for all of them.
  const always = reachedBy.get(`${file}#`) ?? new Set();
  const entry: Recorded = { digest, tests: {}, failing: [] };
  for (const line of told) {
    const { name, ms, failed }: { name: string; ms: number; failed: boolean } = JSON.parse(line);
    if (failed || MEASURING.test(name)) entry.failing.push(name);
    const earlier = entry.tests[name];
    const reached = new Set([
      ...always,
      ...(reachedBy.get(`${file}#${name}`) ?? []),
      ...(earlier?.reached ?? []),
    ]);
    entry.tests[name] = { ms: ms + (earlier?.ms ?? 0), reached: [...reached] };
  }
  for (const name of entry.failing) delete entry.tests[name];
  return entry;
}

function summaryOf({ tests, failing }: Recorded): string {
  const ms = Object.values(tests).reduce((sum, test) => sum + test.ms, 0);
  const failed = failing.length > 0 ? `, ${failing.length} left out` : '';
  return `${Object.keys(tests).length} tests in ${(ms / 1000).toFixed(1)} s${failed}`;
}
