import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from '../../src/model/connection.ts';
import { InputError, LinkError, type Problem } from '../../src/model/errors.ts';
import type { FollowUpResult } from '../../src/model/follow-up.ts';
import type { Entry, EntryState } from '../../src/model/issue-record.ts';
import type { LinkResult } from '../../src/model/link.ts';
import { batchSummary } from '../../src/report/batch-summary.ts';
import { type IssueView, issueText, noticeText, workingText } from '../../src/report/comment.ts';
import { followUpSummary } from '../../src/report/follow-up-summary.ts';
import { helpOf } from '../../src/report/help.ts';
import { shownLink } from '../../src/report/link-text.ts';
import { fingerprintOf } from '../../src/report/links-in-comment.ts';
import { plain } from '../../src/report/markdown.ts';
import * as notices from '../../src/report/notices.ts';
import type { Reported } from '../../src/report/reported.ts';
import { singleSummary } from '../../src/report/summary.ts';
import { hostile } from '../support/hostile.ts';
import { holds, PATIENCE_MS } from '../support/properties.ts';
import { moreThanText, rendered } from '../support/rendered.ts';

// Whatever people, Fivetran and GitHub have written, a page that shows it has the same parts, links and
// HTML as it has with harmless words in their place.

/** Hands out texts, one after the other. */
type Words = () => string;

const RUN_URL = 'https://github.com/acme/onboarding/actions/runs/1';
const NOW = new Date('2026-11-25T09:38:00Z');
const STATES: EntryState[] = [
  'ready',
  'connected',
  'expired',
  'broken',
  'gone',
  'creating',
  'failed',
];
const help = helpOf({
  GITHUB_ACTION_REPOSITORY: 'acme/connect-card-link',
  GITHUB_ACTION_REF: 'v1',
});

/** Addresses, as servers send them; none of them is one of ours. */
const addressOf = (word: string) => `https://fivetran.com/docs?${word}`;
const linkOf = (word: string) =>
  `https://fivetran.com/connect-card/setup?auth=${encodeURIComponent(word.toWellFormed())}&x=\\${word}`;

function entry(word: Words, state: EntryState, index: number): Entry {
  const link = linkOf(`${index}`);
  return {
    request: { group: word(), service: word(), schema: word(), table: word() },
    connection: word(),
    intents: [],
    state,
    expires: NOW.getTime() + index * 60_000,
    link: fingerprintOf(link),
    renewed: 0,
    error: word(),
    title: word(),
    docs: new URL(addressOf(word())).href,
    destination: word(),
  };
}

function view(word: Words, states: readonly EntryState[], more: Partial<IssueView>): IssueView {
  return {
    entries: states.map((state, index) => entry(word, state, index)),
    links: new Map(
      states.map((_, index) => [fingerprintOf(linkOf(`${index}`)), linkOf(`${index}`)]),
    ),
    showLinks: true,
    commandWorks: true,
    audience: 'team',
    customer: word(),
    requestedBy: word(),
    runUrl: RUN_URL,
    ...more,
  };
}

function connection(word: Words): Connection {
  const [id, service, name, groupId] = [word(), word(), word(), word()] as const;
  return { id, service, name, groupId, setupState: 'incomplete', createdAt: 0 };
}

function problem(word: Words): Problem {
  return { code: 'bad-requests', input: word(), message: word(), fix: word() };
}

/** One result of each kind. */
function results(word: Words): LinkResult[] {
  const target = () => ({
    name: word(),
    service: word(),
    schema: word(),
    table: word(),
    groupId: word(),
    extra: { [word()]: word() },
  });
  const card = () => ({ link: linkOf(word()), token: word(), expiresAt: NOW });
  const refused = () => new LinkError('refused', word(), word());
  return [
    {
      target: target(),
      outcome: 'linked',
      connection: connection(word),
      created: true,
      card: card(),
    },
    { target: {}, outcome: 'linked', connection: connection(word), created: false, card: card() },
    {
      target: target(),
      outcome: 'connected',
      connection: connection(word),
    },
    { target: target(), outcome: 'failed', error: refused() },
    { target: {}, connection: connection(word), outcome: 'failed', error: refused() },
    {
      target: target(),
      outcome: 'failed',
      card: card(),
      error: new InputError([problem(word), problem(word)]),
    },
    { target: target(), outcome: 'failed', error: new InputError([problem(word)]) },
    { target: target(), outcome: 'skipped', reason: word() },
  ];
}

function reported(word: Words): Reported[] {
  return results(word).map((result, index) => ({
    result,
    number: index + 1,
    position: index % 2 ? { line: index + 1, column: 1, path: word() } : undefined,
  }));
}

function followedUp(word: Words): FollowUpResult[] {
  return STATES.map((state, index) => ({
    issue: index + 1,
    outcome: index % 2 ? 'failed' : 'waiting',
    changed: true,
    entries: [entry(word, state, index), entry(word, 'connected', index)],
    cards: new Map([[word(), { link: linkOf(word()), token: word(), expiresAt: NOW }]]),
    commentUrl: addressOf(word()),
    ...(index % 2 && { error: new LinkError('github-failed', word(), word()) }),
  }));
}

/** Every page that the action writes. */
const PAGES: Record<string, (word: Words) => string> = {
  'a comment for the team': (word) => issueText(view(word, STATES, {})),
  'a comment about one source': (word) => issueText(view(word, ['ready'], {})),
  'a comment about a broken source': (word) => issueText(view(word, ['broken'], {})),
  'a comment about a connected source': (word) => issueText(view(word, ['connected'], {})),
  'a comment for the customer': (word) =>
    issueText(view(word, ['ready', ...STATES], { audience: 'customer' })),
  'a comment in public': (word) => issueText(view(word, STATES, { showLinks: false })),
  'a comment with a notice': (word) =>
    issueText(view(word, ['ready'], { notice: notices.noSuchSourceNotice([word(), word()]) })),
  'a comment while links are created': (word) => workingText([word(), word()]),
  'an incomplete form': (word) =>
    noticeText(notices.incompleteNotice([problem(word), problem(word)], word())),
  'a missing approval': (word) =>
    noticeText(notices.notApprovedNotice(word(), [word(), word()])) +
    noticeText(notices.approveAgainNotice(word())),
  'another request': (word) => noticeText(notices.differentNotice(results(word))),
  'results that the list lacks': (word) =>
    noticeText(notices.unlistedNotice(results(word), 2) ?? { title: '', text: '' }),
  'a reminder': (word) => noticeText(notices.reminderNotice(`${word()} `, [word(), word()], NOW)),
  'the summary of many': (word) =>
    batchSummary(reported(word), {
      help,
      error: new LinkError('github-failed', word(), word()),
      comment: { url: addressOf(word()), hasLinks: true },
    }),
  'the summary of a follow-up': (word) =>
    followUpSummary(followedUp(word), { isDryRun: false, unfinished: undefined }),
  ...Object.fromEntries(
    Array.from({ length: 8 }, (_, index) => [
      `the summary of result ${index}`,
      (word: Words) =>
        singleSummary(reported(word)[index] as Reported, {
          help,
          comment: { url: addressOf(word()), hasLinks: index % 2 > 0 },
        }),
    ]),
  ),
};

/** Hands out the texts again and again, each time a bit longer: no two are alike. */
function handOut(texts: readonly string[]): Words {
  let next = 0;
  return () => {
    const text = texts[next % texts.length] ?? '';
    const round = Math.floor(next++ / texts.length);
    return round > 0 && plain(text) !== '' ? `${text}${'z'.repeat(round)}` : text;
  };
}

/** A harmless text for each: a blank where nothing of it is shown. */
function harmless(texts: readonly string[]): string[] {
  return texts.map((text, index) => (plain(text) === '' ? ' ' : `acme${'x'.repeat(index)}`));
}

/** Where the page may lead to: the addresses that were put into it, and those of the action's own. */
function addresses(page: (word: Words) => string, words: Words): string[] {
  const given: string[] = [];
  page(() => {
    const word = words();
    given.push(addressOf(word), linkOf(word));
    return word;
  });
  const own = STATES.flatMap((_, index) => [linkOf(`${index}`), linkOf(`${index + 1}`)]);
  const codes = ['refused', 'bad-requests', 'github-failed'] as const;
  return [
    ...[...given, ...own, RUN_URL].map(shownLink),
    ...codes.flatMap((code) => help(code) ?? []),
  ];
}

const texts = fc.uniqueArray(hostile.filter(Boolean), {
  minLength: 5,
  maxLength: 5,
  selector: plain,
});

test.each(Object.entries(PAGES))(
  '%s shows texts as texts',
  (_, page) => {
    holds(
      fc.property(texts, (given) => {
        const shown = rendered(page(handOut(given)));
        expect(moreThanText(shown, addresses(page, handOut(given)))).toEqual([]);
        expect(shown.blocks).toEqual(rendered(page(handOut(harmless(given)))).blocks);
      }),
      5,
    );
  },
  PATIENCE_MS,
);
