import type { Patience } from '../http/patience.ts';
import type { Answer } from '../http/transport.ts';

const HOUR = 3_600_000;
/** The part of an account's hourly requests from which on a batch holds back. */
const RESERVE = 0.1;

/**
 * Slows a batch down before Fivetran refuses it. Its limit is for an hour that rolls along, and the
 * answers say how much of it is left: when that is little, and less than what is still to be sent,
 * requests go out no faster than the limit comes back. Others who use the account have a share left.
 */
export class Pace {
  readonly #patience: Patience;
  readonly #now: () => number;
  /** How many requests are still to be sent. */
  todo: number;
  /** Milliseconds between two requests. */
  #interval = 0;
  #next = 0;

  constructor(todo: number, patience: Patience, now: () => number = Date.now) {
    this.todo = todo;
    this.#patience = patience;
    this.#now = now;
  }

  /** Resolves when the next request may be sent. Without patience left it doesn't hold back. */
  async turn(): Promise<void> {
    this.todo -= 1;
    if (this.#interval === 0) return;
    const now = this.#now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#interval;
    await this.#patience.wait(at - now);
  }

  /** Learns from an answer: `X-Rate-Limit` requests an hour, `X-Rate-Limit-Remaining` of them left. */
  seen({ headers }: Pick<Answer, 'headers'>): void {
    const limit = Number(headers['x-rate-limit']);
    const remaining = Number(headers['x-rate-limit-remaining']);
    if (!(limit > 0) || !(remaining >= 0)) return;
    const scarce = remaining < this.todo && remaining < limit * RESERVE;
    this.#interval = scarce ? HOUR / limit : 0;
  }
}
