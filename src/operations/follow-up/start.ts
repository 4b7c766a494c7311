import { openRepository } from '../../github/open.ts';
import type { FollowUpInputs } from '../../inputs/follow-up-inputs.ts';
import type { Inputs } from '../../inputs/read-inputs.ts';
import { cancelled } from '../../model/errors.ts';
import { Context } from '../../packages/github-context.ts';
import { followUpJson, followUpSummary } from '../../report/follow-up-summary.ts';
import { setResults } from '../../runner/outputs.ts';
import { reportError } from '../report-result.ts';
import type { RunContext } from '../run-context.ts';
import { followUp } from './follow-up.ts';
import type { FollowUpResult } from './update-issue.ts';

/** Follows up the repository's issues and tells of each; gives whether all went well. */
export async function startFollowUp(
  inputs: Inputs,
  task: FollowUpInputs,
  surroundings: RunContext,
): Promise<boolean> {
  const { runner, env, cancellation } = surroundings;
  const results: FollowUpResult[] = [];
  const ended = follow(inputs, task, surroundings, results).then(() => true);
  const whole = await Promise.race([ended, cancellation.over.then(() => false)]);
  results.sort((a, b) => a.issue - b.issue);
  const errors = new Set(results.flatMap(({ error }) => error ?? []));
  if (!whole) errors.add(cancelled('The run was told to stop before all issues were seen to.'));
  const outcome = errors.size > 0 ? 'failed' : inputs.dryRun ? 'dry-run' : 'followed-up';
  setResults(results.map(followUpJson), outcome, runner, env);
  runner.summary(followUpSummary(results));
  for (const error of errors) reportError(error, runner);
  return errors.size === 0;
}

async function follow(
  { github, apiSecret, timeout, concurrency, dryRun }: Inputs,
  inputs: FollowUpInputs,
  { env, options, cancellation }: RunContext,
  results: FollowUpResult[],
): Promise<void> {
  const access = { ...github, context: new Context(), apiSecret, timeout };
  const place = await openRepository(access, { ...options, env, sockets: concurrency });
  try {
    await followUp(results, {
      inputs,
      connections: options.connections,
      place,
      dryRun,
      onCard: options.onCard,
      issueNumber: github.issueNumber,
      concurrency,
      log: options.log,
      stopped: () => cancellation.requested,
    });
  } finally {
    await place.close();
  }
}
