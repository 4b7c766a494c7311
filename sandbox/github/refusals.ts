import type { GitHubResponse } from './types.ts';

/** An error as GitHub words it: the status is also in the body, as a string. */
export function refusal(
  status: number,
  message: string,
  docs = 'https://docs.github.com/rest',
  more: { errors?: unknown[]; headers?: Record<string, string> } = {},
): GitHubResponse {
  const { errors, headers } = more;
  return {
    status,
    headers,
    body: { message, ...(errors && { errors }), documentation_url: docs, status: String(status) },
  };
}

const LIMITS = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api';

/** https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#rate-limit-errors */
export function secondaryLimit(): GitHubResponse {
  return refusal(
    403,
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. ' +
      'If you reach out to GitHub Support for help, please include the request ID 0000:SANDBOX.',
    `${LIMITS}#about-secondary-rate-limits`,
    { headers: { 'retry-after': '60' } },
  );
}

/** A workflow's token has 1,000 requests per hour and repository; `resetAt` is in milliseconds. */
export function primaryLimit(resetAt: number): GitHubResponse {
  return refusal(403, 'API rate limit exceeded for installation ID 1.', LIMITS, {
    headers: exhausted(resetAt),
  });
}

/**
 * GraphQL counts points, and says so with status 200.
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function pointLimit(resetAt: number): GitHubResponse {
  return {
    status: 200,
    headers: exhausted(resetAt),
    body: {
      errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for installation ID 1.' }],
    },
  };
}

function exhausted(resetAt: number): Record<string, string> {
  return {
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)),
  };
}
