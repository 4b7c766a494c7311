import { readTrigger } from '../../github/event.ts';
import { type OpenIssue, openRepository } from '../../github/open.ts';
import type { OnboardingInputs } from '../../inputs/onboarding-inputs.ts';
import type { Inputs } from '../../inputs/read-inputs.ts';
import { cancelled } from '../../model/errors.ts';
import { isRecord } from '../../model/json.ts';
import type { LinkResult } from '../../model/link.ts';
import { Context } from '../../packages/github-context.ts';
import { announce, announceAll } from '../hand-over.ts';
import { outputResults, type ReportDetails, reportResults } from '../report-result.ts';
import type { RunContext } from '../run-context.ts';
import type { IssueOptions, IssueProgress } from './job.ts';
import { onboard } from './onboard.ts';

/** A request that is sent late, and how long it takes to show, in milliseconds. */
const LATE = 75_000;

/** Acts on the event that started the run, if there is anything to do for it, and reports. */
export async function startOnboarding(
  inputs: Inputs,
  task: OnboardingInputs,
  context: RunContext,
): Promise<boolean> {
  const progress: IssueProgress = { target: {}, outcome: 'pending', begun: false };
  const commentUrl = await Promise.race([
    act(inputs, task, context, progress),
    context.cancellation.over,
  ]);
  return reportResults([resultOf(progress)], { commentUrl: commentUrl ?? undefined }, context);
}

/** What is known, as a result; what isn't finished failed, because the run was cancelled. */
function resultOf({ outcome, begun, reason, unsent, error, ...known }: IssueProgress): LinkResult {
  if (outcome === 'pending') {
    const story = begun
      ? 'The run was cancelled while this was in progress: the connection may have been created.'
      : 'The run was cancelled before this was begun.';
    return { ...known, outcome: 'failed', error: cancelled(story) };
  }
  return {
    ...known,
    outcome,
    ...(reason !== undefined && { reason }),
    ...(unsent && { unsent }),
    ...(error && { error }),
  } as LinkResult;
}

async function act(
  inputs: Inputs,
  { fields, rules, label, approvers }: OnboardingInputs,
  context: RunContext,
  result: IssueProgress,
): Promise<string | undefined> {
  const event = new Context();
  const trigger = readTrigger(event, { label, approvers });
  if ('skipped' in trigger) {
    Object.assign(result, { outcome: 'skipped', reason: trigger.skipped });
    return undefined;
  }
  result.begun = true;
  const options = optionsOf(inputs, context);
  options.log.info(`Issue ${trigger.issue.number}: ${trigger.by.login} ${DEEDS[trigger.kind]}.`);
  const issue = await open(inputs, event, trigger.issue.number, context);
  try {
    await onboard({
      ...issue,
      trigger,
      fields,
      rules,
      label,
      approvers,
      connections: options.connections,
      longestRun: inputs.timeout + inputs.maxWait + LATE,
      options,
      result,
      keep: () => void outputResults([resultOf(result)], {}, context),
      approved: false,
      claimed: false,
      claimedAt: 0,
    });
    return issue.thread.url;
  } finally {
    await issue.close();
  }
}

function optionsOf({ dryRun }: Inputs, context: RunContext): IssueOptions {
  const { connections, budget, runner, maskCard } = context;
  return { connections, budget, dryRun, log: runner, onCard: maskCard };
}

const DEEDS = { label: 'put the approving label on', command: 'asks for a fresh link' };

/**
 * Comments what was made on the issue that the workflow names, or else on the event's.
 * @throws LinkError when it can't
 */
export async function commentOnIssue(
  inputs: Inputs,
  results: readonly LinkResult[],
  context: RunContext,
): Promise<ReportDetails> {
  const event = new Context();
  const number = inputs.github.issueNumber ?? issueOf(event);
  if (number === undefined) return {};
  const issue = await open(inputs, event, number, context);
  try {
    const [only, ...more] = results;
    if (only && more.length === 0) await announce(only, issue, optionsOf(inputs, context));
    else await announceAll(results, issue, optionsOf(inputs, context));
    return { commentUrl: issue.thread.url };
  } finally {
    await issue.close();
  }
}

/** The event's issue; a pull request is none. */
function issueOf({ payload }: Context): number | undefined {
  const issue: unknown = payload.issue;
  return isRecord(issue) && !issue.pull_request ? Number(issue.number) : undefined;
}

async function open(
  { github, apiSecret, timeout }: Inputs,
  context: Context,
  issue: number,
  { env, budget, runner }: RunContext,
): Promise<OpenIssue> {
  const access = { ...github, context, apiSecret, timeout };
  const place = await openRepository(access, { budget, log: runner, env });
  return { ...place, thread: place.threadOf(issue) };
}
