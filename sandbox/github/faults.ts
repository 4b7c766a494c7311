import type { Kind } from './operations.ts';
import { pointLimit, primaryLimit, refusal, secondaryLimit } from './refusals.ts';
import type { GitHubResponse, ResponseFault } from './types.ts';

const HALF_HOUR_MS = 1_800_000;

/** The answer that a fault stands for; `now` is the sandbox's time in milliseconds. */
export function answerOf(
  fault: ResponseFault,
  kind: Kind | undefined,
  now: number,
): GitHubResponse {
  const resetAt = now + HALF_HOUR_MS;
  switch (fault) {
    case 'secondary-limit':
      return secondaryLimit();
    case 'primary-limit':
      return kind?.startsWith('graphql') ? pointLimit(resetAt) : primaryLimit(resetAt);
    case 'html':
      return {
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><head><title>Unicorn! · GitHub</title></head><body></body></html>',
      };
    default:
      return { ...refusal(fault.status, 'A fault of the sandbox.'), ...fault };
  }
}
