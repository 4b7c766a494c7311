import type { Case, Pair, Strike } from './case.ts';
import { FAULTS, type Fault, type FaultName } from './faults.ts';

/** Some of the cases, the same for the same seed. */
export function sample(cases: readonly Case[], size: number, seed: number): Case[] {
  const random = randomFrom(seed);
  const rest = [...cases];
  return Array.from({ length: Math.min(size, rest.length) }, () => {
    const [one] = rest.splice(Math.floor(random() * rest.length), 1);
    return one as Case;
  });
}

const NAMES = Object.keys(FAULTS) as FaultName[];
/** A fault makes a run send more requests than it does without one: these can be struck as well. */
const MORE_REQUESTS = 4;

/**
 * Pairs of faults, the same for the same seed. The second strikes one of the next requests of the same
 * run, or any of the run after it: of that always, where the first ends its run.
 * @param cases all of the operations from which to choose
 */
export function samplePairs(cases: readonly Case[], size: number, seed: number): Pair[] {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return Array.from({ length: size }, () => {
    const { operation, duplicates, request, fault } = cases[below(cases.length)] as Case;
    const alike = cases.filter((one) => one.operation === operation);
    const requests = Math.max(...alike.map((one) => one.request));
    const { end, cancel }: Fault = FAULTS[fault];
    const isNext = end === 'kill' || cancel || random() < 0.3;
    const second: Strike = {
      run: isNext ? 2 : 1,
      request: 1 + (isNext ? below(requests) : request + below(requests - request + MORE_REQUESTS)),
      fault: NAMES[below(NAMES.length)] as FaultName,
    };
    return { operation, duplicates, strikes: [{ run: 1, request, fault }, second] };
  });
}

/** Mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
