import type { TransportOptions } from '../../http/transport.ts';
import type { LinkResult } from '../../model/link.ts';

type Log = TransportOptions['log'];

/** Milliseconds between two lines. */
const INTERVAL = 5000;

/** Tells of a batch's progress in a log: now and then, and only when there is something new. */
export class Progress {
  readonly #total: number;
  readonly #say: (line: string) => void;
  readonly #now: () => number;
  readonly #started: number;
  #last: number;
  #done = 0;
  #failed = 0;

  constructor(total: number, say: (line: string) => void, now: () => number = Date.now) {
    this.#total = total;
    this.#say = say;
    this.#now = now;
    this.#started = now();
    this.#last = this.#started;
  }

  /** One more request has come to its end. */
  done({ outcome }: Pick<LinkResult, 'outcome'>): void {
    this.#done += 1;
    if (outcome === 'failed') this.#failed += 1;
    const now = this.#now();
    if (now - this.#last < INTERVAL || this.#done === this.#total) return;
    this.#last = now;
    const rate = this.#done / ((now - this.#started) / 1000);
    const left = this.#total - this.#done;
    this.#say(
      `${this.#done} of ${this.#total} done, ${this.#failed} failed; ${rate.toFixed(1)} a second, ${left} left, about ${Math.ceil(left / rate)} s.`,
    );
  }
}

/** A log that says what many requests say at most every few seconds; the rest is for debugging. */
export function calm(log: Log, now: () => number = Date.now): Log {
  let last = Number.NEGATIVE_INFINITY;
  return {
    debug: log.debug,
    info: (line) => {
      if (now() - last < INTERVAL) return log.debug(line);
      last = now();
      log.info(line);
    },
  };
}
