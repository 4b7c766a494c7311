/**
 * Milliseconds that requests under way have to end once the run was told to stop. The runner sends
 * SIGINT, SIGTERM 7.5 s later, and kills 2.5 s after that:
 * docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
 */
const GRACE = 5000;

/** A run that is told to stop: nothing new is begun, and what is under way may end. */
export class Cancellation {
  readonly #controller = new AbortController();
  readonly #over = Promise.withResolvers<void>();

  /** Aborted when the run is told to stop. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get requested(): boolean {
    return this.signal.aborted;
  }

  /** Resolves when there is no more time for what is under way. */
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
    // What is under way keeps the process alive; when nothing is, it needn't wait.
    setTimeout(() => this.#over.resolve(), GRACE).unref();
  }
}
