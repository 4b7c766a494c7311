import fc from 'fast-check';

/** How many times as many examples as `npm test` tries; with more than one, they are new ones each time. */
const TIMES = Number(process.env.PROPERTY_TIMES ?? 1);

/** Where the examples begin: always the same in `npm test`, so that a change is what makes it fail. */
const SEED = Number(process.env.PROPERTY_SEED ?? (TIMES === 1 ? 1 : Date.now() % 2 ** 31));

/**
 * Asserts that a property holds for so many examples. A failure says the seed with which
 * `PROPERTY_SEED` repeats it.
 */
export function holds<Values>(property: fc.IProperty<Values>, runs: number): void {
  fc.assert(property, { numRuns: runs * TIMES, seed: SEED });
}

/** The same for a property that takes time to find out. */
export function holdsLater<Values>(
  property: fc.IAsyncProperty<Values>,
  runs: number,
): Promise<void> {
  return fc.assert(property, { numRuns: runs * TIMES, seed: SEED });
}

/** Milliseconds that a test may take. */
export const PATIENCE_MS = 60_000 * TIMES;
