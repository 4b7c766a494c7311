import { Context } from '../github/context.ts';
import { openRepository } from '../github/open.ts';
import type { Inputs } from '../inputs.ts';
import type { Surroundings } from '../onboard/start.ts';
import { followUp } from './follow-up.ts';
import type { FollowUpInputs } from './inputs.ts';
import type { FollowUpResult } from './settle.ts';

/** Follows up the issues of the repository that the workflow runs in. */
export async function startFollowUp(
  { github, apiSecret, timeout, concurrency, dryRun }: Inputs,
  inputs: FollowUpInputs,
  { env, options }: Surroundings,
): Promise<FollowUpResult[]> {
  const access = { ...github, context: new Context(), apiSecret, timeout };
  const place = await openRepository(access, { ...options, env, sockets: concurrency });
  try {
    return await followUp({
      inputs,
      connections: options.connections,
      place,
      dryRun,
      onCard: options.onCard,
      issueNumber: github.issueNumber,
      concurrency,
      log: options.log,
    });
  } finally {
    await place.close();
  }
}
