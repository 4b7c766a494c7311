import type { GitHubSettings } from './types.ts';

const HOUR_MS = 3_600_000;

/** What is left of an hour; `resetAt` in milliseconds. */
export interface Allowance {
  limit: number;
  remaining: number;
  resetAt: number;
}

/** Counts what each token spends in its hour, which begins with its first request. */
export class HourlyLimit {
  #spent = new Map<string, { used: number; resetAt: number }>();

  /** Spends, or returns undefined where that would be more than the limit. */
  spend(by: string, amount: number, settings: GitHubSettings): Allowance | undefined {
    const hour = this.#hour(by, settings);
    if (hour.used + amount > settings.rateLimit) return undefined;
    hour.used += amount;
    return this.left(by, settings);
  }

  left(by: string, settings: GitHubSettings): Allowance {
    const { used, resetAt } = this.#hour(by, settings);
    return { limit: settings.rateLimit, remaining: settings.rateLimit - used, resetAt };
  }

  #hour(by: string, { now }: GitHubSettings) {
    const known = this.#spent.get(by);
    if (known && known.resetAt > now()) return known;
    const hour = { used: 0, resetAt: now() + HOUR_MS };
    this.#spent.set(by, hour);
    return hour;
  }
}

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export function limitHeaders(
  { limit, remaining, resetAt }: Allowance,
  resource: 'core' | 'graphql',
): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(0, remaining)),
    'x-ratelimit-used': String(limit - remaining),
    'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)),
    'x-ratelimit-resource': resource,
  };
}
