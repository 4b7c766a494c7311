import { nameFromType } from '../fivetran/service-names.ts';
import { COMMAND } from '../github/event.ts';
import { type Entry, type EntryState, MOST_ENTRIES, nameOf } from '../model/issue-record.ts';
import { shownLink } from './links-in-comment.ts';
import { code, plain, readableTime } from './markdown.ts';

/** What an issue's comment shows. */
export interface IssueView {
  entries: readonly Entry[];
  /** Links by their fingerprints. */
  links: ReadonlyMap<string, string>;
  /** Whether links may stand here: everybody can read a public repository. */
  showLinks: boolean;
  /** Whether `/connect-card` works on this issue: it has the approving label. */
  commandWorks: boolean;
  /** The page of this run. */
  runUrl: string;
  /** What this run has to say beside how the connections stand. */
  notice?: Notice;
}

/** Something to say, with a title for where nothing else is said. */
export interface Notice {
  title: string;
  text: string;
}

/** GitHub takes 65,536 characters; the rest is for the record. */
const MOST_CHARACTERS = 30_000;

/** How things stand with an issue's connections, in the words of its one comment. */
export function issueText(view: IssueView): string {
  const { entries, notice } = view;
  if (entries.length === 0) return page(notice?.title ?? 'No connections yet', notice?.text);
  const ready = entries.filter(({ state }) => state === 'ready');
  const steps = ready.length > 0 && view.showLinks ? STEPS : undefined;
  return page(headingOf(entries), notice?.text, sourcesText(view), steps, closingText(view));
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

function headingOf(entries: readonly Entry[]): string {
  const count = (state: EntryState) => entries.filter((entry) => entry.state === state).length;
  const all = entries.length;
  if (count('connected') === all) return 'Connected';
  if (count('connected') > 0) return `${count('connected')} of ${all} connected`;
  if (count('ready') > 0)
    return all === 1 ? 'Connect your data source' : 'Connect your data sources';
  if (count('broken') > 0) return 'A connection needs your attention';
  if (count('expired') > 0) return all === 1 ? 'The link has expired' : 'The links have expired';
  if (count('gone') === all) return 'The connection was deleted';
  return 'No link yet';
}

const STEPS = [
  '1. Open the link. It leads to a page of Fivetran, the service that moves the data. Sign in to your own account there; nobody here sees what you enter.',
  '2. Click **Save & Test**.',
  '3. Done. Your data arrives in the destination under the name shown above.',
].join('\n');

function sourcesText(view: IssueView): string {
  const lines: string[] = [];
  let characters = 0;
  for (const [index, entry] of view.entries.entries()) {
    const line = `- **${sourceName(entry)}** as ${destinationOf(entry)}: ${stateText(entry, view)}`;
    characters += line.length + 1;
    if (characters > MOST_CHARACTERS) {
      lines.push(`- … and ${view.entries.length - index} more, in the run's results.`);
      break;
    }
    lines.push(line);
  }
  return lines.join('\n');
}

function sourceName({ title, request }: Entry): string {
  return plain(title ?? nameFromType(request.service));
}

function destinationOf({ request, destination }: Entry): string {
  return `${code(nameOf(request))}${destination ? ` in ${plain(destination)}` : ''}`;
}

function stateText(entry: Entry, view: IssueView): string {
  const { state, expires, connection } = entry;
  const until = `works until **${readableTime(new Date(expires))}**`;
  switch (state) {
    case 'ready': {
      if (!view.showLinks) return `the link was created and ${until}`;
      const link = view.links.get(entry.link ?? '');
      if (!link) return `the link was created and ${until}, but this comment no longer has it`;
      return `**[Open the Connect Card](<${shownLink(link)}>)**, ${until}`;
    }
    case 'connected':
      return 'connected';
    case 'expired':
      return 'the link has expired, and the source isn’t connected yet';
    case 'broken':
      return 'Fivetran can’t reach the data any more. A changed password or withdrawn access are common causes. A fresh link leads to the page where you sign in again';
    case 'gone':
      return 'the connection was deleted in Fivetran';
    default: {
      const why = FAILURES[entry.error ?? ''] ?? 'the link couldn’t be created';
      const id = connection ? ` The connection exists (${code(connection)}).` : '';
      return `${why} (${code(entry.error ?? 'cancelled')}).${id}`;
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
  'duplicate-connection': 'there are several connections of this name, so no link is shown',
  'not-this-issues': 'this name can’t be used. Choose another schema',
  'different-request':
    'the request has changed. The connection stays as it was; open a new issue for another one',
};

function closingText({ entries, showLinks, commandWorks, runUrl }: IssueView): string | undefined {
  const has = (...states: EntryState[]) => entries.some(({ state }) => states.includes(state));
  const parts: string[] = [];
  if (has('ready') && showLinks) {
    parts.push('Keep the links to yourself: whoever has one can connect a source in your place.');
  }
  if (has('ready') && !showLinks) {
    parts.push('Everybody can read this repository, so this comment has no link.');
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
  if (entries.length > MOST_ENTRIES) {
    parts.push(`Only ${MOST_ENTRIES} connections of an issue are on record.`);
  }
  return parts.length > 0 ? parts.join(' ') : undefined;
}

function page(title: string, ...paragraphs: Array<string | undefined>): string {
  return [`### ${title}`, ...paragraphs.filter((one) => one !== undefined)].join('\n\n');
}
