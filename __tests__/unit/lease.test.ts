import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Comment, IssuePage } from '../../src/github/issue.ts';
import { RecordSigner } from '../../src/github/record.ts';
import type { Repository } from '../../src/github/repository.ts';
import type { Snapshot } from '../../src/github/snapshot.ts';
import { Thread } from '../../src/github/thread.ts';
import type { WaitBudget } from '../../src/http/wait-budget.ts';
import { type Entry, newEntry } from '../../src/model/issue-record.ts';

// Several runs on one issue, in every order that a scheduler finds, each killed at any step: they take
// turns, nothing that was announced is lost, and one comment is left.

const TIMEOUT = 30_000;
const START = Date.parse('2026-11-25T09:00:00Z');

/** An issue's comments as GitHub keeps them. Each request takes effect at some time of the scheduler's. */
class FakeIssue {
  comments: Comment[] = [];
  now = START;
  #nextId = 1;
  readonly #scheduler: fc.Scheduler;

  constructor(scheduler: fc.Scheduler) {
    this.#scheduler = scheduler;
  }

  /** The issue as one run sees it; `alive` is asked before and after each request. */
  repository(alive: () => boolean): Repository {
    const request = async <T>(act: () => T): Promise<T> => {
      if (!alive()) return new Promise(() => {});
      const sent = this.now;
      await this.#scheduler.schedule(Promise.resolve());
      // A request that takes longer than its time is given up, and its run with it.
      const isLate = () => this.now - sent > TIMEOUT / 2;
      if (isLate()) return new Promise(() => {});
      const result = act();
      await this.#scheduler.schedule(Promise.resolve());
      if (isLate() || !alive()) return new Promise(() => {});
      return result;
    };
    const find = (id: number) => this.comments.findIndex((comment) => comment.id === id);
    return {
      issue: () => request(() => this.#page()),
      addComment: (_subject: string, body: () => string) =>
        request(() => {
          const comment = {
            id: this.#nextId++,
            body: body(),
            url: '',
            createdAt: this.now,
            edited: false,
            author: 'me[bot]',
            own: true,
          };
          this.comments.push(comment);
          return { comment, page: this.#page() };
        }),
      editComment: (id: number, body: string) =>
        request(() => {
          const index = find(id);
          if (index < 0) throw new Error('gone');
          this.comments[index] = { ...(this.comments[index] as Comment), body, edited: true };
        }),
      deleteComment: (id: number) =>
        request(() => {
          this.comments = this.comments.filter((comment) => comment.id !== id);
        }),
    } as unknown as Repository;
  }

  #page(): IssuePage {
    return {
      issue: {
        ...{ number: 1, nodeId: 'I_1', open: true, labels: ['connect-card'] },
        ...{ author: 'nina', isByApp: false },
      },
      repositoryId: 7,
      public: false,
      viewer: 'me[bot]',
      date: this.now,
      readAt: this.now,
      comments: [...this.comments],
      before: undefined,
    };
  }

  /**
   * A wait budget by this clock.
   * @param pace what of a wait passes on it
   */
  budget(pace: number): WaitBudget {
    return {
      left: 20_000,
      elapsed: () => this.now,
      wait: async (ms: number) => {
        await this.#scheduler.schedule(Promise.resolve());
        this.now += ms * pace;
        return true;
      },
    } as unknown as WaitBudget;
  }
}

function thread(
  issue: FakeIssue,
  run: number,
  alive: () => boolean,
  pace = 0,
  repository = issue.repository(alive),
): Thread {
  return new Thread(
    {
      repository,
      signer: new RecordSigner('secret'),
      run: { id: String(run), attempt: 1 },
      budget: issue.budget(pace),
      timeout: TIMEOUT,
      redact: (text) => text,
      now: () => issue.now,
    },
    1,
  );
}

function entryFor(run: number): Entry {
  const entry = newEntry({ group: 'g', service: 'google_ads', schema: `run_${run}` });
  return { ...entry, intents: [{ unseenAt: 0, until: 1 }] };
}

const schemas = (entries: readonly Entry[]) => entries.map(({ request }) => request.schema).sort();

test('runs take turns, whatever happens at the same moment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, runs) => {
      const issue = new FakeIssue(scheduler);
      let working = 0;
      const act = async (run: number) => {
        const one = thread(issue, run, () => true);
        const claim = await one.claim(await one.read(), async ({ entries }) => ({
          entries: [...entries, entryFor(run)],
          text: `run ${run} works`,
        }));
        if (!claim) throw new Error('no claim');
        working += 1;
        expect(working).toBe(1);
        await scheduler.schedule(Promise.resolve());
        working -= 1;
        await claim.publish({ entries: claim.plan.entries, text: 'done' });
      };
      await scheduler.waitFor(Promise.all(Array.from({ length: runs }, (_, run) => act(run))));
      expect(issue.comments).toHaveLength(1);
      const snapshot = await scheduler.waitFor(thread(issue, 99, () => true).read());
      expect(schemas(snapshot.entries)).toEqual(
        Array.from({ length: runs }, (_, run) => `run_${run}`),
      );
    }),
    { numRuns: 300 },
  );
});

test('what a run that dies has announced is never lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 1, maxLength: 3 }),
      async (scheduler, lives) => {
        const issue = new FakeIssue(scheduler);
        const announced = new Set<string>();
        let published = 0;
        let isOver = false;
        const act = async (run: number, steps: number) => {
          let left = steps;
          const isAlive = () => !(isOver && run < 99) && left-- > 0;
          // Time passes while the one that lives is waiting, so that no request of its own is late.
          const one = thread(issue, run, isAlive, run === 99 ? 1 : 0);
          const claim = await one.claim(await one.read(), async ({ entries }) => ({
            entries: [...entries, entryFor(run)],
            text: 'works',
          }));
          // From here on it may create something.
          announced.add(`run_${run}`);
          await claim?.publish({ entries: claim.plan.entries, text: 'done' });
          published += 1;
        };
        for (const [run, steps] of lives.entries()) void act(run, steps);
        await scheduler.waitFor(act(99, Number.POSITIVE_INFINITY));
        expect(published).toBeGreaterThan(0);
        // Whoever isn't dead yet dies now, and leases end by themselves.
        isOver = true;
        issue.now += 3_600_000;
        const last = await scheduler.waitFor(thread(issue, 100, () => true).read());
        for (const schema of announced) expect(schemas(last.entries)).toContain(schema);
        // A run that died after its last write, or before it saw that it came too late, leaves its comment:
        // the next one takes it away.
        const next = thread(issue, 101, () => true);
        const claim = await scheduler.waitFor(
          next
            .read()
            .then((now) => next.claim(now, async ({ entries }) => ({ entries, text: '' }))),
        );
        if (claim) await scheduler.waitFor(claim.publish({ ...claim.plan, text: '' }));
        expect(issue.comments).toHaveLength(1);
      },
    ),
    { numRuns: 300 },
  );
});

test('a run that comes second takes its lease back at once, and works after the first', async () => {
  const issue = new FakeIssue({ schedule: () => setImmediate() } as unknown as fc.Scheduler);
  const [one, two] = [thread(issue, 1, () => true), thread(issue, 2, () => true)];
  const plan = (run: number) => async (now: Snapshot) => ({
    entries: [...now.entries, entryFor(run)],
    text: 'works',
  });
  const [first, second] = [await one.read(), await two.read()];
  const claim = await one.claim(first, plan(1));
  let isWorking = false;
  const claiming = two.claim(second, plan(2)).then((held) => {
    isWorking = true;
    return held;
  });
  // Time enough for the second one to add its lease, and to see the first one's.
  for (let turns = 0; turns < 100; turns++) await setImmediate();
  expect(issue.comments).toHaveLength(1);
  expect(isWorking).toBe(false);
  await claim.publish({ ...claim.plan, text: 'done' });
  const held = await claiming;
  expect(schemas(held.snapshot.entries)).toEqual(['run_1']);
  expect(schemas(held.plan.entries)).toEqual(['run_1', 'run_2']);
});

test('a run whose comment others couldn’t see yet waits for the one that works', async () => {
  const issue = new FakeIssue({ schedule: () => setImmediate() } as unknown as fc.Scheduler);
  const slow = issue.repository(() => true);
  const visible = Promise.withResolvers<void>();
  // Its comment has the lower number, and shows up when the other run is working.
  const addComment: Repository['addComment'] = async (subject, body) => {
    await visible.promise;
    const { comment } = await slow.addComment(subject, body);
    comment.id = 0.5;
    issue.comments.sort((a, b) => a.id - b.id);
    return { comment, page: await slow.issue(1) };
  };
  const one = thread(issue, 1, () => true, 0, { ...slow, addComment } as Repository);
  const two = thread(issue, 2, () => true);
  const plan = (run: number) => async (now: Snapshot) => ({
    entries: [...now.entries, entryFor(run)],
    text: 'works',
  });
  let isWorking = false;
  const claiming = one.claim(await one.read(), plan(1)).then((held) => {
    isWorking = true;
    return held;
  });
  const claim = await two.claim(await two.read(), plan(2));
  visible.resolve();
  for (let turns = 0; turns < 100; turns++) await setImmediate();
  expect(isWorking).toBe(false);
  await claim.publish({ ...claim.plan, text: 'done' });
  const held = await claiming;
  expect(schemas(held.plan.entries)).toEqual(['run_1', 'run_2']);
});
