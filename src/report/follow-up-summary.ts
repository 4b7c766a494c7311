import type { FollowUpResult } from '../operations/follow-up/update-issue.ts';
import { code, plain, readableTime } from './markdown.ts';

/** One issue's result as the outputs `results` and `results-file` have it. */
export function followUpJson(result: FollowUpResult) {
  const { issue, outcome, changed, connectionId, setupState, card, commentUrl, error } = result;
  return {
    issue,
    outcome,
    changed,
    connection_id: connectionId ?? null,
    setup_state: setupState ?? null,
    link: card?.link ?? null,
    expires_at: card?.expiresAt.toISOString() ?? null,
    comment_url: commentUrl ?? null,
    error: error ? { code: error.code, message: error.message } : null,
  };
}

const OUTCOMES: Readonly<Record<FollowUpResult['outcome'], string>> = {
  waiting: 'Waiting for the customer',
  connected: 'Connected',
  broken: 'Broken',
  expired: 'The link has expired',
  gone: 'The connection was deleted',
  'bad-record': 'No valid record of an approval',
  failed: 'Failed',
};

/** The job summary of a follow-up: a table of all issues, and what one would have to do. */
export function followUpSummary(results: readonly FollowUpResult[]): string {
  const rows = results.map(({ issue, outcome, changed, connectionId, card, commentUrl, error }) => {
    const number = commentUrl ? `[${issue}](<${commentUrl}>)` : String(issue);
    const fresh = card ? `, fresh link until ${readableTime(card.expiresAt)}` : '';
    const why = error ? `: ${plain(error.message)} (${code(error.code)})` : '';
    const id = connectionId ? code(connectionId) : '';
    return `| ${number} | ${OUTCOMES[outcome]}${fresh}${why} | ${id} | ${changed ? 'yes' : ''} |`;
  });
  const table = ['| Issue | | Connection id | Changed |', '| ---: | --- | --- | --- |', ...rows];
  const nothing = 'There is no open issue with the approving label.';
  return ['## Connect Card Link: follow-up', '', ...(rows.length > 0 ? table : [nothing]), ''].join(
    '\n',
  );
}
