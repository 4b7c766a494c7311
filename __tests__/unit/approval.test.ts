import { expect, test } from '@jest/globals';
import { isEntitled } from '../../src/github/approval.ts';
import type { Trigger } from '../../src/github/event.ts';
import { readPerson } from '../../src/github/issue.ts';

const nina = { id: 7, login: 'nina', type: 'User' };
const other = { id: 8, login: 'mallory', type: 'User' };
/** As GitHub's events name an account that was deleted: not at all. */
const deleted = null;

/** Whether somebody without rights may renew the links of an issue. */
function mayRenew(author: object | null, by: object | null, rerunBy?: object): Promise<boolean> {
  const trigger = {
    kind: 'command',
    by: readPerson(by),
    rerunBy: rerunBy && readPerson(rerunBy),
    issue: { author: readPerson(author) },
  } as Trigger;
  return isEntitled(trigger, [], { mayTriage: async () => false });
}

test('without rights, the command is for the issue’s author alone', async () => {
  expect(await mayRenew(nina, nina)).toBe(true);
  expect(await mayRenew(nina, other)).toBe(false);
  // Accounts are compared, not names: one that was given up can be somebody else's now.
  expect(await mayRenew(nina, { ...nina, id: 9 })).toBe(false);
});

test('somebody whose account was deleted isn’t the author whose account was deleted', async () => {
  expect(await mayRenew(deleted, deleted)).toBe(false);
  expect(await mayRenew(deleted, other)).toBe(false);
  expect(await mayRenew(nina, deleted)).toBe(false);
});

test('of whoever runs it again only the login is known', async () => {
  expect(await mayRenew(nina, nina, { login: 'nina' })).toBe(true);
  expect(await mayRenew(nina, nina, { login: 'mallory' })).toBe(false);
  expect(await mayRenew(deleted, nina, { login: 'mallory' })).toBe(false);
});
