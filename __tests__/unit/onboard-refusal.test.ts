import { describe, expect, test } from '@jest/globals';
import type { Trigger } from '../../src/github/event.ts';
import type { Repository } from '../../src/github/repository.ts';
import type { Snapshot } from '../../src/github/snapshot.ts';
import type { OnboardingInputs } from '../../src/inputs/onboarding-inputs.ts';
import type { IssueRequests } from '../../src/issue-form/issue-request.ts';
import { LinkError, type Problem } from '../../src/model/errors.ts';
import { type ApprovedRequest, type Entry, newEntry } from '../../src/model/issue-record.ts';
import type { LinkResult, NamedRequest } from '../../src/model/link.ts';
import { Reactions } from '../../src/operations/onboard/reactions.ts';
import { outdated, refusalOf } from '../../src/operations/onboard/refusal.ts';

// What stands against doing what was asked, and what the issue and the command's comment show of it.

const request = (schema: string): ApprovedRequest => ({ group: 'g', service: 'stripe', schema });
const made = (schema: string): Entry => ({ ...newEntry(request(schema)), connection: schema });
const begun = (schema: string): Entry => ({
  ...newEntry(request(schema)),
  intents: [{ unseenAt: 1, until: 2 }],
});
const many = (number: number) => Array.from({ length: number }, (_, index) => `s${index}`);
const asked = (schemas: string[], more: Partial<IssueRequests> = {}) =>
  ({
    requests: schemas.map((schema) => ({
      connection: { groupId: 'g', service: 'stripe', schema },
    })) as NamedRequest[],
    ...{ problems: [], workflowProblems: [], warnings: [], customer: undefined },
    ...more,
  }) as IssueRequests;
const problem: Problem = {
  code: 'form-incomplete',
  input: 'Schema',
  message: 'is empty.',
  fix: 'F.',
};

interface Situation {
  kind?: Trigger['kind'];
  entitled?: boolean;
  approvers?: string[];
  entries?: Entry[];
  signed?: number;
  form?: IssueRequests;
  named?: Entry[];
}

function refused(situation: Situation) {
  const { kind = 'label', entitled = true, approvers = [], entries = [], signed = 0 } = situation;
  return refusalOf(
    { kind } as Trigger,
    { label: 'connect-card', approvers } as unknown as OnboardingInputs,
    { entries, signed: Array(signed).fill({}) } as unknown as Snapshot,
    entitled,
    situation.form,
    situation.named ?? [],
  );
}

describe('whoever may not ask', () => {
  test('is told whom to ask; who may not renew changes nothing in the comment', () => {
    const refusal = refused({ kind: 'command', entitled: false, named: [made('a')] });
    expect(refusal?.error).toMatchObject({
      code: 'not-approved',
      message: "Only the issue's author and people with triage rights can renew its links.",
      fix: 'Ask somebody with triage rights or more to remove the label connect-card and add it again.',
    });
    expect(refusal?.notice).toBeUndefined();
  });

  test('adds the label: the comment says so unless it has something to lose', () => {
    const situation = { entitled: false, form: asked(['a']), approvers: ['tess', 'max'] };
    const refusal = refused(situation);
    expect(refusal?.error).toMatchObject({
      code: 'not-approved',
      message: 'Whoever added the label connect-card may not approve.',
      fix: expect.stringContaining('Ask tess or max to remove'),
    });
    expect(refusal?.notice).toMatchObject({
      title: 'Waiting for approval',
      text: expect.stringContaining('one of its approvers'),
    });
    expect(refused({ ...situation, signed: 1 })).toEqual({ error: expect.any(LinkError) });
  });
});

describe('a form', () => {
  test('without a problem is in order', () => {
    expect(refused({ form: asked(['a']) })).toBeUndefined();
  });

  test('with one leads to a notice that says which', () => {
    expect(refused({ form: asked([], { problems: [problem] }) })).toMatchObject({
      error: { code: 'form-incomplete', problems: [problem] },
      notice: { text: expect.stringContaining('is empty') },
    });
  });

  test('of which the workflow itself makes something impossible: the issue isn’t told', () => {
    const workflowProblems: Problem[] = [{ ...problem, code: 'invalid-input', input: 'group-id' }];
    const refusal = refused({ form: asked([], { problems: [problem], workflowProblems }) });
    expect(refusal).toMatchObject({ error: { code: 'invalid-input', problems: workflowProblems } });
    expect(refusal?.notice).toBeUndefined();
  });
});

describe('fifty connections an issue', () => {
  test.each<[string, Entry[], string[], boolean]>([
    ['fifty at once', [], many(50), false],
    ['more than fifty at once', [], many(51), true],
    ['the fiftieth', many(49).map(made), ['new'], false],
    ['one more', many(50).map(made), ['new'], true],
    ['one more, of those that may exist', many(50).map(begun), ['new'], true],
    ['those that are there already', many(50).map(made), many(50), false],
    ['those that are there already, and one', many(50).map(made), [...many(50), 'new'], true],
    [
      'beside what never came to exist',
      many(50).map((one) => newEntry(request(one))),
      ['new'],
      false,
    ],
    ['even where there are more', many(60).map(made), many(60), false],
  ])('%s: refused is %s', (_, entries, schemas, isRefused) => {
    const refusal = refused({ entries, form: asked(schemas) });
    expect(refusal !== undefined).toBe(isRefused);
    if (!isRefused) return;
    expect(refusal).toMatchObject({
      error: {
        code: 'form-incomplete',
        message: expect.stringMatching(/^Service .* 50 connections/),
      },
      notice: { text: expect.stringContaining('Open another issue') },
    });
  });
});

describe('the command', () => {
  test.each<[string, Entry[]]>([
    ['nothing', []],
    ['only what never came to exist', [newEntry(request('a'))]],
  ])('where %s is on record: a maintainer must approve again', (_, entries) => {
    const refusal = refused({ kind: 'command', entries, named: entries });
    expect(refusal?.error).toMatchObject({
      code: 'not-approved',
      message: 'No approval of this issue is on record.',
    });
    expect(refusal?.notice?.title).toBe('A maintainer must approve again');
  });

  test('that names nothing of the issue’s is told what there is', () => {
    const entries = [made('a'), begun('b'), newEntry(request('c'))];
    const refusal = refused({ kind: 'command', entries });
    expect(refusal?.error).toMatchObject({
      code: 'unknown-connection',
      message: expect.stringContaining('It has a, b.'),
    });
    expect(refusal?.notice?.title).toBe('No such connection');
  });

  test('for what is there, or may be, is in order', () => {
    const entries = [made('a')];
    expect(refused({ kind: 'command', entries, named: entries })).toBeUndefined();
    expect(
      refused({ kind: 'command', entries: [begun('b')], named: [begun('b')] }),
    ).toBeUndefined();
  });
});

test('an issue that was closed, or whose label was removed, has nothing to do any more', () => {
  const issue = (open: boolean, labels: string[]) => ({ issue: { open, labels } }) as Snapshot;
  expect(outdated(issue(true, ['x', 'Connect-Card']), 'connect-card')).toBeUndefined();
  expect(outdated(issue(false, ['connect-card']), 'connect-card')).toContain('closed');
  expect(outdated(issue(true, ['x']), 'connect-card')).toContain('label connect-card any more');
});

describe('reactions to the command’s comment', () => {
  const failed = { outcome: 'failed' } as LinkResult;
  const linked = { outcome: 'linked' } as LinkResult;

  function watched(comment: number | undefined, fails = false) {
    const events: string[] = [];
    const repository: Pick<Repository, 'react'> = {
      react: async (id, content) => {
        if (fails) throw new Error('No.');
        events.push(`${id} ${content}`);
      },
    };
    const debug = (line: string) => void events.push(line);
    return { events, reactions: new Reactions(repository, comment, { debug }) };
  }

  test.each<[LinkResult[], string]>([
    [[linked], '+1'],
    [[failed, linked], '+1'],
    [[failed], 'confused'],
    [[{ outcome: 'skipped' } as LinkResult], '+1'],
  ])('seen, and then for %j %s', async (results, expected) => {
    const { events, reactions } = watched(7);
    reactions.seen();
    reactions.seen();
    await reactions.done(results);
    expect(events).toEqual(['7 eyes', `7 ${expected}`]);
  });

  test('none for those who may not ask, nor where there is no comment', async () => {
    const unseen = watched(7);
    await unseen.reactions.done([linked]);
    const none = watched(undefined);
    none.reactions.seen();
    await none.reactions.done([linked]);
    expect([...unseen.events, ...none.events]).toEqual([]);
  });

  test('that fail fail nothing, and are in the log for those who look', async () => {
    const { events, reactions } = watched(7, true);
    reactions.seen();
    await reactions.done([linked]);
    expect(events).toHaveLength(2);
    expect(events[0]).toMatch(/^No reaction eyes: .*No\./);
  });
});
