import { nameFieldsOf } from '../fivetran/naming.ts';
import type { Snapshot } from '../github/snapshot.ts';
import type { Connection } from '../model/connection.ts';
import { type ApprovedRequest, type Entry, MOST_ENTRIES, newEntry } from '../model/issue-record.ts';
import { errorOf, type LinkRequest, type LinkResult, type OnExisting } from '../model/link.ts';
import type { Notice } from '../report/comment.ts';
import { fingerprintOf } from '../report/links-in-comment.ts';
import { unlistedNotice } from '../report/notices.ts';
import {
  approvedOf,
  mayHaveReplaced,
  pausedMark,
  sameRequest,
  withEntry,
  withoutLink,
} from './entries.ts';

/** The list with what this run has created. */
export function listWith(
  results: readonly LinkResult[],
  requests: readonly LinkRequest[],
  { entries: before, date }: Snapshot,
): { entries: Entry[]; notice?: Notice } {
  let entries = [...before];
  let unlisted = 0;
  const failed: LinkResult[] = [];
  for (const [index, result] of results.entries()) {
    const { connection } = result;
    if (!connection) {
      failed.push(result);
      continue;
    }
    const known = entries.find((entry) => entry.connection === connection.id);
    const request = requests[index];
    const paused = request && pausedMark(request, result.created);
    const entry = { ...entryOf(result, connection, known, date), ...paused };
    const more = withEntry(entries, entry);
    if (more.length > Math.max(entries.length, MOST_ENTRIES)) unlisted += 1;
    else entries = more;
  }
  const notice = unlistedNotice(failed, unlisted);
  return notice ? { entries, notice } : { entries };
}

/** An entry for what one request has created. */
function entryOf(
  result: LinkResult,
  connection: Connection,
  known: Entry | undefined,
  date: number,
): Entry {
  const { card } = result;
  const entry = withoutLink(known ?? newEntry(requestOf(connection)));
  const base = { ...entry, connection: connection.id, intents: [] };
  if (result.outcome === 'connected') return { ...base, state: 'connected', expires: 0 };
  if (!card) {
    const error = errorOf(result);
    if (known?.state === 'ready' && error && !mayHaveReplaced(error)) return known;
    return { ...base, state: 'failed', expires: 0, error: error?.code ?? 'internal' };
  }
  const expires = card.expiresAt.getTime();
  // Another run has created a newer one, while this one couldn't claim the issue.
  if (known?.state === 'ready' && known.expires > expires) return known;
  const repairs = connection.setupState === 'broken' && { repairs: true as const };
  const link = { link: fingerprintOf(card.link), expires, renewed: date };
  return { ...base, ...repairs, ...link, state: 'ready', since: base.since ?? date };
}

/** Whether what is done for a request may end the link that an issue's comment shows for an entry. */
export function mayReplace(request: LinkRequest, entry: Entry, onExisting: OnExisting): boolean {
  const isReused = request.kind === 'existing' || onExisting === 'reuse';
  return entry.state === 'ready' && isReused && isFor(request, entry);
}

/** Whether a request is for the connection of an entry. */
function isFor(request: LinkRequest, entry: Entry): boolean {
  if (request.kind === 'existing') return request.connectionId === entry.connection;
  return sameRequest(approvedOf(request), entry.request);
}

/** A connection that exists as a request, its name in the parts that a form has. */
function requestOf({ service, groupId: group, name }: Connection): ApprovedRequest {
  const [, tableField] = nameFieldsOf(service);
  const dot = tableField ? name.indexOf('.') : -1;
  if (dot < 0) return { group, service, schema: name };
  return { group, service, schema: name.slice(0, dot), table: name.slice(dot + 1) };
}
