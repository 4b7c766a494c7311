import type { FollowUpInputs } from '../../inputs/follow-up-inputs.ts';
import type { Inputs } from '../../inputs/read-inputs.ts';
import { asLinkError, cancelled, type LinkError, NotBegun } from '../../model/errors.ts';
import type { FollowUpResult } from '../../model/follow-up.ts';
import { Context } from '../../packages/github-context.ts';
import { followUpJson, followUpSummary } from '../../report/follow-up-summary.ts';
import { writeOutputs } from '../../runner/outputs.ts';
import { commentRules } from '../issue-comment.ts';
import { openGitHub } from '../open-github.ts';
import { reportError } from '../report-result.ts';
import type { RunContext } from '../run-context.ts';
import { followUp } from './follow-up.ts';

/** Follows up the repository's issues, and reports on each; returns whether it succeeded. */
export async function startFollowUp(
  inputs: Inputs,
  task: FollowUpInputs,
  context: RunContext,
): Promise<boolean> {
  const { runner, cancellation } = context;
  const byIssue = new Map<number, FollowUpResult>();
  const github = openGitHub(inputs, new Context(), context, inputs.concurrency);
  const ended = followUp({
    task,
    connections: context.connections,
    github,
    dryRun: inputs.dryRun,
    rules: commentRules(inputs, github, context),
    onResult: (result) => byIssue.set(result.issue, result),
    issueNumber: inputs.github.issueNumber,
    concurrency: inputs.concurrency,
    stopped: () => cancellation.requested,
    log: runner,
  });
  let unfinished: LinkError | undefined;
  try {
    await Promise.race([ended, cancellation.over]);
  } catch (thrown) {
    unfinished = asLinkError(thrown);
  } finally {
    await github.close();
  }
  if (cancellation.requested) {
    unfinished = cancelled('The run was cancelled before all issues were followed up.');
  }
  const results = [...byIssue.values()].sort((a, b) => a.issue - b.issue);
  const errors = [...results.map(({ error }) => error), unfinished].filter((error) => !!error);
  const outcome = errors.length > 0 ? 'failed' : inputs.dryRun ? 'dry-run' : 'followed-up';
  const warning = writeOutputs(results.map(followUpJson), { outcome }, context);
  if (warning) runner.warning(warning);
  runner.summary(followUpSummary(results, { isDryRun: inputs.dryRun, unfinished }));
  for (const error of eachOnce(errors)) reportError(error, context);
  return errors.length === 0;
}

/** Of errors that say the same the first. */
function eachOnce(errors: readonly LinkError[]): LinkError[] {
  const reasons = errors.map((error) => (error instanceof NotBegun ? error.reason : error));
  return reasons.filter(
    ({ message }, index) => reasons.findIndex((one) => one.message === message) === index,
  );
}
