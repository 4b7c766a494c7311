import { ConnectorTypes } from '../../fivetran/connector-types.ts';
import { readTrigger } from '../../github/event.ts';
import type { OnboardingInputs } from '../../inputs/onboarding-inputs.ts';
import type { Inputs } from '../../inputs/read-inputs.ts';
import { asLinkError } from '../../model/errors.ts';
import { Context } from '../../packages/github-context.ts';
import { openGitHub } from '../open-github.ts';
import { reportResults } from '../report-result.ts';
import { ResultsSoFar } from '../results-so-far.ts';
import type { RunContext } from '../run-context.ts';
import { onboard } from './onboard.ts';
import type { Onboarded } from './onboarding.ts';
import { Reactions } from './reactions.ts';

const DEEDS = { label: 'added the approving label', command: 'asked for fresh links' };

/** Acts on the event that started the run, and reports; returns whether it succeeded. */
export async function startOnboarding(
  inputs: Inputs,
  task: OnboardingInputs,
  context: RunContext,
): Promise<boolean> {
  const event = new Context();
  const trigger = readTrigger(event, task, context.env.GITHUB_TRIGGERING_ACTOR);
  if ('skipped' in trigger) {
    const reason = trigger.skipped;
    return reportResults([{ target: {}, outcome: 'skipped', reason }], {}, context);
  }
  const { kind, by, issue } = trigger;
  context.runner.info(`Issue ${issue.number}: ${by.login} ${DEEDS[kind]}.`);
  const github = openGitHub(inputs, event, context);
  const types = new ConnectorTypes(context.fivetran, context.budget.elapsed);
  const results = new ResultsSoFar([], context.maskCard);
  const comment = inputs.dryRun ? undefined : trigger.comment;
  const reactions = new Reactions(github.repository, comment, context.runner);
  const report = async ({ results: all, ...details }: Onboarded) => {
    const [succeeded] = await Promise.all([
      reportResults(all, details, context),
      // A cancelled run has no time for one that doesn't come back.
      Promise.race([reactions.done(all), context.cancellation.over]),
    ]);
    return succeeded;
  };
  try {
    const ended = onboard({ trigger, inputs, task, context, github, types, reactions }, results);
    return await report(await Promise.race([ended, cancelled(results, context)]));
  } catch (thrown) {
    const error = asLinkError(thrown);
    return await report({ results: [{ target: {}, outcome: 'failed', error }] });
  } finally {
    await github.close();
  }
}

/** What is known when a cancelled run has no more time. */
async function cancelled(results: ResultsSoFar, { cancellation }: RunContext): Promise<Onboarded> {
  await cancellation.over;
  if (results.get().length === 0) results.add({});
  return { results: results.cancelled() };
}
