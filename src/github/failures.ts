import { retryAfter, safetyOfStatus } from '../http/retry.ts';
import type { Failure, Response } from '../http/transport.ts';
import { type ErrorCode, LinkError, oneLine } from '../model/errors.ts';
import { isRecord } from '../model/json.ts';
import { readableEnd } from '../model/readable-time.ts';

/** A refusal by GitHub, with its status for those who know more from the request. */
export class GitHubRefusal extends LinkError {
  readonly status: number;

  constructor(status: number, code: ErrorCode, message: string, fix: string) {
    super(code, message, fix);
    this.status = status;
  }
}

/** After a secondary limit that names no time, GitHub wants at least a minute of quiet. */
const SECONDARY_WAIT_MS = 60_000;

/** Distinguishes GitHub's successes from failures. */
export function classifyResponse(response: Response): Failure | undefined {
  const { status, body } = response;
  const promised = status === 204 || isRecord(body) || Array.isArray(body);
  if (status >= 200 && status < 300 && promised) return undefined;
  const limit = rateLimitIn(response);
  if (limit) {
    const error = new GitHubRefusal(
      status,
      'rate-limited',
      `GitHub's rate limit is reached (${status}).`,
      'Run the job again later.',
    );
    return { error, retry: 'not-done', ...limit };
  }
  return { error: refusal(response), retry: status < 300 ? 'in-doubt' : safetyOfStatus(status) };
}

/**
 * How many milliseconds to wait where a response is about a rate limit; undefined where it isn't.
 * GitHub sends 403 as well as 429, and a time in one of two headers:
 * docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 * A time that is past or can't be read leaves it to the ordinary back-off.
 */
function rateLimitIn({
  status,
  headers,
  body,
  date,
}: Response): { wait: number | undefined } | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const header = headers['retry-after']?.toString();
  if (header !== undefined) return { wait: retryAfter(header, date) };
  if (headers['x-ratelimit-remaining'] === '0') {
    const reset = String(headers['x-ratelimit-reset']);
    const seconds = /^\d{1,12}$/.test(reset) ? Number(reset) - date / 1000 : 0;
    return { wait: seconds > 0 ? seconds * 1000 : undefined };
  }
  const limited = status === 429 || /secondary rate limit/i.test(messageIn(body));
  return limited ? { wait: SECONDARY_WAIT_MS } : undefined;
}

function refusal({ status, body }: Response): LinkError {
  const said = oneLine(messageIn(body), 200);
  const says = said ? ` GitHub says: ${said.replace(/\.+$/, '')}.` : '';
  const refused = (code: ErrorCode, message: string, fix: string) =>
    new GitHubRefusal(status, code, message + says, fix);

  if (status < 300) {
    return refused(
      'github-failed',
      `GitHub's response is a success (${status}), but not JSON.`,
      'Check GITHUB_API_URL, and whether a proxy changes responses.',
    );
  }
  if ([301, 302, 307, 308, 404, 410].includes(status)) {
    return refused(
      'issue-gone',
      `The issue or comment no longer exists here (${status}).`,
      'If the issue was moved or deleted, continue in the new one: a maintainer links it with operation: link, connection-id and issue-number.',
    );
  }
  // "Unable to create comment because issue is locked."; not «blocked», nor a repository that is
  // locked for a migration.
  if (status === 403 && /\b(issue|conversation)\b.*\blocked\b/i.test(said)) {
    return refused(
      'issue-locked',
      'The issue is locked, so nothing can be written there (403).',
      'Unlock the conversation, then comment /connect-card.',
    );
  }
  if (status === 401) {
    return refused(
      'github-unauthorized',
      'github-token rejected (401).',
      'Leave github-token out to use the token of the job. A token of your own may have expired, been revoked or been copied incompletely: create another and save it as the secret.',
    );
  }
  if (status === 403) {
    return refused(
      'github-forbidden',
      "GitHub doesn't allow this with github-token (403).",
      'Give the job "permissions: issues: write", or a github-token that has it. Runs for forks and Dependabot never have it.',
    );
  }
  return refused(
    'github-failed',
    status >= 500 ? `GitHub failed (${status}).` : `GitHub refused the request (${status}).`,
    'Run the job again in a few minutes.',
  );
}

function messageIn(body: unknown): string {
  return isRecord(body) && typeof body.message === 'string' ? body.message : '';
}

/** @param ends when each of the runs that work on an issue has to be done by, in milliseconds */
export function issueBusy(ends: readonly number[]): LinkError {
  return new LinkError(
    'issue-busy',
    `Another run is working on this issue, until ${readableEnd(Math.max(...ends))} at the latest, and max-wait is spent.`,
    'Run the job again when that run has finished, or raise max-wait.',
  );
}
