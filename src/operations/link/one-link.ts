import type { Connections } from '../../fivetran/connections.ts';
import { type Inputs, mayComment } from '../../inputs/read-inputs.ts';
import { connectionName } from '../../model/connection.ts';
import type { LinkRequest, LinkResult } from '../../model/link.ts';
import { customerMessage, titleFromType } from '../../report/message.ts';
import { type ReportDetails, reportResults } from '../report-result.ts';
import { ResultsSoFar } from '../results-so-far.ts';
import type { RunContext } from '../run-context.ts';
import { createLink } from './create-link.ts';

/**
 * Creates the one link that the inputs ask for, comments it where the run has an issue, and reports it.
 * @returns whether all went well
 */
export async function linkOne(
  request: LinkRequest,
  inputs: Inputs,
  context: RunContext,
): Promise<boolean> {
  context.runner.info(introduce(request));
  const results = new ResultsSoFar([request.target], context.maskCard);
  const details = await Promise.race([
    work(request, inputs, context, results),
    context.cancellation.over,
  ]);
  const positions = [request.position];
  return reportResults(results.cancelled(), { ...details, positions }, context);
}

async function work(
  request: LinkRequest,
  inputs: Inputs,
  context: RunContext,
  results: ResultsSoFar,
): Promise<ReportDetails> {
  const { runner, budget } = context;
  const create = async (connections: Connections) => {
    const making = { connections, lookUp: connections, budget, policy: inputs, log: runner };
    const result = await createLink(request, making, results.start(0));
    results.finish(0, result);
    return result;
  };
  if (!mayComment(inputs, context.env)) {
    return { message: messageOf(await create(context.connections), inputs) };
  }
  const { createOnIssue } = await import('../issues.ts');
  const { result, ...details } = await createOnIssue(request, inputs, context, create);
  results.finish(0, result);
  return { ...details, message: messageOf(result, inputs) };
}

/** The message for the customer, where there is a link to send. */
function messageOf({ card, connection }: LinkResult, { github }: Inputs): string | undefined {
  if (!card || !connection) return undefined;
  const source = { ...card, title: titleFromType(connection.service) };
  return customerMessage(github.message, [source], undefined);
}

function introduce(request: LinkRequest): string {
  if (request.kind === 'existing') return `A link for connection ${request.connectionId}.`;
  const { service, groupId } = request.connection;
  return `A link for ${service} as ${connectionName(request.connection)} in group ${groupId}.`;
}
