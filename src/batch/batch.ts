import type { LinkError } from '../errors.ts';
import { type LinkOptions, type LinkRequest, type LinkResult, makeLink } from '../fivetran/link.ts';
import { Listing } from '../fivetran/listing.ts';
import { connectionName } from '../fivetran/naming.ts';

export interface BatchOptions extends LinkOptions {
  /** Requests in flight at most. */
  concurrency: number;
  /** Whether nothing new is to be begun. */
  stopped(): boolean;
  /** Told of every request that has come to its end. */
  onDone(result: LinkResult): void;
}

/** Failures that would be the same for every request. */
const HOPELESS: readonly string[] = ['unauthorized', 'rate-limited', 'network', 'proxy', 'tls'];
/** Failures that would be the same for every request in a group. */
const HOPELESS_GROUP: readonly string[] = ['unknown-group', 'forbidden'];

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
  const listing = new Listing(connections, names);
  const log = quiet(options.log);
  const hopeless = new Map<string, LinkError>();
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < requests.length && !stopped(); index = next++) {
      const request = requests[index] as LinkRequest;
      const group = request.kind === 'named' ? request.connection.groupId : '';
      const result = results[index] as LinkResult;
      const known = hopeless.get('') ?? hopeless.get(group);
      if (known) Object.assign(result, { outcome: 'failed', error: known });
      else {
        await makeLink(request, { ...options, log, lookUp: listing }, result);
      }
      const { error } = result;
      if (error && HOPELESS.includes(error.code)) hopeless.set('', error);
      if (error && group && HOPELESS_GROUP.includes(error.code)) hopeless.set(group, error);
      onDone(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, worker));
}

/** A log for one among many: what is usual isn't worth a line. */
function quiet(log: LinkOptions['log']): LinkOptions['log'] {
  const { debug } = log;
  return { debug, info: debug, notice: debug, warning: (line) => log.warning(line) };
}
