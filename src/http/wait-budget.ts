import { setTimeout as sleep } from 'node:timers/promises';

/** The clock that a run goes by; tests pass in one that doesn't wait. */
export interface Time {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after that many milliseconds; rejects when the signal is aborted. */
  sleep(ms: number, value: undefined, options?: { signal: AbortSignal }): Promise<unknown>;
  /** Milliseconds by a clock that nobody sets: `performance.now` by default. */
  elapsed?(): number;
  /** Calls back after that many milliseconds, as `setTimeout`; returns what calls it off. */
  after?(ms: number, callBack: () => void): () => void;
}

/** As `Time` has it, by the machine's clock. */
function after(ms: number, callBack: () => void): () => void {
  const timer = setTimeout(callBack, ms);
  return () => clearTimeout(timer);
}

/**
 * How long a run may still wait for rate limits and retries: the input `max-wait`. Requests that
 * wait at the same time spend the same second together, as the person who waits for them does.
 */
export class WaitBudget {
  readonly #limit: number;
  readonly #now: () => number;
  readonly #sleep: Time['sleep'];
  readonly #signal: AbortSignal | undefined;
  /** Milliseconds by a clock that nobody sets: the one that deadlines go by. */
  readonly elapsed: () => number;
  /** Calls back after that many milliseconds, which is no waiting; returns what calls it off. */
  readonly after: NonNullable<Time['after']>;
  #spent = 0;
  #waiting = 0;
  #since = 0;

  /**
   * @param limit milliseconds
   * @param signal ends every wait when it is aborted
   * @param time the clock; the machine's for what it lacks
   */
  constructor(limit: number, signal?: AbortSignal, time: Partial<Time> = {}) {
    this.#limit = limit;
    this.#signal = signal;
    this.#now = time.now ?? Date.now;
    this.#sleep = time.sleep ?? sleep;
    this.elapsed = time.elapsed ?? (() => performance.now());
    this.after = time.after ?? after;
  }

  /** What time it is by the run's clock, in milliseconds since 1970. */
  now(): number {
    return this.#now();
  }

  /** Whether nothing waits any more because the run was cancelled. */
  get ended(): boolean {
    return this.#signal?.aborted === true;
  }

  /** Milliseconds that are left. */
  get left(): number {
    if (this.ended) return 0;
    const running = this.#waiting > 0 ? this.#now() - this.#since : 0;
    return Math.max(0, this.#limit - this.#spent - running);
  }

  /**
   * Waits that many milliseconds if they are left.
   * @returns false at once if they aren't, and when the run is cancelled meanwhile
   */
  async wait(ms: number): Promise<boolean> {
    if (ms > this.left) return false;
    if (this.#waiting++ === 0) this.#since = this.#now();
    const options = this.#signal && { signal: this.#signal };
    await this.#sleep(ms, undefined, options).catch(() => {});
    if (--this.#waiting === 0) this.#spent += this.#now() - this.#since;
    return !this.ended;
  }
}
