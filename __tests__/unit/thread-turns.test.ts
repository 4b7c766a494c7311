import { describe, expect, test } from '@jest/globals';
import type { Comment, IssuePage } from '../../src/github/issue.ts';
import { RecordSigner, type Sealed } from '../../src/github/record.ts';
import type { Repository } from '../../src/github/repository.ts';
import { type Entries, Thread } from '../../src/github/thread.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import { newEntry } from '../../src/model/issue-record.ts';

// How two runs on one issue take turns, a step at a time.

const NOW = Date.parse('2026-11-25T09:00:00Z');
const [TIMEOUT, MAX_WAIT, SLACK] = [30_000, 60_000, 15_000];
const REF = { repositoryId: 7, issue: 1 };
const signer = new RecordSigner('secret', 'previous');
const entry = (schema: string) => newEntry({ group: 'g', service: 'stripe', schema });

/** An issue of which each reading can be preceded by something that another run does. */
function issue({ maxWait = MAX_WAIT, pageSize = 100, signal = new AbortController().signal } = {}) {
  let comments: Comment[] = [];
  let nextId = 1;
  let time = NOW;
  const events: string[] = [];
  /** What happens before the next readings. */
  const before: (() => void)[] = [];
  const page = (end = comments.length): IssuePage => {
    const start = Math.max(0, end - pageSize);
    return {
      issue: { number: 1, nodeId: 'I_1', open: true, labels: [], author: 'nina', isByApp: false },
      // GitHub's clock is an hour ahead of this machine's.
      ...{
        repositoryId: 7,
        public: false,
        viewer: 'me[bot]',
        date: time + 3_600_000,
        readAt: time,
      },
      ...{ comments: comments.slice(start, end), before: start > 0 ? String(start) : undefined },
    };
  };
  const put = (body: string, author = 'me[bot]', createdAt = time + 3_600_000): Comment => {
    const id = nextId++;
    const own = author === 'me[bot]';
    const comment = { id, body, url: `u${id}`, createdAt, edited: false, author, own };
    comments.push(comment);
    return comment;
  };
  /** What another run writes. */
  const add = (sealed: Sealed, text = 'theirs', by = signer) =>
    put(`${text}\n\n${by.sign(sealed, REF, nextId)}`);
  const remove = (id: number) => {
    comments = comments.filter((one) => one.id !== id);
  };
  const repository = {
    issue: async (_: number, cursor?: string) => {
      events.push(cursor === undefined ? 'read' : `read before ${cursor}`);
      if (cursor === undefined) before.shift()?.();
      return page(cursor === undefined ? undefined : Number(cursor));
    },
    addComment: async (node: string, body: () => string) => {
      events.push(`add to ${node}`);
      const comment = put(body());
      before.shift()?.();
      return { comment, page: page() };
    },
    editComment: async (id: number, body: string) => {
      events.push(`edit ${id}`);
      comments = comments.map((one) => (one.id === id ? { ...one, body, edited: true } : one));
    },
    deleteComment: async (id: number) => {
      events.push(`delete ${id}`);
      remove(id);
    },
  } as unknown as Repository;
  const budget = new WaitBudget(maxWait, signal, {
    now: () => time,
    elapsed: () => time - NOW,
    sleep: async (ms) => {
      events.push(`pause ${ms}`);
      time += ms;
    },
  });
  const thread = new Thread(
    {
      ...{ repository, signer, run: { id: 'mine', attempt: 1 }, timeout: TIMEOUT, budget },
      ...{ redact: (text: string) => text.replace('secret', '***'), now: () => time },
    },
    1,
  );
  const seen = (id: number) => signer.read(comments.find((one) => one.id === id) as Comment, REF);
  return { thread, events, before, put, add, remove, seen, left: () => comments, budget };
}
const lease = (id: string, until = NOW + 3_600_000 + 120_000) => ({
  id,
  run: id,
  attempt: 1,
  until,
});
const plan = async (): Promise<Entries> => ({ entries: [entry('planned')], text: 'in progress' });

describe('a run that is alone', () => {
  test('adds a comment with its lease, and writes its result into it', async () => {
    const { thread, events, seen, left } = issue();
    const claim = await thread.claim(await thread.read(), plan);
    // What it can still wait and send, by GitHub's clock, and a request's time to write the result.
    expect(seen(1)?.sealed).toMatchObject({
      ...{ generation: 1, entries: [{ request: { schema: 'planned' } }] },
      lease: { run: 'mine', attempt: 1, until: NOW + 3_600_000 + 3 * TIMEOUT + MAX_WAIT + SLACK },
    });
    expect(claim.deadline).toBe(2 * TIMEOUT + MAX_WAIT);
    expect(claim.snapshot.leases).toHaveLength(1);
    expect(await claim.publish({ entries: [entry('done')], text: 'my secret' })).toBe('u1');
    expect(left().map(({ body }) => body.split('\n\n')[0])).toEqual(['my ***']);
    expect(seen(1)?.sealed).toStrictEqual({
      ...{ repositoryId: 7, issue: 1, generation: 2, entries: [entry('done')], details: {} },
    });
    expect(events).toEqual(['read', 'add to I_1', 'edit 1']);
  });

  test('plans for the time until which it can be sending, and says what it plans', async () => {
    const { thread } = issue();
    let told = 0;
    await thread.claim(await thread.read(), async (_, end) => {
      told = end;
      return plan();
    });
    expect(told).toBe(NOW + 2 * TIMEOUT + MAX_WAIT + SLACK);
  });

  test('with nothing to do, writes nothing', async () => {
    const { thread, events } = issue();
    expect(await thread.claim(await thread.read(), async () => undefined)).toBeUndefined();
    expect(events).toEqual(['read']);
  });

  test('takes the place of the comments that were there', async () => {
    const { thread, add, events, left } = issue();
    add({ generation: 1, entries: [entry('old')] });
    add({ generation: 2, entries: [entry('new')] });
    add({ generation: 3, entries: [entry('dead')], lease: lease('dead', NOW) });
    const claim = await thread.claim(await thread.read(), plan);
    await claim.publish({ entries: [], text: 'done' });
    expect(left()).toHaveLength(1);
    expect(events.filter((event) => event.startsWith('delete')).sort()).toEqual([
      ...['delete 1', 'delete 2', 'delete 3'],
    ]);
  });

  test('can change what it has announced, its lease stays', async () => {
    const { thread, seen } = issue();
    const claim = await thread.claim(await thread.read(), plan);
    const before = seen(1)?.sealed;
    await claim.amend({ entries: [entry('amended')], text: 'still in progress' });
    const { generation, lease: own } = before ?? {};
    expect(seen(1)?.sealed).toEqual({
      ...{ ...REF, generation, lease: own, details: {}, entries: [entry('amended')] },
    });
    expect(seen(1)?.bound).toBe(true);
  });

  test('remembers what the plan says of the issue, unless the result says otherwise', async () => {
    const { thread, seen } = issue();
    const details = { customer: 'Acme' };
    const claim = await thread.claim(await thread.read(), async () => ({
      ...(await plan()),
      details,
    }));
    expect(seen(1)?.sealed.details).toEqual(details);
    await claim.publish({ entries: [], text: 'done' });
    expect(seen(1)?.sealed.details).toEqual(details);
    const again = await thread.claim(await thread.read(), plan);
    await again.publish({ entries: [], details: { customer: 'Bcme' }, text: 'done' });
    expect(seen(2)?.sealed.details).toEqual({ customer: 'Bcme' });
  });
});

describe('a run that finds another at work', () => {
  test('waits at growing intervals until that has finished, and plans for what it left', async () => {
    const { thread, add, remove, before, events } = issue();
    add({ generation: 1, entries: [], lease: lease('other') });
    const nothing = () => {};
    before.push(nothing, nothing, nothing, nothing, nothing, nothing, nothing, () => {
      remove(1);
      add({ generation: 2, entries: [entry('theirs')] });
    });
    const planned: string[][] = [];
    await thread.claim(await thread.read(), async ({ entries }) => {
      planned.push(entries.map(({ request }) => request.schema));
      return plan();
    });
    expect(planned).toEqual([['theirs']]);
    expect(events.filter((event) => event.startsWith('pause'))).toEqual(
      [500, 1000, 2000, 4000, 8000, 8000, 8000].map((ms) => `pause ${ms}`),
    );
  });

  test('gives up when max-wait is spent, and says when to try again', async () => {
    const { thread, add, events } = issue({ maxWait: 1600 });
    add({ generation: 1, entries: [], lease: lease('other', NOW + 3_600_000 + 90_000) });
    await expect(thread.claim(await thread.read(), plan)).rejects.toMatchObject({
      code: 'issue-busy',
      message: expect.stringContaining('10:02 UTC'),
    });
    expect(events).toEqual(['read', 'pause 500', 'read', 'pause 1000', 'read']);
  });

  test('that is cancelled while it waits says so, and not that max-wait is spent', async () => {
    const cancellation = new AbortController();
    const { thread, add, before } = issue({ signal: cancellation.signal });
    add({ generation: 1, entries: [], lease: lease('other') });
    const first = await thread.read();
    before.push(() => cancellation.abort());
    await expect(thread.claim(first, plan)).rejects.toMatchObject({
      ...{ code: 'cancelled', message: expect.not.stringContaining('max-wait') },
    });
  });

  test('that came a moment earlier takes its own comment back, and starts again', async () => {
    const { thread, before, add, remove, left } = issue();
    const first = await thread.read();
    // The other's comment is older, and could not be seen before.
    let theirs = 0;
    const planned: number[] = [];
    const claim = await thread.claim(first, async ({ generation }) => {
      planned.push(generation);
      if (planned.length === 1) {
        theirs = add({ generation: 1, entries: [], lease: lease('other') }).id;
        before.push(
          () => {},
          () => {
            remove(theirs);
            add({ generation: 2, entries: [entry('theirs')] });
          },
        );
      }
      return plan();
    });
    expect(planned).toEqual([0, 2]);
    expect(left().map(({ id }) => id)).toEqual([3, 4]);
    expect(claim.snapshot.generation).toBe(2);
  });

  test('that came later works once the other has taken its comment back', async () => {
    const { thread, before, add, remove, events, left } = issue();
    const first = await thread.read();
    before.push(
      () => void add({ generation: 1, entries: [], lease: lease('other') }),
      () => remove(2),
    );
    const claim = await thread.claim(first, plan);
    expect(claim.snapshot.leases.map(({ comment }) => comment.id)).toEqual([1]);
    expect(left().map(({ id }) => id)).toEqual([1]);
    expect(events).toEqual(['read', 'add to I_1', 'pause 500', 'read']);
  });

  test('that came later and has worked: plans again for what that left', async () => {
    const { thread, before, add, remove } = issue();
    const first = await thread.read();
    before.push(
      () => void add({ generation: 1, entries: [], lease: lease('other') }),
      () => {
        remove(2);
        add({ generation: 2, entries: [entry('theirs')] });
      },
    );
    const planned: number[] = [];
    const claim = await thread.claim(first, async ({ generation }) => {
      planned.push(generation);
      return plan();
    });
    expect(planned).toEqual([0, 2]);
    expect(claim.snapshot.entries).toMatchObject([{ request: { schema: 'theirs' } }]);
  });

  test('that doesn’t end takes its own comment back', async () => {
    const { thread, before, add, left } = issue({ maxWait: 400 });
    const first = await thread.read();
    before.push(() => void add({ generation: 1, entries: [], lease: lease('other') }));
    await expect(thread.claim(first, plan)).rejects.toMatchObject({ code: 'issue-busy' });
    expect(left().map(({ id }) => id)).toEqual([2]);
  });
});

describe('reading an issue', () => {
  test('again reads only what is new, and keeps what was known', async () => {
    const { thread, add, put, events } = issue({ pageSize: 2 });
    add({ generation: 1, entries: [entry('known')] });
    for (let n = 0; n < 5; n++) put('Hello', 'mallory', NOW + 3_600_000 - 3 * SLACK);
    const first = await thread.read();
    expect(events).toEqual(['read', 'read before 4', 'read before 2']);
    put('Hello', 'mallory');
    events.length = 0;
    const again = await thread.read(first);
    // The page has one comment from well before the first reading.
    expect(events).toEqual(['read']);
    expect(again.entries).toMatchObject([{ request: { schema: 'known' } }]);
    expect(again.signed).toHaveLength(1);
  });

  test('again reads on where nothing on the page is surely from before', async () => {
    const { thread, put, events } = issue({ pageSize: 2 });
    for (let n = 0; n < 4; n++) put('Hello', 'mallory', NOW + 3_600_000 - 3 * SLACK);
    const first = await thread.read();
    const atMargin = NOW + 3_600_000 - SLACK;
    for (let n = 0; n < 2; n++) put('Hello', 'mallory', atMargin);
    events.length = 0;
    await thread.read(first);
    expect(events).toEqual(['read', 'read before 4']);
  });

  test('again doesn’t know comments any more that were deleted', async () => {
    const { thread, add, remove } = issue();
    add({ generation: 1, entries: [entry('known')] });
    const first = await thread.read();
    remove(1);
    expect((await thread.read(first)).signed).toEqual([]);
  });
});

describe('a record that the previous key has signed', () => {
  test('is signed anew, its words and all else stay', async () => {
    const { thread, add, left, events } = issue();
    const record = { generation: 4, entries: [entry('a')], details: { customer: 'Acme' } };
    add(record, 'Title\n\nText', new RecordSigner('previous'));
    const snapshot = await thread.read();
    await thread.signAnew(snapshot);
    const [only] = left();
    expect(only?.body.startsWith('Title\n\nText\n\n<!-- connect-card-link ')).toBe(true);
    const present = new RecordSigner('secret').read(only as Comment, REF);
    expect(present?.sealed).toMatchObject(record);
    expect(events).toEqual(['read', 'edit 1']);
  });

  test('that isn’t there isn’t signed', async () => {
    const { thread, events } = issue();
    await thread.signAnew(await thread.read());
    expect(events).toEqual(['read']);
  });
});
