import { nameFromType } from '../fivetran/service-names.ts';
import { type Entry, nameOf } from '../model/issue-record.ts';
import { readableTime } from '../model/readable-time.ts';
import { linkTo } from './link-text.ts';
import { code, plain } from './markdown.ts';

/** GitHub takes 65,536 characters in a comment; these are for how the connections stand. */
const MOST_CHARACTERS = 9_000;

/** How a connection's line is to be written. */
export interface LineStyle {
  /** What customers don't need: the name in the destination. */
  hasNames: boolean;
  /** Whether each line says when its link ends; not where that is said once for all. */
  hasExpiry: boolean;
  /** The link to click, as a comment shows it, if there is one. */
  linkOf(entry: Entry): string | undefined;
}

/** A line for each connection: what it is, how it stands, and its setup guide. */
export function sourceLines(entries: readonly Entry[], style: LineStyle): string {
  const lines: string[] = [];
  let characters = 0;
  for (const [index, entry] of entries.entries()) {
    const line = sourceLine(entry, style);
    characters += line.length + 3;
    if (characters > MOST_CHARACTERS) {
      lines.push(`… and ${entries.length - index} more, in the run's results.`);
      break;
    }
    lines.push(line);
  }
  // GitHub breaks lines in comments where they are broken.
  return lines.join('\n');
}

function sourceLine(entry: Entry, { hasNames, hasExpiry, linkOf }: LineStyle): string {
  const { request, destination, docs, expires } = entry;
  const [mark, words] = STATES[entry.state](entry);
  const link = linkOf(entry);
  const title = plain(titleOf(entry));
  const name = link ? `**[Connect ${title}](<${link}>)**` : `**${title}**`;
  const place = `${code(nameOf(request))}${destination ? ` in ${plain(destination)}` : ''}`;
  const until =
    hasExpiry && entry.state === 'ready' ? `The link works until ${timeOf(expires)}.` : '';
  const guide = docs && entry.state !== 'connected' ? linkTo('Setup guide', docs) : '';
  const head = [mark, name, hasNames && `(${place})`].filter(Boolean).join(' ');
  const state = link ? head : `${head}: ${words}.`;
  return [state, until, guide].filter(Boolean).join(link ? ' · ' : ' ');
}

/** What people call an entry's connector type. */
export function titleOf({ title, request }: Entry): string {
  return title ?? nameFromType(request.service);
}

function timeOf(expires: number): string {
  return `**${readableTime(new Date(expires))}**`;
}

/** A mark, and how a connection stands in words. */
const STATES: Readonly<Record<Entry['state'], (entry: Entry) => [string, string]>> = {
  ready: ({ repairs }) => ['⏳', repairs ? 'waiting for a new sign-in' : 'not connected yet'],
  connected: ({ started, error }) => {
    if (started) return ['✅', 'connected, and the first sync was started'];
    if (!error) return ['✅', 'connected'];
    const sync = error === 'start-unknown' ? 'be confirmed' : 'be started';
    return ['⚠️', `connected, but its first sync couldn’t ${sync} (${code(error)})`];
  },
  expired: () => ['⚠️', 'not connected yet, and the link has expired'],
  broken: () => [
    '⚠️',
    'Fivetran can’t read the data any more. Often a password was changed or access was removed',
  ],
  gone: () => ['❌', 'the connection was deleted in Fivetran'],
  creating: failure,
  failed: failure,
};

function failure({ error = 'cancelled', connection }: Entry): [string, string] {
  const why = FAILURES[error] ?? 'the link couldn’t be created';
  const id = connection ? `; the connection exists (${code(connection)})` : '';
  return ['❌', `${why} (${code(error)})${id}`];
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
