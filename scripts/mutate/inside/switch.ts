// Copied into the instrumented copy's `src`. It must work in `dist` (its own process, whose environment
// is the runner's alone) and in jest's process, so all is read from files beside `dist`.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const state = process.env.MUTATE_STATE ?? join(dirname(process.argv[1] ?? ''), '../.mutate');
const read = (name: string) =>
  existsSync(join(state, name)) ? readFileSync(join(state, name), 'utf8') : '';
const mode = read('mode');
const active = Number(mode);
const recording = mode === 'record';
/** The test that was running when this process began. */
const test = recording ? read('test') : '';
/** What this process has reached while a test ran, and that test. */
let reached = new Set<number>();
let during: string | undefined;

/** Whether a mutant is switched on. */
export function mutated(number: number): boolean {
  if (!recording) {
    // jest's process tries one mutant after the other.
    return number === ((globalThis as { __mutateActive?: number }).__mutateActive ?? active);
  }
  const now = (globalThis as { __mutateTest?: string }).__mutateTest ?? test;
  if (now !== during) {
    reached = new Set();
    during = now;
  }
  if (reached.has(number)) return false;
  reached.add(number);
  // At once: a test may kill this process.
  appendFileSync(join(state, 'reached'), `${now} ${number}\n`);
  return false;
}
