import type { TransportOptions } from '../../http/transport.ts';
import type { WaitBudget } from '../../http/wait-budget.ts';
import type { LinkRequest } from '../../model/link.ts';
import { calm } from './progress.ts';
import { RatePacer, requestsFor } from './rate-pacer.ts';

/** Transport options for many requests: several sockets, a pace, and a calm log. */
export function traffic(
  requests: readonly LinkRequest[],
  sockets: number,
  { budget, log }: { budget: WaitBudget; log: TransportOptions['log'] },
): Pick<TransportOptions, 'sockets' | 'pace' | 'log'> {
  return { sockets, pace: new RatePacer(requestsFor(requests), budget), log: calm(log) };
}
