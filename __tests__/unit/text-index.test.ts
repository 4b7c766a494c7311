import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TextIndex } from '../../src/runner/text-index.ts';

/** Texts that none of the others contains. */
const FILLER = Array.from({ length: 100 }, (_, index) => `filler ${index};`);

function indexOf(texts: readonly string[]): TextIndex {
  const index = new TextIndex();
  for (const text of texts) index.add(text);
  return index;
}

test('few texts and many are found alike: in order, the longest of those that begin at one place', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 });
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 9 }), fc.array(letters), (texts, parts) => {
      const text = parts.join('');
      const found = indexOf(texts).find(text);
      expect(indexOf([...texts, ...FILLER]).find(text)).toEqual(found);
      const expected = Array.from(text, (_, at) =>
        Math.max(
          ...texts
            .filter((one) => one.length >= 4 && text.startsWith(one, at))
            .map(({ length }) => length),
        ),
      ).flatMap((length, at) => (length > 0 ? [[at, at + length]] : []));
      expect(found).toEqual(expected);
    }),
  );
});
