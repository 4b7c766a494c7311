import { openRepository } from '../../github/open.ts';
import type { FollowUpInputs } from '../../inputs/follow-up-inputs.ts';
import type { Inputs } from '../../inputs/read-inputs.ts';
import { cancelled, NotBegun } from '../../model/errors.ts';
import { Context } from '../../packages/github-context.ts';
import { followUpJson, followUpSummary } from '../../report/follow-up-summary.ts';
import { writeOutputs } from '../../runner/outputs.ts';
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
  // What wasn't begun because of an error has that error's story.
  const errors = new Set(
    results.flatMap(({ error }) => (error instanceof NotBegun ? error.reason : error) ?? []),
  );
  if (!whole) errors.add(cancelled('The run was cancelled before all issues were followed up.'));
  const outcome = errors.size > 0 ? 'failed' : inputs.dryRun ? 'dry-run' : 'followed-up';
  const fits = writeOutputs(results.map(followUpJson), { outcome }, { runner, env });
  if (!fits) {
    runner.warning('results is too large for an output on GitHub: read it from results-file.');
  }
  runner.summary(followUpSummary(results));
  for (const error of errors) reportError(error, runner);
  return errors.size === 0;
}

async function follow(
  { github, apiSecret, timeout, concurrency, dryRun }: Inputs,
  inputs: FollowUpInputs,
  { env, runner, cancellation, budget, connections, maskCard }: RunContext,
  results: FollowUpResult[],
): Promise<void> {
  const access = { ...github, context: new Context(), apiSecret, timeout };
  const place = await openRepository(access, { budget, log: runner, env, sockets: concurrency });
  try {
    await followUp(results, {
      inputs,
      connections,
      place,
      dryRun,
      onCard: maskCard,
      issueNumber: github.issueNumber,
      concurrency,
      log: runner,
      stopped: () => cancellation.requested,
    });
  } finally {
    await place.close();
  }
}
