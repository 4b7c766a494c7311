import { expect, test } from '@jest/globals';
import type { OpenRepository } from '../../src/github/open.ts';
import type { Snapshot } from '../../src/github/snapshot.ts';
import type { Inputs } from '../../src/inputs/read-inputs.ts';
import type { Card, Connection } from '../../src/model/connection.ts';
import { LinkError } from '../../src/model/errors.ts';
import { type Entry, newEntry } from '../../src/model/issue-record.ts';
import {
  type CommentRules,
  commentRules,
  commentText,
  keptLinks,
  mayShowLinks,
  notCommented,
  viewOf,
} from '../../src/operations/issue-comment.ts';
import type { RunContext } from '../../src/operations/run-context.ts';
import { fingerprintOf } from '../../src/report/links-in-comment.ts';

// What an issue's comment shows, and what it keeps of the one before.

const linkOf = (id: string) => `https://fivetran.com/connect-card/setup?auth=${id}`;
const ready = (id: string): Entry => ({
  ...newEntry({ group: 'g', service: 'stripe', schema: id }),
  ...{ connection: id, state: 'ready', expires: 9_000_000, link: fingerprintOf(linkOf(id)) },
});
const snapshot = (more: object = {}) =>
  ({
    issue: { number: 1, labels: ['Connect-Card'], author: 'nina' },
    ...{ public: false, details: { customer: 'Acme' }, comment: undefined, former: undefined },
    ...more,
  }) as unknown as Snapshot;

function rulesWith(more: Partial<CommentRules> = {}) {
  const masked: string[] = [];
  const shown: string[] = [];
  const rules = {
    ...{ allowPublicComment: false, label: 'connect-card', audience: 'team', message: undefined },
    ...{
      runUrl: 'https://x/run',
      maskCard: ({ link }: { link: string }) => void masked.push(link),
    },
    gate: { protect: (text: string) => void shown.push(text) },
    ...more,
  } as unknown as CommentRules;
  return { rules, masked, shown };
}

test('links are for private repositories, unless the workflow says otherwise', () => {
  const may = (isPublic: boolean, allowPublicComment: boolean) =>
    mayShowLinks(snapshot({ public: isPublic }), rulesWith({ allowPublicComment }).rules);
  expect([may(false, false), may(false, true), may(true, false), may(true, true)]).toEqual([
    ...[true, true, false, true],
  ]);
});

test('links of both comments are kept, and masked where they are on record', () => {
  const { rules, masked } = rulesWith();
  const before = snapshot({
    comment: { body: `[a](${linkOf('a')}) [x](${linkOf('x')})` },
    former: { body: `[b](${linkOf('b')})` },
  });
  const { link: _, ...without } = ready('c');
  const links = keptLinks([ready('a'), ready('b'), ready('gone'), without], before, rules);
  for (const id of ['a', 'b', 'x']) expect(links.get(fingerprintOf(linkOf(id)))).toBe(linkOf(id));
  expect(masked).toEqual([linkOf('a'), linkOf('b')]);
  expect([...keptLinks([ready('a')], snapshot(), rules)]).toEqual([]);
});

test('a comment shows this run’s links and those from before, for whom, and by whom', () => {
  const { rules, shown } = rulesWith();
  const before = snapshot({ comment: { body: `[a](${linkOf('a')})` } });
  const cards = [{ link: linkOf('b') }] as Card[];
  const entries = [ready('a'), ready('b')];
  const view = viewOf(entries, before, cards, rules);
  expect(view).toMatchObject({
    ...{ entries, showLinks: true, commandWorks: true, customer: 'Acme', requestedBy: 'nina' },
    ...{ audience: 'team', runUrl: 'https://x/run', notice: undefined },
  });
  for (const id of ['a', 'b']) expect(view.links.get(fingerprintOf(linkOf(id)))).toBe(linkOf(id));
  const text = commentText(entries, before, cards, rules);
  expect(text).toContain(linkOf('a'));
  expect(text).toContain(linkOf('b'));
  // Those pass the gate whole, though a value of config is part of them.
  expect(shown).toEqual(expect.arrayContaining(['https://x/run', 'a', 'b', 'Stripe']));
  expect(shown.some((one) => one.includes(linkOf('a')) && one.includes(linkOf('b')))).toBe(true);
});

test('what the run says of the issue comes before what was remembered', () => {
  const { rules } = rulesWith();
  const notice = { title: 'T', text: 'x' };
  const issue = { number: 1, labels: ['bug'], author: 'nina' };
  const before = snapshot({ issue, public: true });
  expect(viewOf([], before, [], rules, { notice, details: {} })).toMatchObject({
    ...{ notice, customer: undefined, commandWorks: false, showLinks: false },
  });
});

test('the rules are those of the inputs; links are masked as cards are', () => {
  const masked: object[] = [];
  const github = { label: 'l', audience: 'customer', message: 'm', allowPublicComment: true };
  const rules = commentRules(
    { github } as unknown as Inputs,
    { runUrl: 'https://x/run' } as OpenRepository,
    {
      maskCard: (card: object) => void masked.push(card),
      runner: { gate: { protect: () => {} } },
    } as unknown as RunContext,
  );
  expect(rules).toMatchObject({ ...github, runUrl: 'https://x/run' });
  rules.maskCard({ link: linkOf('a') });
  expect(masked).toEqual([{ link: linkOf('a') }]);
});

test('a comment that couldn’t be written: what was created is elsewhere, and how to get it there', () => {
  const error = new LinkError('issue-locked', 'It is locked.', 'Unlock it.');
  expect(notCommented(error, { id: 'one' } as Connection)).toMatchObject({
    ...{ code: 'issue-locked', cause: error },
    message:
      "The issue's comment couldn't be written. The step's outputs have what was created (connection one). It is locked.",
    fix: 'Unlock it. A comment /connect-card then creates fresh links.',
  });
  expect(notCommented(error).message).toContain('outputs have what was created. ');
});
