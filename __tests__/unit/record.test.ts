import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Comment } from '../../src/github/issue.ts';
import { RecordSigner, type Sealed } from '../../src/github/record.ts';
import { fingerprintOf } from '../../src/report/links-in-comment.ts';

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

// Records and links outlive releases: were one of these read in another way, every issue would need
// another approval. So they are written out here, as release 1 writes them.

/** Everything that a record can have. */
const FULL: Sealed = {
  generation: 4,
  entries: [
    {
      request: { group: 'g', service: 'google_sheets', schema: 'acme', table: 'leads' },
      connection: 'polished_headland',
      intents: [],
      state: 'ready',
      expires: 1_795_600_000_000,
      link: 'bkI4y3dXBHUqzCq1hjBKvA',
      repairs: true,
      renewed: 1_795_513_600_000,
      since: 1_795_427_200_000,
      paused: true,
      started: true,
      title: 'Google Sheets',
      docs: 'https://fivetran.com/docs/google-sheets',
      destination: 'Europe',
    },
    {
      request: { group: 'g', service: 'stripe', schema: 'acme' },
      intents: [{ unseenAt: 1_795_513_600_000, until: 1_795_513_800_000 }],
      state: 'failed',
      expires: 0,
      renewed: 0,
      error: 'create-unknown',
    },
  ],
  details: { customer: 'Ächme', reminders: { count: 1, at: 1_795_513_600_000 } },
};

/** A record of a run that is working. */
const LEASED: Sealed = {
  generation: 1,
  entries: [],
  lease: { id: 'one', run: '4711', attempt: 2, until: AT + 200_000 },
};

const WRITTEN = {
  empty:
    '<!-- connect-card-link v1 eyJyZXBvc2l0b3J5SWQiOjcwMCwiaXNzdWUiOjEyLCJjb21tZW50Ijo3LCJnZW5lcmF0aW9uIjoxLCJlbnRyaWVzIjpbXX0._-ykbjDJkM4pnizOUpBb_CYTue4vIHXUPl2gWlL2FlQ -->',
  full: '<!-- connect-card-link v1 eyJyZXBvc2l0b3J5SWQiOjcwMCwiaXNzdWUiOjEyLCJjb21tZW50Ijo3LCJnZW5lcmF0aW9uIjo0LCJlbnRyaWVzIjpbeyJyZXF1ZXN0Ijp7Imdyb3VwIjoiZyIsInNlcnZpY2UiOiJnb29nbGVfc2hlZXRzIiwic2NoZW1hIjoiYWNtZSIsInRhYmxlIjoibGVhZHMifSwiY29ubmVjdGlvbiI6InBvbGlzaGVkX2hlYWRsYW5kIiwiaW50ZW50cyI6W10sInN0YXRlIjoicmVhZHkiLCJleHBpcmVzIjoxNzk1NjAwMDAwMDAwLCJsaW5rIjoiYmtJNHkzZFhCSFVxekNxMWhqQkt2QSIsInJlcGFpcnMiOnRydWUsInJlbmV3ZWQiOjE3OTU1MTM2MDAwMDAsInNpbmNlIjoxNzk1NDI3MjAwMDAwLCJwYXVzZWQiOnRydWUsInN0YXJ0ZWQiOnRydWUsInRpdGxlIjoiR29vZ2xlIFNoZWV0cyIsImRvY3MiOiJodHRwczovL2ZpdmV0cmFuLmNvbS9kb2NzL2dvb2dsZS1zaGVldHMiLCJkZXN0aW5hdGlvbiI6IkV1cm9wZSJ9LHsicmVxdWVzdCI6eyJncm91cCI6ImciLCJzZXJ2aWNlIjoic3RyaXBlIiwic2NoZW1hIjoiYWNtZSJ9LCJpbnRlbnRzIjpbeyJ1bnNlZW5BdCI6MTc5NTUxMzYwMDAwMCwidW50aWwiOjE3OTU1MTM4MDAwMDB9XSwic3RhdGUiOiJmYWlsZWQiLCJleHBpcmVzIjowLCJyZW5ld2VkIjowLCJlcnJvciI6ImNyZWF0ZS11bmtub3duIn1dLCJkZXRhaWxzIjp7ImN1c3RvbWVyIjoiw4RjaG1lIiwicmVtaW5kZXJzIjp7ImNvdW50IjoxLCJhdCI6MTc5NTUxMzYwMDAwMH19fQ.KyycKV2USwJVeC2wdxviNUhZJQqpVWWYrF4pq-dg470 -->',
  leased:
    '<!-- connect-card-link v1 eyJyZXBvc2l0b3J5SWQiOjcwMCwiaXNzdWUiOjEyLCJieSI6Im1lW2JvdF0iLCJhdCI6MTc5NTU5NzIwMDAwMCwid2l0aGluIjozMDAwMCwiZ2VuZXJhdGlvbiI6MSwiZW50cmllcyI6W10sImxlYXNlIjp7ImlkIjoib25lIiwicnVuIjoiNDcxMSIsImF0dGVtcHQiOjIsInVudGlsIjoxNzk1NTk3NDAwMDAwfX0.30T6YwCg3LOU_iTqrPdlG7sbuHJiCXjHSlboTbr1c7c -->',
};

test('records as release 1 writes them: the key’s derivation, the signature and every field', () => {
  const sending = { by: 'me[bot]', at: AT, within: 30_000 };
  expect(signer.sign({ generation: 1, entries: [] }, ISSUE, 7)).toBe(WRITTEN.empty);
  expect(signer.sign(FULL, ISSUE, 7)).toBe(WRITTEN.full);
  expect(signer.sign(LEASED, ISSUE, sending)).toBe(WRITTEN.leased);
  expect(read(comment(7, WRITTEN.full))).toMatchObject(FULL);
  expect(read(comment(9, WRITTEN.leased))).toMatchObject(LEASED);
});

test('links as release 1 recognizes them in a comment', () => {
  const link =
    'https://fivetran.com/connect-card/setup?redirect_uri=https%3A%2F%2Fa.example&auth=x.y.z';
  expect(fingerprintOf(link)).toBe('Tf-tg7dRnN4qcq7f5PZYCa');
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
  // Clocks of several servers differ by five seconds at most.
  expect(counts(AT + 35_000)).toBe(true);
  expect(counts(AT + 35_001)).toBe(false);
  expect(counts(AT - 5000)).toBe(true);
  expect(counts(AT - 5001)).toBe(false);
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
  expect(read(comment(7, `${marker.repeat(2)}\n${own}`))).toMatchObject(sealed);
  expect(read(comment(7, `${marker.repeat(3)}\n${own}`))).toBeUndefined();
  expect(read(comment(7, `${marker.repeat(800)}\n${own}`))).toBeUndefined();
});

test('whether a record names its comment is told: only such a comment is certainly the action’s', () => {
  const bound = signer.sign(sealed, ISSUE, 7);
  const unbound = signer.sign(sealed, ISSUE, { by: 'me[bot]', at: AT, within: 1000 });
  expect(signer.read(comment(7, bound), ISSUE)?.bound).toBe(true);
  expect(signer.read(comment(7, unbound), ISSUE)?.bound).toBe(false);
});

test('a record of another version counts for nothing, nor one that says too little', () => {
  const body = signer.sign(sealed, ISSUE, 7);
  expect(read(comment(7, body.replace(' v1 ', ' v2 ')))).toBeUndefined();
  const list = { ...sealed, entries: undefined } as unknown as Sealed;
  expect(read(comment(7, signer.sign(list, ISSUE, 7)))).toBeUndefined();
  // Whoever sends it, and when, is told together.
  const sending = { by: 'me[bot]', at: undefined, within: 30_000 } as never;
  expect(read(comment(9, signer.sign(sealed, ISSUE, sending)))).toBeUndefined();
  const atOnce = { by: 'me[bot]', at: AT } as never;
  const counts = (createdAt: number) =>
    read(comment(9, signer.sign(sealed, ISSUE, atOnce), { createdAt })) !== undefined;
  expect([counts(AT + 5000), counts(AT + 5001)]).toEqual([true, false]);
});

test('a list is whole where its run had both keys at hand, or where there is no previous one', () => {
  const both = new RecordSigner('new', 'secret');
  const signedBy = (one: RecordSigner) => comment(7, one.sign(sealed, ISSUE, 7));
  const isWhole = (one: RecordSigner, reader: RecordSigner) =>
    reader.read(signedBy(one), ISSUE)?.isWhole;
  expect(isWhole(both, both)).toBe(true);
  expect(isWhole(both, new RecordSigner('new'))).toBe(true);
  // The previous key alone doesn't show what the new one has signed before.
  expect(isWhole(signer, both)).toBe(false);
  expect(isWhole(new RecordSigner('new'), both)).toBe(false);
  expect(isWhole(new RecordSigner('new', 'another'), both)).toBe(false);
});

test('what is read is what was signed, and where it stands', () => {
  const one = comment(7, signer.sign(sealed, ISSUE, 7));
  expect(signer.read(one, ISSUE)).toStrictEqual({
    ...{ comment: one, sealed: { ...ISSUE, ...sealed }, bound: true, previousKey: false },
    isWhole: true,
  });
});
