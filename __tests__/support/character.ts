import fc from 'fast-check';

const LAST = 0x10ffff;
const SURROGATES = { first: 0xd800, count: 0x800 };

/**
 * One code point, whichever: what fast-check calls `binary`. Its own takes most of a second and 100 MB
 * in each test file, for a table of them all the other way round.
 */
export const character: fc.Arbitrary<string> = fc
  .nat({ max: LAST - SURROGATES.count })
  .map(
    (index) => String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count),
    indexOf,
  );

function indexOf(value: unknown): number {
  const code = typeof value === 'string' ? (value.codePointAt(0) ?? -1) : -1;
  const isSurrogate = code >= SURROGATES.first && code < SURROGATES.first + SURROGATES.count;
  if (code < 0 || isSurrogate || value !== String.fromCodePoint(code)) {
    throw new Error('not one code point');
  }
  return code < SURROGATES.first ? code : code - SURROGATES.count;
}
