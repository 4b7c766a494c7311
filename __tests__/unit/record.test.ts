import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type IssueRecord, RecordSigner } from '../../src/github/record.ts';
import type { Comment, Person } from '../../src/github/repository.ts';

const PLACE = { repositoryId: 700, issue: 12 };
const ME: Person = { id: 1, login: 'github-actions[bot]', bot: true };
const STRANGER: Person = { id: 2, login: 'mallory', bot: false };
const signer = new RecordSigner('secret', PLACE);
const own = async () => (author: Person) => author.id === ME.id;

const made: IssueRecord = {
  kind: 'made',
  round: 1,
  group: 'g',
  service: 'google_ads',
  schema: 'acme',
  connection: 'polished_headland',
  expires: 1,
  state: 'ready',
};
const comment = (id: number, body: string, author = ME): Comment => ({ id, body, author, url: '' });
const records = async (comments: Comment[], by = signer) =>
  (await by.read(comments, own)).records.map(({ record }) => record);

test('a record survives whatever text stands around it, and line ends of either kind', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), async (before, after) => {
      const body = `${before}\r\n${signer.sign(made, 7)}\r\n${after}`;
      expect(await records([comment(7, body)])).toEqual([made]);
    }),
  );
});

test('with any character changed, it is none', async () => {
  const marker = signer.sign(made, 7);
  for (let place = 0; place < marker.length; place++) {
    const other = marker[place] === 'A' ? 'B' : 'A';
    const changed = marker.slice(0, place) + other + marker.slice(place + 1);
    expect(await records([comment(7, changed)])).toEqual([]);
  }
});

test('bound to its comment, its issue, its repository and the key', async () => {
  const body = signer.sign(made, 7);
  expect(await records([comment(8, body)])).toEqual([]);
  for (const [secret, place] of [
    ['other', PLACE],
    ['secret', { ...PLACE, issue: 13 }],
    ['secret', { ...PLACE, repositoryId: 701 }],
  ] as const) {
    expect(await records([comment(7, body)], new RecordSigner(secret, place))).toEqual([]);
  }
});

test('one that names no comment yet counts by its author', async () => {
  const body = signer.sign(
    { ...made, kind: 'intent', unseenAt: 1, at: 2 } as IssueRecord,
    undefined,
  );
  expect(await records([comment(7, body)])).toHaveLength(1);
  expect(await records([comment(7, body, STRANGER)])).toEqual([]);
});

test('who wrote it isn’t asked when nothing depends on it', async () => {
  const asked = async () => {
    throw new Error('asked');
  };
  const { records: found } = await signer.read(
    [comment(1, 'Hello', STRANGER), comment(7, signer.sign(made, 7))],
    asked,
  );
  expect(found).toHaveLength(1);
});
