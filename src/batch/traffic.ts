import type { LinkRequest } from '../fivetran/link.ts';
import { Pace, requestsFor } from '../fivetran/pace.ts';
import type { Patience } from '../http/patience.ts';
import type { TransportOptions } from '../http/transport.ts';
import { calm } from '../report/progress.ts';

/** What a way to Fivetran needs for many requests: several sockets, a pace, and a log that is calm. */
export function traffic(
  requests: readonly LinkRequest[],
  sockets: number,
  { patience, log }: { patience: Patience; log: TransportOptions['log'] },
): Pick<TransportOptions, 'sockets' | 'pace' | 'log'> {
  return { sockets, pace: new Pace(requestsFor(requests), patience), log: calm(log) };
}
