import { expect, test } from '@jest/globals';
import { isEntitled } from '../../src/github/approval.ts';
import { readTrigger, type Trigger } from '../../src/github/event.ts';

const RULES = { label: 'connect-card', approvers: ['release[bot]'] };
const issue = {
  number: 5,
  state: 'open',
  body: 'x',
  updated_at: '2026-11-25T09:00:00Z',
  user: { id: 9, login: 'nina' },
  labels: [{ name: 'Connect-Card' }],
};
const max = { id: 4, login: 'max', type: 'User' };
const comment = { id: 77, body: '/connect-card', created_at: '2026-11-25T10:00:00Z', user: max };

const labelled = (more: object = {}, runAttempt = 1) =>
  readTrigger(
    {
      eventName: 'issues',
      payload: { action: 'labeled', issue, label: { name: 'connect-card' }, sender: max, ...more },
      runAttempt,
    },
    RULES,
    'olga',
  );
const commented = (body: string, more: object = {}) =>
  readTrigger(
    {
      eventName: 'issue_comment',
      payload: { action: 'created', issue, comment: { ...comment, body }, sender: max, ...more },
      runAttempt: 1,
    },
    RULES,
    undefined,
  );

test('the label, and who added it when', () => {
  expect(labelled()).toMatchObject({
    ...{ kind: 'label', by: { login: 'max' }, at: Date.parse(issue.updated_at) },
    ...{ isRerun: false, rerunBy: undefined, name: '', comment: undefined },
    issue: { number: 5, body: 'x', author: { id: 9 } },
  });
});

test('a job that is run again, and by whom', () => {
  expect(labelled({}, 2)).toMatchObject({ isRerun: true, rerunBy: { login: 'olga' } });
});

test('the command, and what it names', () => {
  expect(commented('/connect-card')).toMatchObject({
    ...{ kind: 'command', at: Date.parse(comment.created_at), comment: 77, name: '' },
  });
  for (const body of ['/connect-card Google Ads', '\n  \n\t/connect-card \t Google Ads \n/no']) {
    expect(commented(body)).toMatchObject({ kind: 'command', name: 'Google Ads' });
  }
});

test.each<[string, () => object, string]>([
  ['another label', () => labelled({ label: { name: 'bug' } }), "The label that was added isn't"],
  ['a closed issue', () => labelled({ issue: { ...issue, state: 'closed' } }), 'closed'],
  ['a pull request', () => labelled({ issue: { ...issue, pull_request: {} } }), 'pull request'],
  ['a bot', () => labelled({ sender: { id: 1, login: 'x[bot]', type: 'Bot' } }), 'bot'],
  [
    'an issue without the label',
    () => commented('/connect-card', { issue: { ...issue, labels: [] } }),
    "doesn't have the label",
  ],
  [
    'another comment',
    () => commented('Thanks!\n/connect-card'),
    "doesn't start with /connect-card",
  ],
  ['another command', () => commented('/connect-cards'), "doesn't start with /connect-card"],
  [
    'another event',
    () => readTrigger({ eventName: 'push', payload: {}, runAttempt: 1 }, RULES, ''),
    'not on push.',
  ],
])('%s is skipped, and the reason told', (_, trigger, reason) => {
  expect(trigger()).toEqual({ skipped: expect.stringContaining(reason) });
});

test('the issue’s author is known by the id, whatever the login is now; others need rights', async () => {
  const asked: string[] = [];
  const repository = {
    mayTriage: async (login: string) => {
      asked.push(login);
      return false;
    },
  };
  const by = (person: object) =>
    isEntitled(
      {
        ...(commented('/connect-card') as Trigger),
        by: { id: 1, login: 'x', bot: false, ...person },
      },
      [],
      repository,
    );
  expect(await by({ id: 9, login: 'nina-renamed' })).toBe(true);
  expect(asked).toEqual([]);
  expect(await by({ id: 10, login: 'nina' })).toBe(false);
  expect(await by({ id: 0, login: '' })).toBe(false);
  expect(asked).toEqual(['nina', '']);
});

test('a job that is run again by nobody knows whom', () => {
  const payload = { action: 'labeled', issue, label: { name: 'connect-card' }, sender: max };
  const again = { eventName: 'issues', payload, runAttempt: 2 };
  for (const nobody of [undefined, '']) {
    expect(readTrigger(again, RULES, nobody)).toMatchObject({ isRerun: true, rerunBy: undefined });
  }
});

test('a bot that is one of the approvers counts, however its name is written', () => {
  const bot = { id: 1, login: 'Release[bot]', type: 'Bot' };
  expect(labelled({ sender: bot })).toMatchObject({ kind: 'label', by: { login: 'Release[bot]' } });
  expect(commented('/connect-card', { comment: { ...comment, user: bot } })).toMatchObject({
    by: { bot: true },
  });
});

test('a command’s name ends with its line, and isn’t endless', () => {
  const { name } = commented(`/connect-card ${'a'.repeat(300)}\r\n\r\nthanks`) as Trigger;
  expect(name).toBe('a'.repeat(100));
});

test.each<[string, () => object, string]>([
  ['without an issue', () => labelled({ issue: null }), 'names no issue'],
  ['of an issue, without a label', () => labelled({ label: undefined }), "isn't connect-card"],
  ['without a comment', () => commented('', { comment: undefined }), "doesn't start with"],
  ['of an empty comment', () => commented(' \n '), "doesn't start with"],
  ['of a comment that is no text', () => commented(7 as never), "doesn't start with"],
  [
    'of a comment, without labels',
    () => commented('/connect-card', { issue: { ...issue, labels: undefined } }),
    "doesn't have the label",
  ],
  ['that removes a label', () => labelled({ action: 'unlabeled' }), 'not on issues: unlabeled.'],
  [
    'of a comment that is edited',
    () => commented('/connect-card', { action: 'edited' }),
    'not on issue_comment: edited.',
  ],
])('an event %s is skipped', (_, trigger, reason) => {
  expect(trigger()).toEqual({ skipped: expect.stringContaining(reason) });
});

test('an issue without a description or an author has neither', () => {
  expect(labelled({ issue: { ...issue, body: null, user: null } })).toMatchObject({
    issue: { body: '', author: { id: 0, login: '', bot: false } },
  });
});
