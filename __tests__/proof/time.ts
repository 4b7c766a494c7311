import { setImmediate as breathe } from 'node:timers/promises';
import type { Time } from '../../src/http/wait-budget.ts';

interface Timer {
  due: number;
  callBack(): void;
}

/** Turns of the event loop without any work after which everything waits for a timer. */
const QUIET_TURNS = 3;
/** Turns after which a run that waits for nothing counts as stuck. */
const MOST_TURNS = 5000;

/**
 * A clock that only timers move: when everything waits, it jumps to the next of them. The same run
 * takes the same time on it, whatever the machine does.
 */
export class VirtualTime {
  #now = Date.UTC(2026, 0, 5, 9);
  #timers: Timer[] = [];
  #changes = 0;
  /** How much work goes on that no timer is waiting for. */
  busy = 0;

  /** Milliseconds since 1970. */
  readonly now = (): number => this.#now;

  /** Calls back after that many milliseconds; returns what calls it off. */
  after(ms: number, callBack: () => void): () => void {
    const timer = { due: this.#now + Math.max(0, ms), callBack };
    this.#timers.push(timer);
    this.#changes += 1;
    return () => {
      this.#changes += 1;
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  /** Moves on while nothing runs. */
  advance(ms: number): void {
    this.#now += ms;
  }

  /** The clock of one run; `stop` ends its timers, as the end of its process does. */
  forRun(): { time: Time; stop(): void } {
    const ends = new Set<() => void>();
    let stopped = false;
    const after = (ms: number, callBack: () => void) => {
      if (stopped) return () => {};
      const end = this.after(ms, () => {
        ends.delete(end);
        callBack();
      });
      ends.add(end);
      return () => {
        ends.delete(end);
        end();
      };
    };
    const sleep: Time['sleep'] = (ms, _value, options) =>
      new Promise((resolve, reject) => {
        const signal = options?.signal;
        if (signal?.aborted) return reject(signal.reason);
        const end = after(ms, () => resolve(undefined));
        const abort = () => {
          end();
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', abort, { once: true });
      });
    const stop = () => {
      stopped = true;
      for (const end of ends) end();
    };
    return { time: { now: this.now, elapsed: this.now, sleep, after }, stop };
  }

  /**
   * Lets time pass until some work is done.
   * @throws Error when it isn't, and nothing is left that could happen
   */
  async until<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const noteEnd = () => {
      isDone = true;
      this.#changes += 1;
    };
    work.then(noteEnd, noteEnd);
    for (;;) {
      await this.#quiet(() => isDone);
      if (isDone) return work;
      if (!this.#fireNext()) throw new Error('The run waits for something that never happens.');
    }
  }

  /**
   * Lets everything happen that was begun.
   * @param within milliseconds: what happens later doesn't happen yet
   */
  async settle(within = Number.POSITIVE_INFINITY): Promise<void> {
    const end = this.#now + within;
    do await this.#quiet(() => false, QUIET_TURNS);
    while (this.#fireNext(end));
  }

  /** Waits until nothing has happened for some turns of the event loop. */
  async #quiet(isDone: () => boolean, mostTurns?: number): Promise<void> {
    let before = this.#changes;
    for (let turns = 0; !isDone(); turns++) {
      if (turns >= (mostTurns ?? (this.#timers.length > 0 ? QUIET_TURNS : MOST_TURNS))) return;
      await breathe();
      if (before !== this.#changes || this.busy > 0) turns = 0;
      before = this.#changes;
    }
  }

  #fireNext(end = Number.POSITIVE_INFINITY): boolean {
    const [first, ...others] = this.#timers;
    if (!first) return false;
    const next = others.reduce((one, other) => (other.due < one.due ? other : one), first);
    if (next.due > end) return false;
    this.#timers = this.#timers.filter((one) => one !== next);
    this.#now = Math.max(this.#now, next.due);
    next.callBack();
    return true;
  }
}
