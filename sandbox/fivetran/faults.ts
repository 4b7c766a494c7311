import type { Fault, RequestKind } from './types.ts';

const KINDS: ReadonlyArray<[RequestKind, string, RegExp]> = [
  ['create', 'POST', /^\/v1\/(connections|connectors)$/],
  ['list', 'GET', /^\/v1\/(groups\/[^/]+\/)?connections$/],
  ['get', 'GET', /^\/v1\/connections\/[^/]+$/],
  ['card', 'POST', /^\/v1\/connections\/[^/]+\/connect-card$/],
  ['token', 'POST', /^\/v1\/connectors\/[^/]+\/connect-card-token$/],
];

interface Request {
  method: string;
  path: string;
  query: Record<string, string>;
}

/** The faults that are still to happen. */
export class FaultQueue {
  #queue: Fault[] = [];

  add(fault: Fault): void {
    this.#queue.push({ ...fault });
  }

  /** The fault that strikes this request, if one does. The first that matches decides. */
  take(request: Request): Fault | undefined {
    const kind = kindOf(request);
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

function kindOf({ method, path, query }: Request): RequestKind | undefined {
  const kind = KINDS.find(([, verb, pattern]) => verb === method && pattern.test(path))?.[0];
  return kind === 'list' && 'schema' in query ? 'look-up' : kind;
}
