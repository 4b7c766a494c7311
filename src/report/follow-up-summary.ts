import type { LinkError } from '../model/errors.ts';
import type { FollowUpResult } from '../model/follow-up.ts';
import { type Entry, nameOf } from '../model/issue-record.ts';
import { readableTime } from '../model/readable-time.ts';
import { linkTo } from './link-text.ts';
import { code, plain } from './markdown.ts';
import { MOST_BYTES, tableWithin } from './table-within.ts';

/** One issue's result as the outputs `results` and `results-file` have it. */
export function followUpJson(result: FollowUpResult) {
  const { issue, outcome, changed, entries, commentUrl, error } = result;
  const connections = entries.map((entry) => connectionJson(entry, result));
  const only = connections.length === 1 ? connections[0] : undefined;
  return {
    issue,
    outcome,
    changed,
    connection_id: only?.connection_id ?? null,
    setup_state: only?.setup_state ?? null,
    link: only?.link ?? null,
    expires_at: only?.expires_at ?? null,
    connections,
    comment_url: commentUrl ?? null,
    error: error ? { code: error.code, message: error.message, fix: error.fix } : null,
  };
}

function connectionJson({ request, connection, state }: Entry, { cards }: FollowUpResult) {
  const card = cards.get(connection ?? '');
  return {
    service: request.service,
    connection_name: nameOf(request),
    connection_id: connection ?? null,
    setup_state: connection === undefined ? null : SETUP_STATES[state],
    link: card?.link ?? null,
    expires_at: card?.expiresAt.toISOString() ?? null,
  };
}

const SETUP_STATES: Readonly<Record<Entry['state'], string | null>> = {
  creating: null,
  ready: 'incomplete',
  connected: 'connected',
  expired: 'incomplete',
  broken: 'broken',
  gone: null,
  failed: 'incomplete',
};

const OUTCOMES: Readonly<Record<FollowUpResult['outcome'], string>> = {
  waiting: 'Waiting for the customer',
  connected: 'Connected',
  broken: 'Broken',
  expired: 'The link has expired',
  gone: 'A connection was deleted',
  'bad-record': 'No valid record of an approval',
  failed: 'Failed',
};

/** For what stands around the table. */
const REST_BYTES = 5_000;

/**
 * The job summary of a follow-up: a table of all issues, as long as GitHub allows.
 * @param unfinished why there may be more issues than these
 */
export function followUpSummary(
  results: readonly FollowUpResult[],
  { isDryRun, unfinished }: { isDryRun: boolean; unfinished: LinkError | undefined },
  most = MOST_BYTES,
): string {
  const head = [
    `| Issue | State | Connection id | ${isDryRun ? 'Would change' : 'Changed'} |`,
    '| ---: | --- | --- | --- |',
  ];
  const none = unfinished ? '' : 'There is no open issue with the approving label.';
  const paragraphs = [
    '## Connect Card Link: follow-up',
    isDryRun && '**Dry run: nothing was changed.**',
    unfinished && `⚠️ ${plain(unfinished.message)} (${code(unfinished.code)})`,
    ...(results.length > 0 ? tableWithin(head, results.map(row), most - REST_BYTES) : [none]),
  ];
  return `${paragraphs.filter(Boolean).join('\n\n')}\n`;
}

function row({
  issue,
  outcome,
  changed,
  entries,
  cards,
  commentUrl,
  error,
}: FollowUpResult): string {
  const number = linkTo(String(issue), commentUrl ?? '');
  const connected = entries.filter(({ state }) => state === 'connected').length;
  const count = entries.length > 1 ? ` (${connected} of ${entries.length} connected)` : '';
  const fresh = [...cards.values()].map(({ expiresAt }) => readableTime(expiresAt));
  const links = fresh.length > 0 ? `, fresh link until ${fresh.join(', ')}` : '';
  const why = error ? `: ${plain(error.message)} (${code(error.code)})` : '';
  const ids = entries.flatMap(({ connection }) => (connection ? code(connection) : [])).join(' ');
  return `| ${number} | ${OUTCOMES[outcome]}${count}${links}${why} | ${ids} | ${changed ? 'yes' : ''} |`;
}
