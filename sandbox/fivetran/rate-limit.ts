const HOUR = 3_600_000;

/** Counts requests over the hour that ends now. */
export class RollingHour {
  /** When each request of the last hour came, oldest first, from `#start` on. */
  #times: number[] = [];
  #start = 0;

  /** Counts one request, or gives the seconds after which the next one is welcome. */
  spend(now: number, limit: number): number | undefined {
    if (this.#used(now) >= limit) {
      const oldest = this.#times[this.#start] ?? now;
      return Math.max(1, Math.ceil((oldest + HOUR - now) / 1000));
    }
    this.#times.push(now);
    return undefined;
  }

  remaining(now: number, limit: number): number {
    return Math.max(0, limit - this.#used(now));
  }

  #used(now: number): number {
    while ((this.#times[this.#start] ?? Infinity) <= now - HOUR) this.#start += 1;
    // Moving the start is cheap, shifting a long array isn't: clear away what is over now and then.
    if (this.#start > 10_000) {
      this.#times = this.#times.slice(this.#start);
      this.#start = 0;
    }
    return this.#times.length - this.#start;
  }
}
