import { readTrigger } from '../../github/event.ts';
import { type OpenIssue, openRepository } from '../../github/open.ts';
import type { OnboardingInputs } from '../../inputs/onboarding-inputs.ts';
import type { Inputs } from '../../inputs/read-inputs.ts';
import { isRecord } from '../../model/json.ts';
import type { LinkResult } from '../../model/link.ts';
import { Context } from '../../packages/github-context.ts';
import { announce, announceAll } from '../hand-over.ts';
import type { RunContext } from '../run-context.ts';
import { onboard } from './onboard.ts';

/** A request that is sent late, and how long it takes to show, in milliseconds. */
const LATE = 75_000;

/** Acts on the event that started the run, if there is anything to do for it. */
export async function startOnboarding(
  inputs: Inputs,
  { fields, services, rules, label, approvers }: OnboardingInputs,
  surroundings: RunContext,
  result: LinkResult,
): Promise<void> {
  const { options } = surroundings;
  const context = new Context();
  const trigger = readTrigger(context, { label, approvers });
  if ('skipped' in trigger) {
    result.outcome = 'skipped';
    options.log.notice(`Nothing to do: ${trigger.skipped}`);
    return;
  }
  result.begun = true;
  options.log.info(`Issue ${trigger.issue.number}: ${trigger.by.login} ${DEEDS[trigger.kind]}.`);
  const issue = await open(inputs, context, trigger.issue.number, surroundings);
  try {
    await onboard({
      ...issue,
      trigger,
      fields,
      services,
      rules,
      label,
      approvers,
      connections: options.connections,
      longestRun: inputs.timeout + inputs.maxWait + LATE,
      options,
      result,
      keep: () => surroundings.keep(result),
      approved: false,
      claimed: false,
      claimedAt: 0,
    });
  } finally {
    await issue.close();
  }
}

const DEEDS = { label: 'put the approving label on', command: 'asks for a fresh link' };

/**
 * Comments what was made on the issue that the workflow names, or else on the event's.
 * @throws LinkError when it can't
 */
export async function commentOnIssue(
  inputs: Inputs,
  results: readonly LinkResult[],
  surroundings: RunContext,
): Promise<void> {
  const context = new Context();
  const number = inputs.github.issueNumber ?? issueOf(context);
  if (number === undefined) return;
  const issue = await open(inputs, context, number, surroundings);
  try {
    const [only, ...more] = results;
    if (only && more.length === 0) await announce(only, issue, surroundings.options);
    else await announceAll(results, issue, surroundings.options);
    if (only && issue.thread.url) only.commentUrl = issue.thread.url;
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
  { env, options }: RunContext,
): Promise<OpenIssue> {
  const access = { ...github, context, apiSecret, timeout };
  const place = await openRepository(access, { ...options, env });
  return { ...place, thread: place.threadOf(issue) };
}
