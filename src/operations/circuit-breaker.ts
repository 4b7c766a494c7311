import { type ErrorCode, type LinkError, NotBegun } from '../model/errors.ts';

/** Failures that would be the same for every request. */
const FOR_ALL: readonly ErrorCode[] = ['unauthorized', 'rate-limited', 'proxy', 'tls'];
/** Failures that would be the same for every request in a group. */
const FOR_GROUP: readonly ErrorCode[] = ['unknown-group', 'forbidden'];
/** Failures of the way there, or of the other side as a whole. */
const OUTAGE: readonly ErrorCode[] = [
  'timeout',
  'network',
  'server-error',
  'bad-answer',
  'create-unknown',
];
/** One may be bad luck; this many, with no answer in between, are an outage. */
const IN_A_ROW = 10;

/** Knows what isn't worth sending any more, because it would fail like what was sent before. */
export class CircuitBreaker {
  #forAll: LinkError | undefined;
  readonly #forGroup = new Map<string, LinkError>();
  #row = 0;
  #last: LinkError | undefined;

  /** The error of a request that would fail anyway; undefined for one that is worth sending. */
  reason(group: string | undefined): LinkError | undefined {
    return this.#forAll ?? this.#forGroup.get(group ?? '');
  }

  /** Learns from what became of a request that was sent. */
  learn(error: LinkError | undefined, group: string | undefined): void {
    if (!error || !OUTAGE.includes(error.code)) this.#row = 0;
    // Those who wait for one listing fail with it, together.
    else if (error !== this.#last) this.#row += 1;
    this.#last = error;
    if (!error) return;
    if (FOR_ALL.includes(error.code)) this.#forAll ??= new NotBegun(error);
    else if (this.#row >= IN_A_ROW) {
      const story = `${IN_A_ROW} requests in a row have failed, the last like this: ${error.message}`;
      this.#forAll ??= new NotBegun(error, story);
    }
    if (group && FOR_GROUP.includes(error.code) && !this.#forGroup.has(group)) {
      this.#forGroup.set(group, new NotBegun(error));
    }
  }
}
