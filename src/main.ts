import { Cancellation } from './cancellation.ts';
import { asLinkError } from './errors.ts';
import { Connections } from './fivetran/connections.ts';
import { type LinkRequest, type LinkResult, makeLink } from './fivetran/link.ts';
import { connectionName } from './fivetran/naming.ts';
import { basicCredential, openFivetran } from './fivetran/open.ts';
import { Patience } from './http/patience.ts';
import { type Environment, type Inputs, mayComment, readAsked, readInputs } from './inputs.ts';
import { deliver } from './report/deliver.ts';
import { setOutputs } from './report/results.ts';
import type { Runner } from './report/runner.ts';
import { unsentRequest } from './report/unsent.ts';
import { readCredentials } from './request/account.ts';
import { InputReader } from './request/input-reader.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * One run of the action: reads the inputs, does what they ask for, reports.
 * @returns whether it succeeded; every failure has been reported by then
 */
export async function run(
  env: Environment,
  runner: Runner,
  cancellation = new Cancellation(),
): Promise<boolean> {
  const { apiKey, apiSecret } = readCredentials(new InputReader(env));
  if (apiSecret) {
    runner.mask(apiSecret);
    runner.mask(basicCredential(apiKey, apiSecret));
  }
  cancellation.signal.addEventListener('abort', () =>
    runner.info('Told to stop: nothing new is begun, and what is under way has 5 s to end.'),
  );
  try {
    const inputs = await readInputs(env);
    for (const warning of inputs.warnings) runner.warning(warning);
    return await work(inputs, env, runner, cancellation);
  } catch (error) {
    const result = { asked: readAsked(env), outcome: 'failed' as const, error: asLinkError(error) };
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
  const patience = new Patience(inputs.maxWait, cancellation.signal);
  const way = { patience, env, log: runner };
  const { traffic } = one ? {} : await import('./batch/traffic.ts');
  const transport = openFivetran(inputs, {
    ...way,
    ...traffic?.(requests, inputs.concurrency, way),
  });
  const surroundings: Surroundings = {
    env,
    runner,
    cancellation,
    options: {
      connections: new Connections(transport, inputs.api),
      patience,
      onExisting: inputs.onExisting,
      dryRun: inputs.dryRun,
      log: runner,
      onCard: ({ link, token }) => {
        if (!maskLink) return;
        runner.mask(link);
        runner.mask(token);
      },
      onUnsent: (request) => runner.group('What would be sent', unsentRequest(request)),
    },
    keep: (result) => setOutputs([result], result.outcome, runner, env),
  };
  try {
    if (task.operation === 'follow-up') {
      const { startFollowUp } = await import('./issues.ts');
      return await startFollowUp(inputs, task.followUp, surroundings);
    }
    if (!one) {
      const { startBatch } = await import('./batch/start.ts');
      return await startBatch(inputs, requests, surroundings);
    }
    const result: LinkResult = { asked: requests[0]?.asked ?? {}, outcome: 'failed' };
    const ended =
      task.operation === 'link'
        ? link(task.requests[0] as LinkRequest, inputs, surroundings, result)
        : import('./issues.ts').then(({ startOnboarding }) =>
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
  surroundings: Surroundings,
  result: LinkResult,
): Promise<void> {
  const { env, options, keep } = surroundings;
  options.log.info(introduce(request));
  await makeLink(request, options, result);
  if (!mayComment(inputs, env)) return;
  // Whatever becomes of the comment, the link isn't lost.
  keep(result);
  const { commentOnIssue } = await import('./issues.ts');
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
