import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Comment } from '../../src/github/issue.ts';
import { RecordSigner, type Sealed } from '../../src/github/record.ts';
import { anyText } from '../support/hostile.ts';
import { holds, PATIENCE_MS } from '../support/properties.ts';

// No record counts but one that the key has signed, to the bit.

const ISSUE = { repositoryId: 700, issue: 12 };
const AT = Date.parse('2026-11-25T09:00:00Z');
const signer = new RecordSigner('secret', 'previous-secret');

const sealed: Sealed = {
  generation: 3,
  entries: [
    {
      request: { group: 'g', service: 'google_ads', schema: 'acme' },
      connection: 'polished_headland',
      intents: [],
      state: 'ready',
      expires: 1,
      link: 'fingerprint',
      renewed: 2,
    },
  ],
};
const SENDING = { by: 'me[bot]', at: AT, within: 30_000 };

/** A comment of whoever sent the records below, so that nothing but the signature decides. */
function comment(body: string): Comment {
  return { id: 7, body, url: '', createdAt: AT, edited: false, author: 'me[bot]', own: true };
}

const counts = (body: string) => signer.read(comment(body), ISSUE) !== undefined;

const MARKERS = {
  'of a comment': signer.sign(sealed, ISSUE, 7),
  'yet to be added': signer.sign(sealed, ISSUE, SENDING),
  'signed with the previous secret': new RecordSigner('previous-secret').sign(sealed, ISSUE, 7),
};
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

test.each(Object.entries(MARKERS))('%s: with any bit flipped it does not count', (_, marker) => {
  expect(counts(marker)).toBe(true);
  const bytes = Buffer.from(marker);
  const counted: number[] = [];
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    if (counts(flipped.toString())) counted.push(bit);
    // What isn't UTF-8 any more is a replacement character then, or a letter in an older encoding.
    if ((bit & 7) === 7 && counts(flipped.toString('latin1'))) counted.push(bit);
  }
  expect(counted).toEqual([]);
});

/** A marker's payload and signature, both in Base64. */
const partsOf = (marker: string) => /([\w-]+)\.([\w-]+) -->$/.exec(marker)?.slice(1) ?? [];

/** Other ways to write the same bytes in Base64, which decoders accept. */
function otherWritings(base64: string): string[] {
  const value = ALPHABET.indexOf(base64.slice(-1));
  // Two bits or four of the last letter are no part of any byte.
  const unused = base64.length % 4 === 2 ? 15 : base64.length % 4 === 3 ? 3 : 0;
  const siblings = Array.from({ length: unused }, (_, index) => value ^ (index + 1)).map(
    (other) => base64.slice(0, -1) + ALPHABET.charAt(other),
  );
  const half = base64.length / 2;
  return [
    ...siblings,
    ...['=', '==', '\n', ' ', '\t', '.', 'A', 'AA', '%3D'].flatMap((more) => [
      base64 + more,
      more + base64,
      base64.slice(0, half) + more + base64.slice(half),
    ]),
    base64.replaceAll('-', '+'),
    base64.replaceAll('_', '/'),
    base64.replaceAll('-', '+').replaceAll('_', '/'),
    base64.replace(/[A-Za-z]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  ].filter((other) => other !== base64);
}

test.each(Object.entries(MARKERS))('%s: its bytes written otherwise do not count', (_, marker) => {
  const parts = partsOf(marker);
  // The signature has 43 letters, which are 258 bits for 256.
  expect(parts.map((part) => otherWritings(part).length).every((count) => count > 20)).toBe(true);
  for (const part of parts) {
    for (const other of otherWritings(part)) {
      expect({ other, counts: counts(marker.replace(part, other)) }).toEqual({
        other,
        counts: false,
      });
    }
  }
});

/** A part of a marker, all of one, or any text. */
const piece = fc.oneof(
  { arbitrary: fc.constantFrom(...Object.values(MARKERS)), weight: 2 },
  {
    arbitrary: fc
      .tuple(fc.constantFrom(...Object.values(MARKERS)), fc.nat(), fc.nat())
      .map(([marker, from, length]) =>
        marker.slice(from % marker.length, (from % marker.length) + (length % marker.length)),
      ),
    weight: 3,
  },
  fc.constantFrom(...Object.values(MARKERS).flatMap(partsOf)),
  fc.constantFrom('<!-- connect-card-link v1 ', '<!-- connect-card-link v2 ', '.', ' -->', '<!-- '),
  anyText,
);

test(
  'cut, joined and repeated, markers count only where one is whole and alone',
  () => {
    let whole = 0;
    holds(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        const body = pieces.join('');
        const copies = Object.values(MARKERS).reduce(
          (sum, marker) => sum + body.split(marker).length - 1,
          0,
        );
        if (copies === 1) whole += 1;
        expect(counts(body) && copies !== 1).toBe(false);
      }),
      200,
    );
    expect(whole).toBeGreaterThan(0);
  },
  PATIENCE_MS,
);

test(
  'nothing else counts, nor does anything that is signed with another key',
  () => {
    const stranger = new RecordSigner('other');
    holds(
      fc.property(
        anyText,
        fc.base64String({ maxLength: 80 }),
        fc.jsonValue(),
        (text, base64, json) => {
          const payload = Buffer.from(JSON.stringify(json)).toString('base64url');
          const [, signature = ''] = partsOf(MARKERS['of a comment']);
          for (const body of [
            text,
            `<!-- connect-card-link v1 ${base64}.${signature} -->`,
            `<!-- connect-card-link v1 ${payload}.${signature} -->`,
            stranger.sign({ ...sealed, details: { customer: text } }, ISSUE, 7),
          ]) {
            expect(counts(body)).toBe(false);
          }
          // Signed with the key, whatever is in it: it is read, or counts for nothing, and never fails.
          expect(counts(signer.sign(json as unknown as Sealed, ISSUE, 7))).toBe(
            Array.isArray((json as { entries?: unknown } | null)?.entries),
          );
        },
      ),
      100,
    );
  },
  PATIENCE_MS,
);
