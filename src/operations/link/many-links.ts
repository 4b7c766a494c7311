import { Listing } from '../../fivetran/listing.ts';
import { connectionName } from '../../model/connection.ts';
import type { LinkRequest, LinkResult } from '../../model/link.ts';
import { CircuitBreaker } from '../circuit-breaker.ts';
import { type LinkOptions, makeLink } from './make-link.ts';

export interface BatchOptions extends LinkOptions {
  /** Requests in flight at most. */
  concurrency: number;
  /** Whether nothing new is to be begun. */
  stopped(): boolean;
  /** Told of every request that has come to its end. */
  onDone(result: LinkResult): void;
}

/**
 * Makes links for many requests, in the order of the list but several at a time. One that fails
 * doesn't stop the others, unless they would fail alike: then they fail without being sent.
 * @param results filled in as requests come to their end, in the order of the list; what has no
 *   result yet hasn't, so that whoever is stopped can still tell
 */
export async function makeLinks(
  requests: readonly LinkRequest[],
  results: LinkResult[],
  options: BatchOptions,
): Promise<void> {
  const { connections, concurrency, stopped, onDone } = options;
  const names = requests.flatMap((request) =>
    request.kind === 'named' ? connectionName(request.connection) : [],
  );
  const lookUp = new Listing(connections, names);
  const log = quiet(options.log);
  const breaker = new CircuitBreaker();
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < requests.length && !stopped(); index = next++) {
      const request = requests[index] as LinkRequest;
      const result = results[index] as LinkResult;
      const group = request.kind === 'named' ? request.connection.groupId : undefined;
      const error = breaker.reason(group);
      if (error) result.error = error;
      else {
        await makeLink(request, { ...options, log, lookUp }, result);
        breaker.learn(result.error, group);
      }
      onDone(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, worker));
}

/** A log for one among many: its story is for those who look for it. */
function quiet(log: LinkOptions['log']): LinkOptions['log'] {
  const { debug } = log;
  return { debug, info: debug, notice: debug, warning: debug };
}
