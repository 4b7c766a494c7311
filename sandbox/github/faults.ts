import type { Kind } from './operations.ts';
import { primaryLimit, refusal, secondaryLimit } from './refusals.ts';
import type { Answer, Fault } from './types.ts';

/** The faults that are still to happen. */
export class FaultQueue {
  #queue: Fault[] = [];

  add(fault: Fault): void {
    this.#queue.push({ ...fault });
  }

  /** The fault that strikes this request, if one does. The first that matches decides. */
  take(kind: Kind | undefined): Fault | undefined {
    const fault = this.#queue.find(({ on }) => on === 'any' || on === kind);
    if (!fault) return undefined;
    if (fault.skip) {
      fault.skip -= 1;
      return undefined;
    }
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) this.#queue = this.#queue.filter((queued) => queued !== fault);
    return fault;
  }
}

/** The answer that a fault stands for. */
export function answerOf(fault: Exclude<Fault['answer'], 'hang' | 'reset' | undefined>): Answer {
  switch (fault) {
    case 'secondary-limit':
      return secondaryLimit();
    case 'primary-limit':
      return primaryLimit();
    case 'html':
      return {
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><head><title>Unicorn! · GitHub</title></head><body></body></html>',
      };
    default:
      return { ...refusal(fault.status, 'A fault of the sandbox.'), ...fault };
  }
}
