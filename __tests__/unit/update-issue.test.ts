import { describe, expect, test } from '@jest/globals';
import type { Snapshot } from '../../src/github/snapshot.ts';
import type { Card, SetupState } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';
import type { FollowUpResult } from '../../src/model/follow-up.ts';
import { type Entry, newEntry } from '../../src/model/issue-record.ts';
import type { FollowUp } from '../../src/operations/follow-up/job.ts';
import { updateIssue } from '../../src/operations/follow-up/update-issue.ts';

// What other runs do to an issue between two requests of follow-up.

const entry = (state: Entry['state']): Entry => ({
  ...newEntry({ group: 'g', service: 'stripe', schema: 'a' }),
  ...{ connection: 'one', state },
});
const snapshot = (entries: Entry[], more: object = {}) =>
  ({
    ...{ issue: { number: 1, open: true, labels: ['connect-card'] }, entries, details: {} },
    ...{ signed: [{}], leases: [], current: [], replaced: [], former: undefined, date: 1000 },
    ...more,
  }) as unknown as Snapshot;

/** A job at GitHub's whose issue is `now` when it is read again. */
function jobWith(now: Snapshot) {
  const done: string[] = [];
  const thread = {
    claim: async () => undefined,
    read: async () => now,
    deleteAll: async () => {},
  };
  const repository = {
    addLabel: async (_: number, label: string) => done.push(`label ${label}`),
    closeIssue: async () => done.push('close'),
  };
  const job = {
    task: { connectedLabel: 'connected', closeConnected: true, remindAfter: 0 },
    github: { thread: () => thread, repository },
    rules: { label: 'connect-card', gate: { protect: () => {} } },
    dryRun: false,
    concurrency: 4,
    stopped: () => false,
  } as unknown as FollowUp;
  return { job, done };
}
const states = new Map([['one', 'connected' as const]]);

test('an issue that is connected is labelled and closed', async () => {
  const { job, done } = jobWith(snapshot([entry('connected')]));
  await updateIssue(snapshot([entry('connected')]), states, job);
  expect(done).toEqual(['label connected', 'close']);
});

test.each<[string, Snapshot]>([
  ['another run is working on it', snapshot([entry('connected')], { leases: [{}] })],
  ['another connection waits', snapshot([entry('connected'), entry('ready')])],
  ['it was closed', snapshot([entry('connected')], { issue: { open: false, labels: [] } })],
  ['the label was removed', snapshot([entry('connected')], { issue: { open: true, labels: [] } })],
])('but not when meanwhile %s', async (_, now) => {
  const { job, done } = jobWith(now);
  await updateIssue(snapshot([entry('connected')]), states, job);
  expect(done).toEqual([]);
});

test('what another run has brought up to date meanwhile is left alone, and is no failure', async () => {
  const { job } = jobWith(snapshot([entry('connected')], { leases: [{}] }));
  const result = await updateIssue(snapshot([entry('ready')]), states, {
    ...job,
    rules: job.rules,
    task: { ...job.task, connectedLabel: '', closeConnected: false },
  });
  expect(result).toMatchObject({ outcome: 'connected', changed: false });
});

describe('an issue', () => {
  const card: Card = { link: 'https://x/card', token: 't', expiresAt: new Date(9_000_000) };
  const renewing = { renewLinks: true, connectedLabel: 'connected', closeConnected: true };

  /** Updates an issue whose runs take turns as they should; what is done at GitHub and Fivetran. */
  async function updated(
    before: Snapshot,
    state: SetupState | 'gone' | LinkError,
    {
      task = {},
      dryRun = false,
      cardFails,
      now = before,
    }: {
      task?: Partial<FollowUp['task']>;
      dryRun?: boolean;
      cardFails?: LinkError;
      /** How the issue stands when it is read again. */
      now?: Snapshot;
    } = {},
  ) {
    const done: string[] = [];
    let published = now;
    const thread = {
      claim: async (snapshot: Snapshot, plan: (now: Snapshot) => Promise<object>) => ({
        ...{ plan: await plan(snapshot), snapshot, deadline: 9 },
        publish: async ({ entries }: { entries: Entry[] }) => {
          done.push(`publish ${entries.map((one) => one.state).join(' ')}`);
          published = { ...published, entries };
          return 'https://x/comment';
        },
      }),
      read: async () => published,
      signAnew: async () => void done.push('sign anew'),
      deleteAll: async (comments: object[]) => void done.push(`delete ${comments.length}`),
    };
    const connections = {
      within: () => ({
        named: async () => ({ connections: [] }),
        createCard: async () => {
          if (cardFails) throw cardFails;
          return card;
        },
      }),
    };
    const created: FollowUpResult[] = [];
    const job = {
      task: { connectedLabel: '', closeConnected: false, remindAfter: 0, ...task },
      github: {
        thread: () => thread,
        repository: {
          addLabel: async (number: number, label: string) => done.push(`label ${number} ${label}`),
          closeIssue: async (number: number) => done.push(`close ${number}`),
        },
      },
      ...{ connections, dryRun, concurrency: 4, stopped: () => false },
      rules: {
        ...{ label: 'connect-card', audience: 'team', runUrl: 'https://x' },
        maskCard: ({ link }: Card) => done.push(`mask ${link}`),
        gate: { protect: () => {} },
      },
      onResult: (result: FollowUpResult) => void created.push({ ...result }),
    } as unknown as FollowUp;
    const result = await updateIssue(before, new Map([['one', state]]), job);
    return { result, done, created };
  }

  test('that is as it was: nothing is written, and what was replaced is deleted', async () => {
    const before = snapshot([entry('connected')], {
      ...{ replaced: [{ id: 3 }], comment: { id: 7, url: 'https://x/7', body: '' } },
      current: [{ id: 7 }],
    });
    const { result, done } = await updated(before, 'connected');
    expect(result).toMatchObject({
      ...{ issue: 1, outcome: 'connected', changed: false, commentUrl: 'https://x/7' },
    });
    expect(done).toEqual(['delete 1']);
  });

  test('that another run is working on is left alone', async () => {
    const before = snapshot([entry('connected')], { leases: [{}], replaced: [{ id: 3 }] });
    expect((await updated(before, 'connected')).done).toEqual([]);
  });

  test('that the previous key has signed is signed anew before anything is deleted', async () => {
    const before = snapshot([entry('connected')], { previousKey: true, replaced: [{ id: 3 }] });
    expect((await updated(before, 'connected')).done).toEqual(['sign anew', 'delete 1']);
  });

  test.each<[string, object]>([
    ['is working on it', { leases: [{}] }],
    ['has begun a list of its own', { comment: { id: 9 }, former: { id: 7 } }],
    ['has written the list meanwhile', { generation: 6 }],
    ['has signed it anew', { previousKey: false }],
  ])('nor is it signed anew where another run %s', async (_, meanwhile) => {
    const before = snapshot([entry('connected')], {
      ...{ previousKey: true, comment: { id: 7, url: 'x', body: '' }, current: [{ id: 7 }] },
      ...{ generation: 4, replaced: [{ id: 3 }] },
    });
    const now = { ...before, ...meanwhile } as Snapshot;
    expect((await updated(before, 'connected', { now })).done).toEqual([]);
  });

  test('that has changed says so in its comment', async () => {
    const { result, done, created } = await updated(snapshot([entry('ready')]), 'broken');
    expect(result).toMatchObject({
      ...{ outcome: 'broken', changed: true, commentUrl: 'https://x/comment' },
      entries: [{ state: 'broken' }],
    });
    expect(result).not.toHaveProperty('error');
    expect(done).toEqual(['publish broken']);
    expect(created).toEqual([]);
  });

  test('with a fresh link: a cancelled run can tell of it before the comment does', async () => {
    const before = snapshot([entry('expired')]);
    const { result, done, created } = await updated(before, 'incomplete', { task: renewing });
    // How it was found; its connections are as they are now.
    expect(result).toMatchObject({
      outcome: 'expired',
      changed: true,
      entries: [{ state: 'ready' }],
    });
    expect([...result.cards.keys()]).toEqual(['one']);
    expect(done).toEqual([`mask ${card.link}`, 'publish ready']);
    expect(created).toMatchObject([
      { issue: 1, outcome: 'failed', changed: false, error: { code: 'cancelled' } },
    ]);
  });

  test('whose link can’t be renewed says so, and has failed', async () => {
    const error = new LinkError('forbidden', 'x', 'y');
    const more = { task: renewing, cardFails: error };
    const { result, done } = await updated(snapshot([entry('expired')]), 'incomplete', more);
    expect(result).toMatchObject({ outcome: 'failed', error, entries: [{ state: 'failed' }] });
    expect(done).toEqual(['publish failed']);
  });

  test('of which a connection can’t be read: the others are brought up to date, and it has failed', async () => {
    const error = new LinkError('network', 'x', 'y');
    const other = { ...entry('creating'), connection: 'two' };
    const before = snapshot([entry('ready'), other]);
    const { result, done } = await updated(before, error, { task: renewing });
    expect(result).toMatchObject({ outcome: 'failed', error });
    expect(done).toEqual(['publish ready failed']);
  });

  test('that is connected now is labelled and closed as well', async () => {
    const { result, done } = await updated(snapshot([entry('ready')]), 'connected', {
      task: renewing,
    });
    expect(result).toMatchObject({ outcome: 'connected', changed: true });
    expect(done).toEqual(['publish connected', 'label 1 connected', 'close 1']);
  });

  test('that has the label is only closed; one to be left open only labelled', async () => {
    const labels = ['connect-card', 'Connected'];
    const labelled = snapshot([entry('connected')], { issue: { number: 1, open: true, labels } });
    const closed = await updated(labelled, 'connected', { task: renewing });
    expect(closed.done).toEqual(['delete 0', 'close 1']);
    expect(closed.result.changed).toBe(true);
    const task = { ...renewing, closeConnected: false };
    const both = await updated(labelled, 'connected', { task });
    expect(both.done).toEqual(['delete 0']);
    expect(both.result.changed).toBe(false);
    const open = await updated(snapshot([entry('connected')]), 'connected', { task });
    expect(open.done).toEqual(['delete 0', 'label 1 connected']);
  });

  test('without a record that counts is told of', async () => {
    const { result } = await updated(snapshot([], { signed: [] }), 'connected');
    expect(result.outcome).toBe('bad-record');
    expect(result).not.toHaveProperty('commentUrl');
  });

  test('in a dry run: what would change is told, and nothing is written', async () => {
    for (const [before, state, changed] of [
      [entry('ready'), 'broken', true],
      [entry('broken'), 'broken', false],
      // It would be labelled.
      [entry('connected'), 'connected', true],
    ] as const) {
      const one = await updated(snapshot([before]), state, { task: renewing, dryRun: true });
      expect(one.result).toMatchObject({ outcome: state, changed });
      expect(one.done).toEqual([]);
    }
  });
});
