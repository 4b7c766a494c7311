import { expect, test } from '@jest/globals';
import type { Comment, IssuePage } from '../../src/github/issue.ts';
import { RecordSigner, type Sealed } from '../../src/github/record.ts';
import { takeSnapshot } from '../../src/github/snapshot.ts';
import { newEntry } from '../../src/model/issue-record.ts';

// Of several records of one issue, which one counts.

const REF = { repositoryId: 7, issue: 1 };
const NOW = Date.parse('2026-11-25T09:00:00Z');
const present = new RecordSigner('secret', 'previous');
const alone = new RecordSigner('secret');
const previous = new RecordSigner('previous');

const over = { id: 'x', run: '1', attempt: 1, until: NOW - 1 };

/** A comment with a record of one connection. */
function record(
  id: number,
  generation: number,
  schema: string,
  { lease, signer = present }: { lease?: Sealed['lease']; signer?: RecordSigner } = {},
): Comment {
  const entry = { ...newEntry({ group: 'g', service: 'stripe', schema }), connection: schema };
  const sealed: Sealed = { generation, entries: [entry], ...(lease && { lease }) };
  const body = signer.sign(sealed, REF, id);
  return { id, body, url: '', createdAt: NOW, edited: true, author: 'me[bot]', own: true };
}

test.each([
  {
    what: 'the higher generation, whichever comment is newer',
    comments: [record(1, 9, 'nine'), record(2, 3, 'three')],
    expected: ['nine'],
  },
  {
    what: 'the higher generation, where the newer comment has it',
    comments: [record(1, 3, 'three'), record(2, 9, 'nine')],
    expected: ['nine'],
  },
  {
    what: 'what a run announced that died',
    comments: [record(1, 3, 'published'), record(2, 4, 'announced', { lease: over })],
    expected: ['announced'],
  },
  {
    what: 'nothing that a run announced before the newest record',
    comments: [record(1, 3, 'published'), record(2, 2, 'announced', { lease: over })],
    expected: ['published'],
  },
  {
    what: 'the present key, and what only the previous one’s list has',
    comments: [
      record(1, 9, 'former', { signer: previous }),
      record(2, 2, 'present', { signer: alone }),
    ],
    expected: ['present', 'former'],
  },
  {
    what: 'the previous key, where there is no other',
    comments: [record(1, 9, 'former', { signer: previous })],
    expected: ['former'],
  },
])('what counts: $what', ({ comments, expected }) => {
  const page = { ...{ repositoryId: 7, issue: { number: 1 }, date: NOW }, readAt: NOW };
  const snapshot = takeSnapshot(page as IssuePage, comments, present, { id: '2', attempt: 1 });
  expect(snapshot.entries.map(({ request }) => request.schema)).toEqual(expected);
  // Nothing that is replaced or to be replaced is lost without having been read.
  expect([...snapshot.current, ...snapshot.replaced]).toHaveLength(comments.length);
});
