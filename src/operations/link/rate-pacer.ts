import { retryAfter } from '../../http/retry.ts';
import type { Response } from '../../http/transport.ts';
import type { WaitBudget } from '../../http/wait-budget.ts';
import { cancelled } from '../../model/errors.ts';
import type { LinkRequest } from '../../model/link.ts';

const HOUR_MS = 3_600_000;
/** The part of an account's hourly requests from which on a batch holds back. */
const RESERVE = 0.1;

/**
 * Slows a batch down before Fivetran refuses it. Its limit is for a rolling hour, and the responses
 * say how much of it is left. When that is little, and less than what is still to be sent, requests
 * go out no faster than the limit is replenished, as far as max-wait allows; other users of the
 * account have a share left. When one request is refused the others wait with it.
 */
export class RatePacer {
  readonly #budget: WaitBudget;
  /** How many requests are still to be sent. */
  #todo: number;
  /** Milliseconds between two requests. */
  #interval = 0;
  /** When the next request may go out, in milliseconds. */
  #next = 0;

  constructor(todo: number, budget: WaitBudget) {
    this.#todo = todo;
    this.#budget = budget;
  }

  /**
   * Resolves when the next request may be sent: at once, where waiting doesn't fit in max-wait.
   * @throws LinkError `cancelled` when the run is cancelled while it waits
   */
  async acquire(): Promise<void> {
    this.#todo -= 1;
    const now = this.#budget.now();
    const wait = Math.max(0, this.#next - now);
    const fits = wait <= this.#budget.left;
    this.#next = (fits ? now + wait : now) + this.#interval;
    if (wait === 0 || !fits) return;
    await this.#budget.wait(wait);
    if (this.#budget.ended) throw cancelled('The run was cancelled before this was sent.');
  }

  /**
   * Learns from a response: `X-Rate-Limit` requests an hour, `X-Rate-Limit-Remaining` of them left,
   * and `Retry-After` where one was refused.
   */
  observe({ headers, status, date }: Pick<Response, 'headers'> & Partial<Response>): void {
    const now = this.#budget.now();
    if (status === 429) {
      const hold = retryAfter(headers['retry-after']?.toString(), date ?? now) ?? 0;
      this.#next = Math.max(this.#next, now + hold);
    }
    const limit = Number(headers['x-rate-limit']);
    const remaining = Number(headers['x-rate-limit-remaining']);
    if (!(limit > 0) || !(remaining >= 0)) return;
    const scarce = remaining < this.#todo && remaining < limit * RESERVE;
    const affordable = this.#budget.left / Math.max(1, remaining);
    this.#interval = scarce ? Math.min(HOUR_MS / limit, affordable) : 0;
  }
}

/** How many requests many links take: a listing for each group, and one or two for each link. */
export function requestsFor(requests: readonly LinkRequest[]): number {
  const groups = new Set<string>();
  let sum = 0;
  for (const request of requests) {
    if (request.kind === 'named') groups.add(request.connection.groupId);
    sum += request.kind === 'named' ? 1 : 2;
  }
  return sum + groups.size;
}
