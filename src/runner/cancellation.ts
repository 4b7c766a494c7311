/**
 * Milliseconds that requests in progress have to finish once the run is cancelled. The runner sends
 * SIGINT, SIGTERM 7.5 s later, and kills 2.5 s after that:
 * docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
 */
export const GRACE_MS = 5000;

/** The cancellation of a run: nothing new starts after it, and requests in progress may finish. */
export class Cancellation {
  readonly #controller = new AbortController();
  readonly #over = Promise.withResolvers<void>();
  readonly #startGrace: (callBack: () => void) => void;

  /** @param startGrace calls back when the time for requests in progress is over */
  constructor(
    // Requests in progress keep the process alive; without any, it needn't wait.
    startGrace = (callBack: () => void): void => void setTimeout(callBack, GRACE_MS).unref(),
  ) {
    this.#startGrace = startGrace;
  }

  /** Aborted when the run is cancelled. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get requested(): boolean {
    return this.signal.aborted;
  }

  /** Resolves when the time for requests in progress is over. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  /** Listens for what a runner sends when a job is cancelled. */
  static fromSignals(process: NodeJS.EventEmitter): Cancellation {
    const cancellation = new Cancellation();
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => cancellation.request());
    return cancellation;
  }

  request(): void {
    if (this.requested) return;
    this.#controller.abort();
    this.#startGrace(() => this.#over.resolve());
  }
}
