import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Comment } from '../../src/github/issue.ts';
import { RecordSigner, type Sealed } from '../../src/github/record.ts';

const ISSUE = { repositoryId: 700, issue: 12 };
const AT = Date.parse('2026-11-25T09:00:00Z');
const signer = new RecordSigner('secret');

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

function comment(id: number, body: string, more: Partial<Comment> = {}): Comment {
  return { id, body, url: '', createdAt: AT, edited: false, author: 'me[bot]', own: true, ...more };
}

const read = (one: Comment, by = signer, issue = ISSUE) => by.read(one, issue)?.sealed;

test('a record survives any text around it, and line ends of either kind', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const body = `${before}\r\n${signer.sign(sealed, ISSUE, 7)}\r\n${after}`;
      expect(read(comment(7, body))).toMatchObject(sealed);
    }),
  );
});

test('with any character changed, it counts for nothing', () => {
  const marker = signer.sign(sealed, ISSUE, 7);
  for (let index = 0; index < marker.length; index++) {
    const other = marker[index] === 'A' ? 'B' : 'A';
    const changed = marker.slice(0, index) + other + marker.slice(index + 1);
    expect(read(comment(7, changed))).toBeUndefined();
  }
});

test('it is bound to its comment, its issue, its repository and the key', () => {
  const body = signer.sign(sealed, ISSUE, 7);
  expect(read(comment(8, body))).toBeUndefined();
  expect(read(comment(7, body), new RecordSigner('other'))).toBeUndefined();
  expect(read(comment(7, body), signer, { ...ISSUE, issue: 13 })).toBeUndefined();
  expect(read(comment(7, body), signer, { ...ISSUE, repositoryId: 701 })).toBeUndefined();
});

test('the key’s derivation and the form of a record stay as they are: records outlive releases', () => {
  const written =
    '<!-- connect-card-link v1 eyJyZXBvc2l0b3J5SWQiOjcwMCwiaXNzdWUiOjEyLCJjb21tZW50Ijo3LCJnZW5lcmF0aW9uIjoxLCJlbnRyaWVzIjpbXX0._-ykbjDJkM4pnizOUpBb_CYTue4vIHXUPl2gWlL2FlQ -->';
  expect(signer.sign({ generation: 1, entries: [] }, ISSUE, 7)).toBe(written);
});

test('after a rotation, records that were signed with the previous secret count', () => {
  const rotated = new RecordSigner('new', 'secret');
  const old = comment(7, signer.sign(sealed, ISSUE, 7));
  expect(rotated.read(old, ISSUE)).toMatchObject({ previousKey: true, sealed });
  const anew = comment(7, rotated.sign(sealed, ISSUE, 7));
  expect(rotated.read(anew, ISSUE)).toMatchObject({ previousKey: false });
  expect(read(anew)).toBeUndefined();
});

test('a comment with two records counts for nothing', () => {
  const marker = signer.sign(sealed, ISSUE, 7);
  expect(read(comment(7, `${marker}\n${marker}`))).toBeUndefined();
});

test('a record that names no comment counts only in one that was added while it was sent', () => {
  const body = signer.sign(sealed, ISSUE, { by: 'me[bot]', at: AT, within: 30_000 });
  const counts = (createdAt: number, edited = false) =>
    read(comment(9, body, { createdAt, edited })) !== undefined;
  expect(counts(AT)).toBe(true);
  expect(counts(AT + 30_000)).toBe(true);
  expect(counts(AT + 60_000)).toBe(false);
  expect(counts(AT - 60_000)).toBe(false);
  // Whoever commented at the right time can't put a copy there later.
  expect(counts(AT, true)).toBe(false);
});

test('and only in a comment of whoever sent it: others can copy it in time', () => {
  const body = signer.sign(sealed, ISSUE, { by: 'other[bot]', at: AT, within: 30_000 });
  const counts = (author: string, own = false) =>
    read(comment(9, body, { author, own })) !== undefined;
  // A run with another token sees it as well.
  expect(counts('other[bot]')).toBe(true);
  expect(counts('me[bot]', true)).toBe(true);
  for (const author of ['mallory', 'other', 'echo[bot]', '']) expect(counts(author)).toBe(false);
  const nobodys = signer.sign(sealed, ISSUE, { by: '', at: AT, within: 30_000 });
  expect(read(comment(9, nobodys, { author: '', own: false }))).toBeUndefined();
});

test('a comment full of markers counts for nothing, and isn’t verified', () => {
  const marker = `<!-- connect-card-link v1 e30.${'A'.repeat(43)} -->`;
  const own = signer.sign(sealed, ISSUE, 7);
  expect(read(comment(7, `${marker}\n${own}`))).toMatchObject(sealed);
  expect(read(comment(7, `${marker.repeat(800)}\n${own}`))).toBeUndefined();
});

test('whether a record names its comment is told: only such a comment is certainly the action’s', () => {
  const bound = signer.sign(sealed, ISSUE, 7);
  const unbound = signer.sign(sealed, ISSUE, { by: 'me[bot]', at: AT, within: 1000 });
  expect(signer.read(comment(7, bound), ISSUE)?.bound).toBe(true);
  expect(signer.read(comment(7, unbound), ISSUE)?.bound).toBe(false);
});
