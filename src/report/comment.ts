import { nameFromType } from '../fivetran/service-names.ts';
import { COMMAND } from '../github/event.ts';
import { type Entry, type EntryState, MOST_ENTRIES, nameOf } from '../model/issue-record.ts';
import type { Audience } from '../model/message.ts';
import { shownLink } from './links-in-comment.ts';
import { code, plain, readableTime } from './markdown.ts';
import { customerMessage, type LinkedSource, plainName } from './message.ts';

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

/** GitHub takes 65,536 characters: these for states and links, and the rest for the record. */
const MOST_FOR_STATES = 9_000;
const MOST_FOR_LINKS = 25_000;

/** How things stand with an issue's connections, in the words of its one comment. */
export function issueText(view: IssueView): string {
  const { entries, notice, audience } = view;
  if (entries.length === 0) return page(notice?.title ?? 'No connections yet', notice?.text);
  const sources = linkedSources(view);
  const toDo = sources.length === 0 ? undefined : audience === 'team' ? SEND : connectText(sources);
  return page(
    headingOf(view),
    notice?.text,
    audience === 'team' ? aboutText(view) : undefined,
    statesText(view, audience === 'customer'),
    toDo,
    sources.length > 0 && audience === 'team' ? messageBlock(view, sources) : undefined,
    closingText(view, sources.length > 0),
  );
}

/**
 * What people read while a run is at work.
 * @param names of the connector types whose links are being created
 */
export function workingText(names: readonly string[]): string {
  const list = names.map((name) => `**${plain(name)}**`).join(', ');
  return page(
    names.length === 1 ? 'Creating your link' : 'Creating your links',
    `A Connect Card link for ${list || 'this issue'} is being created. This comment will show it in a moment.`,
  );
}

/** What a run has to say, by itself. */
export function noticeText({ title, text }: Notice): string {
  return page(title, text);
}

/** The message for the customer about those of the entries that have a link; undefined for none. */
export function messageFor(view: IssueView): string | undefined {
  const sources = linkedSources({ ...view, showLinks: true });
  if (sources.length === 0) return undefined;
  return customerMessage(view.message, sources, view.customer);
}

/** The sources whose links this comment has. */
function linkedSources({ entries, links, showLinks }: IssueView): LinkedSource[] {
  if (!showLinks) return [];
  let characters = 0;
  return entries.flatMap((entry) => {
    const link = entry.state === 'ready' ? links.get(entry.link ?? '') : undefined;
    characters += link?.length ?? 0;
    if (!link || characters > MOST_FOR_LINKS) return [];
    const expiresAt = new Date(entry.expires);
    return [{ title: titleOf(entry), link: shownLink(link), expiresAt }];
  });
}

function headingOf({ entries, audience, showLinks }: IssueView): string {
  const count = (state: EntryState) => entries.filter((entry) => entry.state === state).length;
  const all = entries.length;
  const links = count('ready');
  const isTeam = audience === 'team';
  if (count('connected') === all) return '✅ Connected';
  if (count('connected') > 0) return `${count('connected')} of ${all} connected`;
  if (links > 0 && !showLinks)
    return links === 1 ? 'A link was created' : `${links} links were created`;
  if (links > 0 && isTeam)
    return links === 1 ? 'A link is ready to send' : `${links} links are ready to send`;
  if (links > 0) return links === 1 ? 'Connect your data source' : 'Connect your data sources';
  if (count('broken') > 0) return '⚠️ A connection needs attention';
  if (count('expired') > 0) return all === 1 ? 'The link has expired' : 'The links have expired';
  if (count('gone') === all) return 'The connection was deleted';
  return 'No link yet';
}

function aboutText({ customer, requestedBy }: IssueView): string | undefined {
  const name = plainName(customer ?? '');
  const parts = [
    name && `Customer: **${plain(name)}**`,
    requestedBy && `requested by ${plain(requestedBy)}`,
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join(', ')}.` : undefined;
}

const SEND =
  'Copy this message and send it to the customer. Don’t open the links yourself: whoever opens one can connect a source.';

/** The message in a block with GitHub's copy button. Its fence is longer than any in the message. */
function messageBlock(view: IssueView, sources: readonly LinkedSource[]): string {
  const text = customerMessage(view.message, sources, view.customer);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function connectText(sources: readonly LinkedSource[]): string {
  const names = [...new Set(sources.map(({ title }) => title))].map(plain).join(', ');
  return [
    '1. Open the link. It leads to a page of Fivetran, the service that moves the data.',
    `2. Sign in to your own account (${names}) with a user who may read the data. Nobody here sees what you enter.`,
    '3. Click **Save & Test**. That’s all: your data starts to arrive.',
  ].join('\n');
}

function statesText(view: IssueView, opens: boolean): string {
  const lines: string[] = [];
  let characters = 0;
  for (const [index, entry] of view.entries.entries()) {
    const [mark, state] = stateOf(entry, view, opens);
    const guide =
      entry.docs && entry.state !== 'connected' ? ` [Setup guide](<${entry.docs}>)` : '';
    const line = `- ${mark} **${plain(titleOf(entry))}** as ${placeOf(entry)}: ${state}.${guide}`;
    characters += line.length + 1;
    if (characters > MOST_FOR_STATES) {
      lines.push(`- … and ${view.entries.length - index} more, in the run's results.`);
      break;
    }
    lines.push(line);
  }
  return lines.join('\n');
}

function titleOf({ title, request }: Entry): string {
  return title ?? nameFromType(request.service);
}

function placeOf({ request, destination }: Entry): string {
  return `${code(nameOf(request))}${destination ? ` in ${plain(destination)}` : ''}`;
}

/** A mark, and how a connection stands in words. */
function stateOf(entry: Entry, view: IssueView, opens: boolean): [string, string] {
  const { state, expires, connection, error = 'cancelled' } = entry;
  const until = `the link works until **${readableTime(new Date(expires))}**`;
  switch (state) {
    case 'ready': {
      const waits = entry.repairs
        ? 'Fivetran can’t reach the data; waiting for a new sign-in'
        : 'not connected yet';
      if (!view.showLinks) return ['⏳', `${waits}; ${until}`];
      const link = view.links.get(entry.link ?? '');
      if (!link) return ['⏳', `${waits}; ${until}, but isn’t in this comment`];
      if (!opens) return ['⏳', `${waits}; ${until}`];
      return ['⏳', `**[Open the Connect Card](<${shownLink(link)}>)**; ${until}`];
    }
    case 'connected':
      return ['✅', entry.started ? 'connected; the first sync was started' : 'connected'];
    case 'expired':
      return ['⌛', 'not connected yet, and the link has expired'];
    case 'broken':
      return [
        '⚠️',
        'Fivetran can’t reach the data any more. A changed password or withdrawn access are common causes; a fresh link leads to the page where the customer signs in again',
      ];
    case 'gone':
      return ['❌', 'the connection was deleted in Fivetran'];
    default: {
      const why = FAILURES[error] ?? 'the link couldn’t be created';
      const id = connection ? `; the connection exists (${code(connection)})` : '';
      return ['❌', `${why} (${code(error)})${id}`];
    }
  }
}

const FAILURES: Readonly<Partial<Record<string, string>>> = {
  'rate-limited': 'Fivetran is rate-limiting requests at the moment',
  timeout: 'Fivetran didn’t respond in time',
  'server-error': 'Fivetran has a problem at the moment',
  network: 'Fivetran couldn’t be reached',
  cancelled: 'the run was cancelled before the link was created',
  'create-unknown': 'couldn’t confirm whether the connection was created',
  'ownership-unclear': 'couldn’t confirm that the connection belongs to this issue',
  'duplicate-connection': 'several connections have this name, so no link is shown',
  'not-this-issues': 'this name can’t be used. Choose another schema',
};

function closingText(view: IssueView, hasLinks: boolean): string | undefined {
  const { entries, showLinks, commandWorks, runUrl, audience } = view;
  const has = (...states: EntryState[]) => entries.some(({ state }) => states.includes(state));
  const parts: string[] = [];
  if (hasLinks && audience === 'customer') {
    parts.push('Keep the links to yourself: whoever has one can connect a source in your place.');
  }
  if (has('ready') && !showLinks) {
    parts.push(
      'Everybody can read this repository, so this comment has no link: it is in the outputs of the run.',
    );
  }
  if (has('ready', 'expired', 'broken', 'failed', 'creating') && commandWorks) {
    const one = entries.length > 1 ? `, or \`${COMMAND} NAME\` for one of them` : '';
    parts.push(`For fresh links, comment \`${COMMAND}\` on this issue${one}.`);
  }
  if (has('gone')) {
    parts.push(
      'To create a deleted connection again, a maintainer removes the approving label and adds it again.',
    );
  }
  if (has('failed', 'creating')) {
    parts.push(`A maintainer finds the reason in [the run's log](<${shownLink(runUrl)}>).`);
  }
  if (entries.length >= MOST_ENTRIES) {
    parts.push(`At most ${MOST_ENTRIES} connections of an issue are on record.`);
  }
  return parts.length > 0 ? parts.join(' ') : undefined;
}

function page(title: string, ...paragraphs: Array<string | undefined>): string {
  return [`### ${title}`, ...paragraphs.filter((one) => one)].join('\n\n');
}
