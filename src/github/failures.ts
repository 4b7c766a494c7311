import { retryAfter, safetyOfStatus } from '../http/retry.ts';
import type { Failure, Response } from '../http/transport.ts';
import { type ErrorCode, LinkError, oneLine } from '../model/errors.ts';
import { isRecord } from '../model/json.ts';

/** A refusal by GitHub, with its status for those who can tell more from the request. */
export class GitHubRefusal extends LinkError {
  readonly status: number;

  constructor(status: number, code: ErrorCode, message: string, fix: string) {
    super(code, message, fix);
    this.status = status;
  }
}

/** After a secondary limit that names no time, GitHub wants at least a minute of quiet. */
const SECONDARY_WAIT = 60_000;

/** Tells GitHub's successes from failures. */
export function classifyResponse(answer: Response): Failure | undefined {
  const { status, body } = answer;
  const promised = status === 204 || isRecord(body) || Array.isArray(body);
  if (status >= 200 && status < 300 && promised) return undefined;
  const wait = limitedFor(answer);
  if (wait !== undefined) {
    return {
      error: new GitHubRefusal(
        status,
        'rate-limited',
        `GitHub's rate limit is reached (${status}).`,
        'Run the job again later.',
      ),
      retry: 'not-done',
      wait,
    };
  }
  return { error: refusal(answer), retry: status < 300 ? 'in-doubt' : safetyOfStatus(status) };
}

/**
 * Milliseconds to wait where an answer is about a rate limit; undefined where it isn't. GitHub
 * answers 403 as well as 429:
 * docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function limitedFor({ status, headers, body, date }: Response): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const told = retryAfter(headers['retry-after']?.toString(), date);
  if (told !== undefined) return told;
  if (headers['x-ratelimit-remaining'] === '0') {
    return Math.max(0, Number(headers['x-ratelimit-reset']) * 1000 - date) || SECONDARY_WAIT;
  }
  return status === 429 || /secondary rate limit/i.test(messageIn(body))
    ? SECONDARY_WAIT
    : undefined;
}

function refusal({ status, body }: Response): LinkError {
  const said = oneLine(messageIn(body), 200);
  const says = said ? ` GitHub says: ${said.replace(/\.+$/, '')}.` : '';
  const make = (code: ErrorCode, message: string, fix: string) =>
    new GitHubRefusal(status, code, message + says, fix);

  if (status < 300) {
    return make(
      'github-failed',
      `GitHub answered ${status}, but not with JSON.`,
      'Check GITHUB_API_URL, and whether a proxy changes answers.',
    );
  }
  if ([301, 302, 307, 308, 404, 410].includes(status)) {
    return make(
      'issue-gone',
      `GitHub has no such issue or comment here any more (${status}).`,
      'If the issue was moved or deleted, go on in the new one: a maintainer links it with operation: link, connection-id and issue-number.',
    );
  }
  if (status === 403 && /locked/i.test(said)) {
    return make(
      'issue-locked',
      'The issue is locked, so nothing can be written there (403).',
      'Unlock the conversation, then comment /connect-card.',
    );
  }
  if (status === 401 || status === 403) {
    return make(
      'github-forbidden',
      `GitHub doesn't let github-token do this (${status}).`,
      'Give the job "permissions: issues: write", or a github-token that has it. Runs for forks and Dependabot never have it.',
    );
  }
  return make(
    'github-failed',
    status >= 500 ? `GitHub's side failed (${status}).` : `GitHub refused the request (${status}).`,
    'Run the job again in a few minutes.',
  );
}

function messageIn(body: unknown): string {
  return isRecord(body) && typeof body.message === 'string' ? body.message : '';
}
