import { describe, expect, test } from '@jest/globals';
import { isEntitled } from '../../src/github/approval.ts';
import type { Trigger } from '../../src/github/event.ts';
import { type Person, readPerson } from '../../src/github/issue.ts';

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

describe('who may approve', () => {
  const tess = { id: 1, login: 'Tess', bot: false };
  const bot = { id: 2, login: 'release[bot]', bot: true };

  /** Whether these may, and whose rights were asked for. */
  async function approved(
    by: Person,
    {
      approvers = [] as string[],
      rerunBy = undefined as Person | undefined,
      rights = ['Tess'],
    } = {},
  ) {
    const asked: string[] = [];
    const mayTriage = async (login: string) => {
      asked.push(login);
      return rights.includes(login);
    };
    // Whoever opened the issue has no say in it.
    const trigger = { kind: 'label', by, rerunBy, issue: { author: by } } as Trigger;
    return { may: await isEntitled(trigger, approvers, { mayTriage }), asked };
  }

  test('those with triage rights, and nobody else', async () => {
    expect(await approved(tess)).toEqual({ may: true, asked: ['Tess'] });
    expect(await approved(tess, { rights: [] })).toEqual({ may: false, asked: ['Tess'] });
  });

  test('where there are approvers, only they, and only with these rights', async () => {
    expect((await approved(tess, { approvers: ['max', 'tess'] })).may).toBe(true);
    expect(await approved(tess, { approvers: ['max'] })).toEqual({ may: false, asked: [] });
    expect((await approved(tess, { approvers: ['tess'], rights: [] })).may).toBe(false);
  });

  test('bots as approvers alone', async () => {
    expect(await approved(bot, { rights: ['release[bot]'] })).toEqual({ may: false, asked: [] });
    const approvers = ['Release[bot]'];
    expect(await approved(bot, { approvers })).toEqual({ may: true, asked: [] });
  });

  test('whoever runs the job again as well, once', async () => {
    const again = (login: string, rights: string[]) =>
      approved(tess, { rerunBy: { id: 0, login, bot: false }, rights });
    expect(await again('tess', ['Tess'])).toEqual({ may: true, asked: ['Tess'] });
    expect(await again('TESS', ['Tess'])).toEqual({ may: true, asked: ['Tess'] });
    expect(await again('olga', ['Tess'])).toEqual({ may: false, asked: ['Tess', 'olga'] });
    expect(await again('olga', ['Tess', 'olga'])).toMatchObject({ may: true });
    expect(await again('olga', ['olga'])).toMatchObject({ may: false });
  });
});

test('with rights, the command is for everybody', async () => {
  const trigger = { kind: 'command', by: readPerson(other), issue: { author: readPerson(nina) } };
  const repository = { mayTriage: async (login: string) => login === 'mallory' };
  expect(await isEntitled(trigger as Trigger, [], repository)).toBe(true);
});
