import type { TransportOptions } from '../../http/transport.ts';
import type { LinkResult } from '../../model/link.ts';

type Log = TransportOptions['log'];

/** Between two lines. */
const INTERVAL_MS = 5000;

/** Logs a batch's progress: every few seconds at most, and only when there is something new. */
export class Progress {
  readonly #total: number;
  readonly #log: (line: string) => void;
  readonly #now: () => number;
  readonly #started: number;
  #last: number;
  #done = 0;
  #failed = 0;

  constructor(total: number, log: (line: string) => void, now: () => number = Date.now) {
    this.#total = total;
    this.#log = log;
    this.#now = now;
    this.#started = now();
    this.#last = this.#started;
  }

  /** One more request has finished. */
  done({ outcome }: Pick<LinkResult, 'outcome'>): void {
    this.#done += 1;
    if (outcome === 'failed') this.#failed += 1;
    const now = this.#now();
    if (now - this.#last < INTERVAL_MS || this.#done === this.#total) return;
    this.#last = now;
    const rate = this.#done / ((now - this.#started) / 1000);
    const left = this.#total - this.#done;
    this.#log(
      `${this.#done} of ${this.#total} done, ${this.#failed} failed; ${rate.toFixed(1)} a second, ${left} left, about ${Math.ceil(left / rate)} s.`,
    );
  }
}

/** A log for many requests: one line every few seconds at most; the rest is for debugging. */
export function calm(log: Log): Log {
  let last = Number.NEGATIVE_INFINITY;
  return {
    debug: log.debug,
    info: (line) => {
      const now = Date.now();
      if (now - last < INTERVAL_MS) return log.debug(line);
      last = now;
      log.info(line);
    },
  };
}
