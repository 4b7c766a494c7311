import { setImmediate as breathe } from 'node:timers/promises';
import type { Time } from '../../src/http/wait-budget.ts';

interface Sleeper {
  /** When it wakes, by this clock, in milliseconds. */
  due: number;
  wake(): void;
}

/**
 * A clock for runs that would otherwise only wait: a sleep ends at once, and the clock has moved on
 * by its length. Between sleeps it runs like the machine's. Give the same clock to the run and to
 * its sandbox (`sandbox.options.now = clock.now`), so that both agree on what is later.
 */
export class Clock implements Time {
  /** The lengths of all sleeps, in milliseconds, in the order in which they began. */
  readonly slept: number[] = [];
  /** Milliseconds that were skipped. */
  #ahead = 0;
  #sleepers: Sleeper[] = [];

  /** Milliseconds since 1970, as `Date.now`. A property, so that it can be passed on by itself. */
  readonly now = (): number => Date.now() + this.#ahead;

  /** As `setTimeout` of `node:timers/promises`: rejects when the signal is aborted. */
  readonly sleep: Time['sleep'] = async (ms, _value, options) => {
    const signal = options?.signal;
    signal?.throwIfAborted();
    this.slept.push(ms);
    const woken = Promise.withResolvers<void>();
    this.#sleepers.push({ due: this.now() + ms, wake: woken.resolve });
    signal?.addEventListener('abort', () => woken.reject(signal.reason), { once: true });
    // Sleeps that begin at the same moment overlap: the earliest ends first.
    void breathe().then(() => this.#wakeNext());
    await woken.promise;
  };

  #wakeNext(): void {
    const next = this.#sleepers.reduce((one, other) => (other.due < one.due ? other : one));
    this.#sleepers = this.#sleepers.filter((one) => one !== next);
    this.#ahead += Math.max(0, next.due - this.now());
    next.wake();
  }
}
