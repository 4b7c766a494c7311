import { asLinkError, InputError, type LinkError, type Problem } from './errors.ts';
import { Connections } from './fivetran/connections.ts';
import { type LinkOptions, type LinkRequest, type LinkResult, makeLink } from './fivetran/link.ts';
import { connectionName } from './fivetran/naming.ts';
import { basicCredential, openFivetran } from './fivetran/open.ts';
import type { FollowUpInputs } from './follow-up/inputs.ts';
import { Patience } from './http/patience.ts';
import { type Environment, type Inputs, readAsked, readInputs } from './inputs.ts';
import type { Surroundings } from './onboard/start.ts';
import { setOutputs, setResults } from './report/results.ts';
import type { Runner } from './report/runner.ts';
import { singleSummary } from './report/summary.ts';
import { unsentRequest } from './report/unsent.ts';
import { readCredentials } from './request/account.ts';
import { InputReader } from './request/input-reader.ts';

/**
 * One run of the action: reads the inputs, makes the link, reports.
 * @returns whether it succeeded; every failure has been reported by then
 */
export async function run(env: Environment, runner: Runner): Promise<boolean> {
  const { apiKey, apiSecret } = readCredentials(new InputReader(env));
  if (apiSecret) {
    runner.mask(apiSecret);
    runner.mask(basicCredential(apiKey, apiSecret));
  }
  try {
    const inputs = await readInputs(env);
    for (const warning of inputs.warnings) runner.warning(warning);
    return await work(inputs, env, runner);
  } catch (error) {
    const result = { asked: readAsked(env), outcome: 'failed' as const, error: asLinkError(error) };
    return deliver(result, env, runner);
  }
}

/** Opens the way to Fivetran and does what the inputs ask for. */
async function work(inputs: Inputs, env: Environment, runner: Runner): Promise<boolean> {
  const patience = new Patience(inputs.maxWait);
  const sockets = inputs.task.operation === 'follow-up' ? inputs.concurrency : 1;
  const transport = openFivetran(inputs, { patience, env, log: runner, sockets });
  const options: LinkOptions = {
    connections: new Connections(transport, inputs.api),
    patience,
    onExisting: inputs.onExisting,
    dryRun: inputs.dryRun,
    log: runner,
    onCard: ({ link, token }) => {
      if (!inputs.maskLink) return;
      runner.mask(link);
      runner.mask(token);
    },
    onUnsent: (request) => runner.group('What would be sent', unsentRequest(request)),
  };
  const keep = (result: LinkResult) => setOutputs([result], result.outcome, runner, env);
  try {
    const surroundings = { env, options, keep };
    if (inputs.task.operation === 'link') {
      return deliver(await link(inputs.task.request, inputs, surroundings), env, runner);
    }
    if (inputs.task.operation === 'onboard') {
      const { startOnboarding } = await import('./onboard/start.ts');
      const result = await startOnboarding(inputs, inputs.task.onboarding, surroundings);
      return deliver(result, env, runner);
    }
    return await followUp(inputs, inputs.task.followUp, surroundings, runner);
  } finally {
    await transport.close();
  }
}

/** Makes the one link that the inputs ask for, and comments it where there is an issue. */
async function link(
  request: LinkRequest,
  inputs: Inputs,
  surroundings: Surroundings,
): Promise<LinkResult> {
  const { env, options, keep } = surroundings;
  options.log.info(introduce(request));
  const result = await makeLink(request, options);
  if (inputs.github.issueNumber === undefined && !isIssueEvent(env)) return result;
  // Whatever becomes of the comment, the link isn't lost.
  keep(result);
  const { commentOnIssue } = await import('./onboard/start.ts');
  await commentOnIssue(inputs, result, surroundings).catch((thrown) => {
    result.error ??= asLinkError(thrown);
    result.outcome = 'failed';
  });
  return result;
}

/** Brings the repository's issues up to date with their connections. */
async function followUp(
  inputs: Inputs,
  task: FollowUpInputs,
  surroundings: Surroundings,
  runner: Runner,
): Promise<boolean> {
  const { startFollowUp } = await import('./follow-up/start.ts');
  const { followUpJson, followUpSummary } = await import('./report/follow-up.ts');
  const results = await startFollowUp(inputs, task, surroundings);
  const errors = results.flatMap(({ error }) => error ?? []);
  const outcome = errors.length > 0 ? 'failed' : inputs.dryRun ? 'dry-run' : 'followed-up';
  setResults(results.map(followUpJson), outcome, runner, surroundings.env);
  runner.summary(followUpSummary(results));
  for (const error of new Set(errors)) reportError(error, runner);
  return errors.length === 0;
}

function isIssueEvent({ GITHUB_EVENT_NAME: event }: Environment): boolean {
  return event === 'issues' || event === 'issue_comment';
}

/** Tells what became of one request, wherever it is told. */
function deliver(result: LinkResult, env: Environment, runner: Runner): boolean {
  setOutputs([result], result.outcome, runner, env);
  if (result.outcome !== 'skipped') runner.summary(singleSummary(result));
  if (result.error) reportError(result.error, runner);
  else if (result.card) {
    runner.info(
      `The link works until ${result.card.expiresAt.toISOString()}. It is in the output link.${result.commentUrl ? ` The comment: ${result.commentUrl}` : ''}`,
    );
  }
  return result.outcome !== 'failed';
}

/** Says what is wrong as annotations: one for each problem with an input, one for anything else. */
function reportError(error: LinkError, runner: Runner): void {
  const problems: Array<Pick<Problem, 'code' | 'message' | 'fix'> & { input?: string }> =
    error instanceof InputError ? error.problems : [error];
  for (const { code, input, message, fix } of problems) {
    const sentence = input ? `${input} ${message}` : message;
    runner.error(`${sentence} ${fix} (${code})`, 'Connect Card Link failed');
  }
  const origin = error.cause instanceof Error ? error.cause : error;
  runner.debug(origin.stack ?? origin.message);
}

function introduce(request: LinkRequest): string {
  if (request.kind === 'existing') return `A link for connection ${request.connectionId}.`;
  const { service, groupId } = request.connection;
  return `A link for ${service} as ${connectionName(request.connection)} in group ${groupId}.`;
}
