import { expect, test } from '@jest/globals';
import type { Comment, IssuePage } from '../../src/github/issue.ts';
import { RecordSigner } from '../../src/github/record.ts';
import type { Repository } from '../../src/github/repository.ts';
import { Thread } from '../../src/github/thread.ts';
import { ResponseLost } from '../../src/http/transport.ts';
import { WaitBudget } from '../../src/http/wait-budget.ts';
import { LinkError } from '../../src/model/errors.ts';

const NOW = Date.parse('2026-11-25T09:00:00Z');
const REF = { repositoryId: 7, issue: 1 };
const signer = new RecordSigner('secret');

/** An issue at which the first comments get lost, before or after they have been added. */
function issueLosing(losses: readonly ('before' | 'after')[]) {
  const lost = [...losses];
  let time = NOW;
  let comments: Comment[] = [];
  const deadlines: (number | undefined)[] = [];
  let nextId = 1;
  const page = (): IssuePage => ({
    issue: { number: 1, nodeId: 'I_1', open: true, labels: [], author: 'nina', isByApp: false },
    ...{ repositoryId: 7, public: false, viewer: 'me[bot]', date: NOW, readAt: NOW },
    ...{ comments: [...comments], before: undefined },
  });
  const add = (body: string) => {
    const fixed = { url: 'u', createdAt: NOW, edited: false, author: 'me[bot]', own: true };
    comments.push({ id: nextId++, body, ...fixed });
    return comments.at(-1) as Comment;
  };
  const repository = {
    issue: async () => page(),
    addComment: async (_: string, body: () => string) => {
      const loss = lost.shift();
      if (loss !== 'before') add(body());
      if (loss) throw new ResponseLost(new LinkError('timeout', 'No response.', 'Wait.'));
      return { comment: comments.at(-1), page: page() };
    },
    editComment: async (id: number, body: string, deadline?: number) => {
      deadlines.push(deadline);
      comments = comments.map((one) => (one.id === id ? { ...one, body, edited: true } : one));
    },
    deleteComment: async (id: number) => {
      comments = comments.filter((one) => one.id !== id);
    },
  } as unknown as Repository;
  const thread = new Thread(
    {
      ...{ repository, signer, run: { id: '1', attempt: 1 }, timeout: 30_000 },
      budget: new WaitBudget(60_000, undefined, {
        now: () => time,
        elapsed: () => time - NOW,
        sleep: async (ms) => {
          time += ms;
        },
      }),
      ...{ redact: (text: string) => text, now: () => NOW },
    },
    1,
  );
  return { thread, add, lost, deadlines, left: () => comments };
}

const plan = async () => ({ entries: [], text: 'in progress' });

test.each<[string, ('before' | 'after')[]]>([
  ['that never arrived is added again', ['before']],
  ['that never arrived twice is added once more', ['before', 'before']],
  ['whose response alone was lost is found', ['after']],
])('a comment %s: one is left', async (_, losses) => {
  const { thread, lost, left } = issueLosing(losses);
  const claim = await thread.claim(await thread.read(), plan);
  await claim.publish({ entries: [], text: 'done' });
  expect(left().map(({ body }) => body.split('\n')[0])).toEqual(['done']);
  expect(lost).toEqual([]);
});

test('after three the run gives up, as it can’t know who else is working', async () => {
  const { thread } = issueLosing(['before', 'before', 'before']);
  await expect(thread.claim(await thread.read(), plan)).rejects.toMatchObject({
    code: 'github-failed',
  });
});

test('what is remembered of the issue stays where a plan doesn’t mention it', async () => {
  const { thread, add, left } = issueLosing([]);
  const details = { customer: 'Acme', reminders: { count: 1, at: 5 } };
  add(`old\n\n${signer.sign({ generation: 3, entries: [], details }, REF, 1)}`);
  const claim = await thread.claim(await thread.read(), plan);
  const announced = left().at(-1) as Comment;
  expect(signer.read(announced, REF)?.sealed.details).toEqual(details);
  await claim.publish({ entries: [], text: 'done' });
  const [only, ...more] = left();
  expect(more).toEqual([]);
  expect(signer.read(only as Comment, REF)?.sealed).toMatchObject({ generation: 5, details });
});

test('nothing is written when another run may have taken over', async () => {
  const { thread, left, deadlines } = issueLosing([]);
  const claim = await thread.claim(await thread.read(), plan);
  const [comment] = left();
  const until = comment && signer.read(comment, REF)?.sealed.lease?.until;
  await claim.amend({ entries: [], text: 'in progress' });
  await claim.publish({ entries: [], text: 'done' });
  // What is sent at the last moment has 15 seconds to have its effect.
  const end = (until ?? 0) - NOW - 15_000;
  expect(deadlines).toEqual([claim.deadline, end]);
  // What is done before that has a request's time to be written.
  expect(claim.deadline).toBe(end - 30_000);
});
