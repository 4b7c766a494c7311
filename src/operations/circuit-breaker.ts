import { type LinkError, NotBegun } from '../model/errors.ts';

/** Failures that would be the same for every request: one is enough. */
const FOR_ALL: ReadonlySet<string> = new Set([
  'unauthorized',
  'github-unauthorized',
  'rate-limited',
  'proxy',
  'tls',
]);
/** Failures that would be the same for every request in a scope, such as a group. */
const FOR_SCOPE: ReadonlySet<string> = new Set(['unknown-group', 'forbidden']);
/** GitHub's refusals: one may concern a single issue, the same twice in a row concerns all. */
const BY_GITHUB: ReadonlySet<string> = new Set(['github-forbidden', 'issue-locked', 'issue-gone']);
/** Failures of the network, or of the server as a whole. */
const OUTAGE: ReadonlySet<string> = new Set([
  'timeout',
  'network',
  'server-error',
  'bad-answer',
  'create-unknown',
  'github-failed',
]);
const SAME_REFUSALS = 2;
/** One may be bad luck; this many, with no success in between, are an outage. */
const OUTAGE_FAILURES = 10;

/** Knows what isn't worth sending any more, because it would fail like what was sent before. */
export class CircuitBreaker {
  #forAll: LinkError | undefined;
  readonly #forScope = new Map<string, LinkError>();
  #outageFailures = 0;
  #sameRefusals = 0;
  #last: LinkError | undefined;
  readonly #counted = new WeakSet<LinkError>();

  /**
   * The error of work that would fail anyway; undefined for work that is worth beginning.
   * @param scope what the work has in common with other work: its group
   */
  refusal(scope?: string): LinkError | undefined {
    return this.#forAll ?? (scope === undefined ? undefined : this.#forScope.get(scope));
  }

  /** Learns from the outcome of work that was begun: its error, or undefined for a success. */
  observe(error: LinkError | undefined, scope?: string): void {
    const last = this.#last;
    this.#last = error;
    // Those that wait for one listing fail with it, together: that counts once.
    if (error) {
      if (this.#counted.has(error)) return;
      this.#counted.add(error);
    }
    const isOutage = error !== undefined && OUTAGE.has(error.code);
    this.#outageFailures = isOutage ? this.#outageFailures + 1 : 0;
    const isRefusal = error !== undefined && BY_GITHUB.has(error.code);
    const isSame = error?.code === last?.code && error?.message === last?.message;
    this.#sameRefusals = isRefusal ? (isSame ? this.#sameRefusals + 1 : 1) : 0;
    if (error) this.#open(error, scope);
  }

  #open(error: LinkError, scope: string | undefined): void {
    if (FOR_ALL.has(error.code) || this.#sameRefusals >= SAME_REFUSALS) {
      this.#forAll ??= new NotBegun(error);
    }
    if (this.#outageFailures >= OUTAGE_FAILURES) {
      const story = `${OUTAGE_FAILURES} requests in a row have failed, the last one like this: ${error.message}`;
      this.#forAll ??= new NotBegun(error, story);
    }
    if (scope !== undefined && FOR_SCOPE.has(error.code) && !this.#forScope.has(scope)) {
      this.#forScope.set(scope, new NotBegun(error));
    }
  }
}
