import { COMMAND } from '../github/event.ts';
import { type Entry, type EntryState, MOST_ENTRIES, mayExist } from '../model/issue-record.ts';
import type { Audience } from '../model/message.ts';
import { readableTime } from '../model/readable-time.ts';
import { headingOf } from './heading.ts';
import { linkTo, shownLink } from './link-text.ts';
import { fingerprintOf } from './links-in-comment.ts';
import { code, plain } from './markdown.ts';
import { customerMessage, type LinkedSource, plainName } from './message.ts';
import { sourceLines, titleOf } from './source-lines.ts';

/** What an issue's comment shows. */
export interface IssueView {
  entries: readonly Entry[];
  /** Links by their fingerprints. */
  links: ReadonlyMap<string, string>;
  /** Whether links may stand here: everybody can read a public repository. */
  showLinks: boolean;
  /** Whether `/connect-card` works on this issue: it has the approving label. */
  commandWorks: boolean;
  audience: Audience;
  /** The workflow's own message for the customer. */
  message?: string | undefined;
  /** Who the connections are for, as the form has it; and who opened the issue. */
  customer?: string | undefined;
  requestedBy?: string | undefined;
  /** The page of this run. */
  runUrl: string;
  /** What this run has to say beside how the connections stand. */
  notice?: Notice | undefined;
}

/** Something to say, with a title for where nothing else is said. */
export interface Notice {
  title: string;
  text: string;
}

/** GitHub takes 65,536 characters in a comment; a little is left for what the record has beside the list. */
const MOST_CHARACTERS = 64_500;
/** Those of them that are for links at most. */
const MOST_FOR_LINKS = 25_000;

/**
 * How things stand with an issue's connections, in the words of its one comment. Links that wouldn't
 * leave room for the record are left out: the run's outputs have them.
 */
export function issueText(view: IssueView): string {
  const { entries, notice } = view;
  if (entries.length === 0) return page(notice?.title ?? 'No connections yet', notice?.text);
  const record = (Buffer.byteLength(JSON.stringify(entries)) * 4) / 3;
  for (let forLinks = MOST_FOR_LINKS; ; forLinks -= 1_000) {
    const text = textOf(view, linkedSources(view, forLinks));
    if (text.length + record <= MOST_CHARACTERS || forLinks <= 0) return text;
  }
}

function textOf(view: IssueView, sources: readonly LinkedSource[]): string {
  const { notice, audience } = view;
  const body = audience === 'team' ? forTeam(view, sources) : forCustomer(view, sources);
  return page(headingOf(view), notice?.text, ...body, ...closing(view));
}

/** What a run has to say, by itself. */
export function noticeText({ title, text }: Notice): string {
  return page(title, text);
}

/**
 * What people read while a run is at work.
 * @param names of the connector types whose links are being created
 */
export function workingText(names: readonly string[]): string {
  const list = names.map((name) => `**${plain(name)}**`).join(', ') || 'this issue';
  return page(
    names.length === 1 ? 'Creating a link' : 'Creating links',
    names.length === 1
      ? `A Connect Card link for ${list} is being created. This comment is updated when it is ready.`
      : `Connect Card links for ${list} are being created. This comment is updated when they are ready.`,
  );
}

/** What people read while a run writes down how things stand, without links: GitHub mails this. */
export function updatingText(view: Pick<IssueView, 'entries' | 'audience' | 'showLinks'>): string {
  return page(headingOf(view), 'This comment is being updated.');
}

/** The message for the customer about those of the entries that have a link; undefined for none. */
export function messageFor(view: IssueView): string | undefined {
  const sources = linkedSources({ ...view, showLinks: true });
  return sources.length > 0 ? customerMessage(view.message, sources, view.customer) : undefined;
}

/** The sources whose links this comment has. */
function linkedSources(
  { entries, links, showLinks }: IssueView,
  forLinks = MOST_FOR_LINKS,
): LinkedSource[] {
  if (!showLinks) return [];
  let characters = 0;
  return entries.flatMap((entry) => {
    const link = linkOf(entry, links);
    characters += link?.length ?? 0;
    if (!link || characters > forLinks) return [];
    return [{ title: titleOf(entry), link, expiresAt: new Date(entry.expires) }];
  });
}

function linkOf({ state, link = '' }: Entry, links: IssueView['links']): string | undefined {
  const known = state === 'ready' ? links.get(link) : undefined;
  // One of an earlier version stays as it was written: by that its record recognizes it.
  return known && fingerprintOf(known) === link ? shownLink(known) : known;
}

/** For those who pass the links on: a message to copy, and no link to open. */
function forTeam(view: IssueView, sources: readonly LinkedSource[]): Array<string | undefined> {
  const { entries, customer, requestedBy } = view;
  const once = commonExpiry(entries);
  const name = plainName(customer ?? '');
  const about = [
    name && `Customer: **${plain(name)}**`,
    requestedBy && `${name ? 'requested' : 'Requested'} by ${plain(requestedBy)}`,
  ].filter(Boolean);
  const ready = entries.filter(({ state }) => state === 'ready');
  const until =
    once && `${ready.length === 1 ? 'The link works' : 'The links work'} until **${once}**.`;
  const lines = sourceLines(entries, { hasNames: true, hasExpiry: !once, linkOf: () => undefined });
  const head = [about.length > 0 && `${about.join(', ')}.`, until].filter(Boolean).join(' ');
  if (sources.length === 0) return [head, lines];
  const which = sources.map(({ title }) => `**${plain(title)}**`).join(', ');
  const part = sources.length < entries.length ? ` It is about ${which}.` : '';
  const send =
    sources.length === 1
      ? 'Don’t open the link yourself: it is meant for the customer, who signs in with their own account.'
      : 'Don’t open the links yourself: they are meant for the customer, who signs in with their own accounts.';
  const text = customerMessage(view.message, sources, customer);
  return [
    head,
    lines,
    `**Copy this message and send it to the customer.**${part} ${send}`,
    codeBlock(text),
  ];
}

/** For the customer: what to click, what is needed, and until when. */
function forCustomer(view: IssueView, sources: readonly LinkedSource[]): Array<string | undefined> {
  const { entries, links } = view;
  const once = commonExpiry(entries);
  const shown = new Set(sources.map(({ link }) => link));
  const lines = sourceLines(entries, {
    hasNames: false,
    hasExpiry: !once,
    linkOf: (entry) => {
      const link = linkOf(entry, links);
      return link && shown.has(link) ? link : undefined;
    },
  });
  if (sources.length === 0) return [lines];
  const [link, them, one] =
    sources.length === 1 ? ['The link works', 'it', 'it'] : ['The links work', 'them', 'one'];
  const steps = [
    `1. Open ${sources.length === 1 ? 'the link' : 'a link'} below. It leads to a page of Fivetran, the service that moves your data.`,
    '2. Sign in with your own account, as somebody who may read the data. We don’t see what you enter.',
    '3. Click **Save & Test**. That’s all.',
  ];
  const until = once ? `${link} until **${once}**. ` : '';
  return [
    steps.join('\n'),
    lines,
    `${until}Keep ${them} to yourself: whoever has ${one} can connect a source in your place.`,
  ];
}

/** When all links end, if that is the same time; as people write it. */
function commonExpiry(entries: readonly Entry[]): string | undefined {
  const ready = entries.filter(({ state }) => state === 'ready');
  const times = new Set(ready.map(({ expires }) => readableTime(new Date(expires))));
  const [only] = times;
  return times.size === 1 ? only : undefined;
}

/** A text in a block with GitHub's copy button. Its fence is longer than any in the text. */
function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** What else can be done, and where to find more. */
function closing({ entries, showLinks, commandWorks, runUrl }: IssueView): string[] {
  const has = (...states: EntryState[]) => entries.some(({ state }) => states.includes(state));
  const run = (words: string) => linkTo(words, runUrl);
  const parts: string[] = [];
  if (has('ready') && !showLinks) {
    const links =
      entries.length === 1
        ? "the link isn't shown here. It is"
        : "links aren't shown here. They are";
    parts.push(`This repository is public, so ${links} in the outputs of ${run('the run')}.`);
  }
  // It creates links for connections that exist, or may; a new one takes an approval.
  const renewable = entries.filter(
    (entry) => !['connected', 'gone'].includes(entry.state) && mayExist(entry),
  );
  if (renewable.length > 0 && commandWorks) parts.push(commandText(entries, renewable));
  if (has('gone')) {
    parts.push(
      'To create a deleted connection again, a maintainer removes the approving label and adds it again.',
    );
  }
  const lacksFirstSync = entries.some(({ state, error }) => state === 'connected' && error);
  if (has('failed', 'creating') || lacksFirstSync) {
    parts.push(`A maintainer finds the reason in ${run("the run's log")}.`);
  }
  if (entries.length >= MOST_ENTRIES) {
    parts.push(`At most ${MOST_ENTRIES} connections of an issue are on record.`);
  }
  return parts;
}

function commandText(entries: readonly Entry[], renewable: readonly Entry[]): string {
  const [one] = renewable;
  if (entries.length === 1) {
    return one?.state === 'broken'
      ? `To get a link with which the customer signs in again, comment \`${COMMAND}\`.`
      : `To get a new link, comment \`${COMMAND}\`.`;
  }
  return `To get new links, comment \`${COMMAND}\`; for one of them, ${code(`${COMMAND} ${one?.request.service}`)}.`;
}

function page(title: string, ...paragraphs: Array<string | undefined>): string {
  return [`### ${title}`, ...paragraphs.filter((one) => one)].join('\n\n');
}
