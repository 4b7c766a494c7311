import { expect, test } from '@jest/globals';
import type { Comment, IssuePage } from '../../src/github/issue.ts';
import { RecordSigner, type Sealed } from '../../src/github/record.ts';
import type { Repository } from '../../src/github/repository.ts';
import { Thread } from '../../src/github/thread.ts';
import type { WaitBudget } from '../../src/http/wait-budget.ts';

// An issue with many comments is read by the page: until the action's own is found, and no further.

const START = Date.parse('2026-11-25T09:00:00Z');
const REF = { repositoryId: 7, issue: 1 };
const PAGE = 100;

/** An issue with strangers' comments, each page of which takes so many milliseconds. */
class SlowIssue {
  now = START;
  reads = 0;
  readonly comments: Comment[] = [];
  readonly #ms: number;

  constructor(strangers: number, ms = 0) {
    this.#ms = ms;
    for (let id = 1; id <= strangers; id++) this.add('Hello', 'mallory', START - 3_600_000);
  }

  add(body: string, author: string, createdAt = this.now): Comment {
    const id = this.comments.length + 1;
    const own = author === 'me[bot]';
    const comment = { id, body, url: '', createdAt, edited: false, author, own };
    this.comments.push(comment);
    return comment;
  }

  thread(signer: RecordSigner): Thread {
    const repository = {
      issue: async (_: number, before?: string) => this.#page(before),
      addComment: async (_: string, body: () => string) => ({
        comment: this.add(body(), 'me[bot]'),
        page: this.#page(),
      }),
    } as unknown as Repository;
    return new Thread(
      {
        repository,
        signer,
        run: { id: '1', attempt: 1 },
        budget: { left: 0, elapsed: () => 0, wait: async () => false } as unknown as WaitBudget,
        timeout: 30_000,
        redact: (text) => text,
        now: () => this.now,
      },
      1,
    );
  }

  #page(before?: string): IssuePage {
    this.reads += 1;
    this.now += this.#ms;
    const end = before === undefined ? this.comments.length : Number(before);
    const start = Math.max(0, end - PAGE);
    return {
      issue: { number: 1, nodeId: 'I_1', open: true, labels: [], author: 'nina', isByApp: false },
      repositoryId: 7,
      public: false,
      viewer: 'me[bot]',
      date: this.now,
      readAt: this.now,
      comments: this.comments.slice(start, end),
      before: start > 0 ? String(start) : undefined,
    };
  }
}

test('a record is looked for until it is found, and no further', async () => {
  const signer = new RecordSigner('secret');
  for (const [after, reads] of [
    [0, 1],
    [250, 3],
  ] as const) {
    const issue = new SlowIssue(1000);
    const id = issue.comments.length + 1;
    issue.add(signer.sign({ generation: 1, entries: [] }, REF, id), 'me[bot]');
    for (let n = 0; n < after; n++) issue.add('Hello', 'mallory');
    expect((await issue.thread(signer).read()).comment?.id).toBe(id);
    expect(issue.reads).toBe(reads);
  }
  const none = new SlowIssue(1000);
  expect((await none.thread(signer).read()).comment).toBeUndefined();
  expect(none.reads).toBe(10);
});

test('however long reading takes, a lease lasts as long as its run can be sending', async () => {
  const signer = new RecordSigner('secret');
  const issue = new SlowIssue(2500, 2000);
  const thread = issue.thread(signer);
  let end = 0;
  await thread.claim(await thread.read(), async (_, until) => {
    end = until;
    return { entries: [], text: 'works' };
  });
  const lease = issue.comments.at(-1);
  // The result is written when all else is done.
  expect(lease && signer.read(lease, REF)?.sealed.lease?.until).toBe(end + 30_000);
});

test('a run that has published since is seen, however many comments were added meanwhile', async () => {
  const signer = new RecordSigner('secret');
  const issue = new SlowIssue(10);
  const lease = { id: 'x', run: 'other', attempt: 1, until: START + 60_000 };
  const sign = (sealed: Omit<Sealed, 'entries'>) =>
    signer.sign({ entries: [], ...sealed }, REF, 11);
  const other = issue.add(sign({ generation: 1, lease }), 'me[bot]');
  for (let n = 0; n < 250; n++) issue.add('Hello', 'mallory');
  issue.now += 30_000;
  const thread = issue.thread(signer);
  const before = await thread.read();
  expect(before.leases).toHaveLength(1);
  issue.comments[10] = { ...other, body: sign({ generation: 2 }), edited: true };
  expect(await thread.read(before)).toMatchObject({ leases: [], generation: 2 });
});

test('nothing is looked for behind a list that was written with both keys at hand', async () => {
  const issue = new SlowIssue(10);
  for (let n = 0; n < 250; n++) issue.add('Hello', 'mallory');
  const signer = new RecordSigner('secret', 'previous');
  issue.add(signer.sign({ generation: 2, entries: [] }, REF, 261), 'me[bot]');
  expect(await issue.thread(signer).read()).toMatchObject({ comment: { id: 261 } });
  expect(issue.reads).toBe(1);
});

test('a list of the previous key is looked for behind one that was begun without it', async () => {
  const issue = new SlowIssue(10);
  const list = (secret: string, id: number) =>
    issue.add(new RecordSigner(secret).sign({ generation: 2, entries: [] }, REF, id), 'me[bot]');
  list('previous', 11);
  for (let n = 0; n < 250; n++) issue.add('Hello', 'mallory');
  list('secret', 262);
  const found = await issue.thread(new RecordSigner('secret', 'previous')).read();
  expect(found).toMatchObject({ comment: { id: 262 }, former: { id: 11 } });
});

test.each([
  ['was begun without the previous key', undefined],
  ['was written with both', 'previous'],
])('a list that %s is looked for behind one of the previous key alone', async (_, former) => {
  const issue = new SlowIssue(10);
  const list = (signer: RecordSigner, id: number) =>
    issue.add(signer.sign({ generation: 2, entries: [] }, REF, id), 'me[bot]');
  list(new RecordSigner('secret', former), 11);
  for (let n = 0; n < 250; n++) issue.add('Hello', 'mallory');
  // A workflow that still has the secret from before the rotation.
  list(new RecordSigner('previous'), 262);
  const found = await issue.thread(new RecordSigner('secret', 'previous')).read();
  expect(found).toMatchObject({ comment: { id: 11 }, former: { id: 262 } });
});
