import { describe, expect, test } from '@jest/globals';
import type { Connections } from '../../src/fivetran/connections.ts';
import type { IssuePage } from '../../src/github/issue.ts';
import type { Snapshot } from '../../src/github/snapshot.ts';
import { LinkError } from '../../src/model/errors.ts';
import type { FollowUpResult } from '../../src/model/follow-up.ts';
import { type Entry, newEntry } from '../../src/model/issue-record.ts';
import { type FollowUpOptions, followUp } from '../../src/operations/follow-up/follow-up.ts';

// Which issues are followed up, and what is said of them.

const LABEL = 'connect-card';
const page = (number: number, { open = true, labels = [LABEL] } = {}) =>
  ({ issue: { number, open, labels } }) as IssuePage;
const entry = (id: string, state: Entry['state'], group = 'g'): Entry => ({
  ...newEntry({ group, service: 'stripe', schema: id }),
  ...{ connection: id, state, expires: 5000 },
});

interface Situation {
  /** The pages of the list of issues. */
  pages?: IssuePage[][];
  /** The connections of each issue; none by default. */
  entries?: Record<number, Entry[]>;
  /** Issues that can't be read, and connections that can't be asked for. */
  failing?: Record<string, LinkError>;
  /** Connections of which Fivetran says nothing that is known. */
  unknown?: string[];
  issueNumber?: number;
  only?: IssuePage;
  stopAfter?: string;
}

async function followed(situation: Situation) {
  const { pages = [], entries = {}, failing = {}, unknown = [] } = situation;
  const { issueNumber, only, stopAfter } = situation;
  const events: string[] = [];
  let isStopped = false;
  const happened = (event: string) => {
    events.push(event);
    if (event === stopAfter) isStopped = true;
  };
  const thread = (number: number) => ({
    complete: async ({ issue }: IssuePage) => {
      happened(`complete ${number}`);
      if (failing[number]) throw failing[number];
      return {
        ...{ issue, entries: entries[number] ?? [], details: {}, date: 1000, signed: [{}] },
        ...{ leases: [], current: [], replaced: [], former: undefined },
      } as unknown as Snapshot;
    },
    claim: async (snapshot: Snapshot, plan: (now: Snapshot) => Promise<object>) => {
      happened(`claim ${number}`);
      if (failing[`claim ${number}`]) throw failing[`claim ${number}`];
      return {
        ...{ plan: await plan(snapshot), snapshot, deadline: 9 },
        publish: async () => 'https://x/comment',
      };
    },
    deleteAll: async () => {},
  });
  const repository = {
    issue: async (number: number) => {
      happened(`read ${number}`);
      return only;
    },
    async *openIssues(label: string) {
      happened(`list ${label}`);
      yield* pages;
    },
  };
  const connections = {
    within: () => ({}),
    get: async (id: string) => {
      happened(`get ${id}`);
      if (failing[id]) throw failing[id];
      return { id, setupState: unknown.includes(id) ? undefined : 'connected' };
    },
  } as unknown as Connections;
  const gate = { protect: () => {} };
  const log = (kind: string) => (line: string) => void events.push(`${kind}: ${line}`);
  const results: FollowUpResult[] = [];
  await followUp({
    ...{
      connections,
      github: { repository, thread },
      dryRun: false,
      issueNumber,
      concurrency: 1,
    },
    task: { label: LABEL, remindAfter: 0, connectedLabel: '', closeConnected: false },
    rules: { label: LABEL, audience: 'team', runUrl: 'https://x', maskCard: () => {}, gate },
    ...{ onResult: (result: FollowUpResult) => results.push(result), stopped: () => isStopped },
    log: { info: log('info'), notice: log('notice'), warning: log('warning') },
  } as unknown as FollowUpOptions);
  return {
    events,
    results: results.map(({ issue, outcome }) => `${issue} ${outcome}`),
    all: results,
  };
}

describe('the issues that are followed up', () => {
  test('are all open ones with the label, page by page, each once', async () => {
    const pages = [[page(1), page(2)], [page(2), page(3)], []];
    const { events, results } = await followed({ pages });
    expect(events).toEqual([
      ...[`list ${LABEL}`, 'complete 1', 'complete 2', 'complete 3'],
      'info: Following up 3 issues.',
    ]);
    expect(results).toEqual(['1 waiting', '2 waiting', '3 waiting']);
  });

  test('are one where the workflow names it', async () => {
    const { events, results } = await followed({ issueNumber: 5, only: page(5) });
    expect(events).toEqual(['read 5', 'complete 5', 'info: Following up 1 issue.']);
    expect(results).toEqual(['5 waiting']);
  });

  test.each([page(5, { open: false }), page(5, { labels: ['bug'] })])(
    'but not one that is closed or has no label',
    async (only) => {
      const { events, results } = await followed({ issueNumber: 5, only });
      expect(events).toEqual([
        ...['read 5', `notice: Issue 5 isn't an open issue with the label ${LABEL}.`],
        'info: Following up 0 issues.',
      ]);
      expect(results).toEqual([]);
    },
  );

  test('are left when the run is to stop', async () => {
    const pages = [[page(1), page(2)], [page(3)]];
    const reading = await followed({ pages, stopAfter: 'complete 1' });
    expect(reading).toMatchObject({ events: [`list ${LABEL}`, 'complete 1'], results: [] });
    const entries = { 1: [entry('a', 'ready')], 2: [entry('b', 'ready', 'h')] };
    const asking = await followed({ pages, entries, stopAfter: 'get a' });
    expect(asking.events.at(-1)).toBe('get a');
    expect(asking.results).toEqual([]);
  });
});

describe('what is said', () => {
  test('of an issue that has changed, and none of one that hasn’t', async () => {
    const entries = { 1: [entry('a', 'ready')], 2: [entry('b', 'connected', 'h')] };
    const { events, results } = await followed({ pages: [[page(1), page(2)]], entries });
    expect(results).toEqual(['1 connected', '2 connected']);
    expect(events.slice(-3)).toEqual([
      ...['get b', 'claim 1', 'info: Issue 1: connected. It was updated.'],
    ]);
  });

  test('of one that can’t be read: the others are followed up', async () => {
    const failing = { 1: new LinkError('github-failed', 'Not read.', 'y') };
    const { events, results, all } = await followed({ pages: [[page(1), page(2)]], failing });
    expect(results).toEqual(['1 failed', '2 waiting']);
    expect(events).toContain('warning: Issue 1: Not read. (github-failed)');
    expect(all[0]).toStrictEqual({
      ...{ issue: 1, outcome: 'failed', changed: false, entries: [], cards: new Map() },
      error: failing[1],
    });
  });

  test('of connections in a state that nobody knows: they stop no other, however many', async () => {
    const unknown = Array.from({ length: 12 }, (_, n) => `new${n}`);
    const entries = Object.fromEntries(
      [...unknown, 'a'].map((id, n) => [n + 1, [entry(id, 'ready', id)]]),
    );
    const pages = [Object.keys(entries).map((number) => page(Number(number)))];
    const { results } = await followed({ pages, entries, unknown });
    expect(results.slice(-2)).toEqual(['12 failed', '13 connected']);
  });

  test('once of what several have in common', async () => {
    const failing = { g: new LinkError('forbidden', 'No group.', 'y') };
    const connections = { a: failing.g, b: failing.g };
    const entries = { 1: [entry('a', 'ready')], 2: [entry('b', 'ready', 'h')] };
    const { events, results } = await followed({
      ...{ pages: [[page(1), page(2)]], entries, failing: connections },
    });
    expect(results).toEqual(['1 failed', '2 failed']);
    expect(events.filter((event) => event.startsWith('warning'))).toEqual([
      'warning: Issue 1: No group. (forbidden)',
    ]);
  });

  test('nothing more is asked at GitHub where all would fail alike', async () => {
    const failing = { 1: new LinkError('github-unauthorized', 'Bad token.', 'y') };
    const pages = [[page(1), page(2)], [page(3)]];
    const { events, results, all } = await followed({ pages, failing });
    expect(events).toEqual([
      ...[`list ${LABEL}`, 'complete 1', 'warning: Issue 1: Bad token. (github-unauthorized)'],
      'info: Following up 0 issues.',
    ]);
    expect(results).toEqual(['1 failed', '2 failed', '3 failed']);
    expect(all[2]?.error?.message).toContain('Not begun');
  });

  test('nothing more is written where all would fail alike', async () => {
    const entries = { 1: [entry('a', 'ready')], 2: [entry('b', 'ready', 'h')] };
    const failing = { 'claim 1': new LinkError('github-unauthorized', 'Bad token.', 'y') };
    const pages = [[page(1), page(2)]];
    const { events, results } = await followed({ pages, entries, failing });
    expect(events.filter((event) => event.startsWith('claim'))).toEqual(['claim 1']);
    expect(results).toEqual(['1 failed', '2 failed']);
  });
});
