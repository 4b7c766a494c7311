import { Connections } from './fivetran/connections.ts';
import { basicCredential, openFivetran } from './fivetran/open.ts';
import { WaitBudget } from './http/wait-budget.ts';
import { readCredentials } from './inputs/account.ts';
import { InputReader } from './inputs/input-reader.ts';
import { type Inputs, mayComment, readInputs, readTarget } from './inputs/read-inputs.ts';
import { connectionName } from './model/connection.ts';
import type { Environment } from './model/environment.ts';
import { asLinkError, InputError } from './model/errors.ts';
import type { LinkRequest, LinkResult } from './model/link.ts';
import { makeLink } from './operations/link/make-link.ts';
import { deliver } from './operations/report-result.ts';
import type { RunContext } from './operations/run-context.ts';
import { dryRunRequest } from './report/dry-run.ts';
import { Cancellation } from './runner/cancellation.ts';
import { setOutputs } from './runner/outputs.ts';
import type { Runner } from './runner/runner.ts';
import { keepYoungGenerationSmall } from './runner/v8.ts';

/**
 * One run of the action: reads the inputs, does what they ask for, reports.
 * @returns whether it succeeded; every failure has been reported by then
 */
export async function run(
  env: Environment,
  runner: Runner,
  cancellation = new Cancellation(),
): Promise<boolean> {
  const read = new InputReader(env);
  const { apiKey, apiSecret, previousApiSecret } = readCredentials(read);
  if (previousApiSecret) runner.mask(previousApiSecret);
  if (apiSecret) {
    runner.mask(apiSecret);
    runner.mask(basicCredential(apiKey, apiSecret));
  }
  cancellation.signal.addEventListener('abort', () =>
    runner.info('Told to stop: nothing new is begun, and what is under way has 5 s to end.'),
  );
  if (read.text('requests')) keepYoungGenerationSmall();
  try {
    const inputs = await readInputs(env);
    for (const warning of inputs.warnings) runner.warning(warning);
    return await work(inputs, env, runner, cancellation);
  } catch (error) {
    for (const warning of error instanceof InputError ? error.warnings : [])
      runner.warning(warning);
    const result = {
      asked: readTarget(env),
      outcome: 'failed' as const,
      error: asLinkError(error),
    };
    return deliver(result, env, runner);
  }
}

/** Opens the way to Fivetran, and has the operation do its work. */
async function work(
  inputs: Inputs,
  env: Environment,
  runner: Runner,
  cancellation: Cancellation,
): Promise<boolean> {
  const { task, maskLink } = inputs;
  const requests = task.operation === 'link' ? task.requests : [];
  const one = requests.length === 1 || task.operation === 'onboard';
  const budget = new WaitBudget(inputs.maxWait, cancellation.signal);
  const way = { budget, env, log: runner };
  const { traffic } = one ? {} : await import('./operations/link/traffic.ts');
  const transport = openFivetran(inputs, {
    ...way,
    ...traffic?.(requests, inputs.concurrency, way),
  });
  const surroundings: RunContext = {
    env,
    runner,
    cancellation,
    options: {
      connections: new Connections(transport, inputs.api),
      budget,
      onExisting: inputs.onExisting,
      dryRun: inputs.dryRun,
      log: runner,
      onCard: ({ link, token }) => {
        if (!maskLink) return;
        runner.mask(link);
        runner.mask(token);
      },
      onDryRun: (request) => runner.group('What would be sent', dryRunRequest(request)),
    },
    keep: (result) => setOutputs([result], result.outcome, runner, env),
  };
  try {
    if (task.operation === 'follow-up') {
      const { startFollowUp } = await import('./operations/issues.ts');
      return await startFollowUp(inputs, task.followUp, surroundings);
    }
    if (!one) {
      const { startBatch } = await import('./operations/link/batch.ts');
      return await startBatch(inputs, requests, surroundings);
    }
    const result: LinkResult = { asked: requests[0]?.asked ?? {}, outcome: 'failed' };
    const ended =
      task.operation === 'link'
        ? link(task.requests[0] as LinkRequest, inputs, surroundings, result)
        : import('./operations/issues.ts').then(({ startOnboarding }) =>
            startOnboarding(inputs, task.onboarding, surroundings, result),
          );
    await Promise.race([ended, cancellation.over]);
    cancellation.settle(result);
    return deliver(result, env, runner);
  } finally {
    await transport.close();
  }
}

/** Makes the one link that the inputs ask for, and comments it where there is an issue. */
async function link(
  request: LinkRequest,
  inputs: Inputs,
  surroundings: RunContext,
  result: LinkResult,
): Promise<void> {
  const { env, options, keep } = surroundings;
  options.log.info(introduce(request));
  await makeLink(request, options, result);
  if (!mayComment(inputs, env)) return;
  // Whatever becomes of the comment, the link isn't lost.
  keep(result);
  const { commentOnIssue } = await import('./operations/issues.ts');
  await commentOnIssue(inputs, [result], surroundings).catch((thrown) => {
    result.error ??= asLinkError(thrown);
    result.outcome = 'failed';
  });
}

function introduce(request: LinkRequest): string {
  if (request.kind === 'existing') return `A link for connection ${request.connectionId}.`;
  const { service, groupId } = request.connection;
  return `A link for ${service} as ${connectionName(request.connection)} in group ${groupId}.`;
}
