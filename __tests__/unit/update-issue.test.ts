import { expect, test } from '@jest/globals';
import type { Snapshot } from '../../src/github/snapshot.ts';
import { type Entry, newEntry } from '../../src/model/issue-record.ts';
import { type FollowUp, updateIssue } from '../../src/operations/follow-up/update-issue.ts';

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
    place: { thread: () => thread, repository },
    rules: { label: 'connect-card', gate: { protect: () => {} } },
    dryRun: false,
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
    rules: { label: 'connect-card', gate: { protect: () => {} } } as never,
    task: { ...job.task, connectedLabel: '', closeConnected: false },
  });
  expect(result).toMatchObject({ outcome: 'connected', changed: false });
});
