import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How long a run may still wait for rate limits and retries: the input `max-wait`. Requests that
 * wait side by side spend the same second together, as the person who waits for them does.
 */
export class Patience {
  readonly #limit: number;
  readonly #now: () => number;
  readonly #sleep: (ms: number) => Promise<unknown>;
  #spent = 0;
  #waiting = 0;
  #since = 0;

  /** @param limit milliseconds */
  constructor(
    limit: number,
    now: () => number = Date.now,
    pause: (ms: number) => Promise<unknown> = sleep,
  ) {
    this.#limit = limit;
    this.#now = now;
    this.#sleep = pause;
  }

  /** Milliseconds that are left. */
  get left(): number {
    const running = this.#waiting > 0 ? this.#now() - this.#since : 0;
    return Math.max(0, this.#limit - this.#spent - running);
  }

  /** Waits, if that many milliseconds are left; otherwise returns false at once. */
  async wait(ms: number): Promise<boolean> {
    if (ms > this.left) return false;
    if (this.#waiting++ === 0) this.#since = this.#now();
    await this.#sleep(ms);
    if (--this.#waiting === 0) this.#spent += this.#now() - this.#since;
    return true;
  }
}
