import { nameFromType } from '../../fivetran/service-names.ts';
import type { Inputs } from '../../inputs/read-inputs.ts';
import { connectionName } from '../../model/connection.ts';
import { asFailed, type LinkRequest, type LinkResult } from '../../model/link.ts';
import { customerMessage } from '../../report/message.ts';
import { reportResults } from '../report-result.ts';
import { ResultsSoFar } from '../results-so-far.ts';
import type { RunContext } from '../run-context.ts';
import { createLink } from './create-link.ts';
import { createLinks } from './create-links.ts';
import type { LinkJob } from './link-job.ts';

/**
 * Creates the one link that the inputs ask for, comments it where the run has an issue, and reports it.
 * @returns whether all went well
 */
export async function linkOne(
  request: LinkRequest,
  inputs: Inputs,
  context: RunContext,
): Promise<boolean> {
  const { runner, budget } = context;
  runner.info(introduce(request));
  const results = new ResultsSoFar([request.target], context.maskCard);
  const job: LinkJob = {
    requests: [request],
    results,
    create: async (numbers, connections) => {
      const linkContext = { connections, lookUp: connections, budget, policy: inputs, log: runner };
      for (const number of numbers) {
        results.finish(number, await createLink(request, linkContext, results.start(number)));
      }
    },
  };
  const { error, ...details } = await createLinks(job, inputs, context);
  const all = results.cancelled().map((result) => (error ? asFailed(result, error) : result));
  const message = all.map((result) => messageOf(result, inputs))[0];
  return reportResults(all, { ...details, message, positions: [request.position] }, context);
}

/** The message for the customer, where there is a link to send. */
function messageOf({ card, connection }: LinkResult, { github }: Inputs): string | undefined {
  if (!card || !connection) return undefined;
  const source = { ...card, title: nameFromType(connection.service) };
  return customerMessage(github.message, [source], undefined);
}

function introduce(request: LinkRequest): string {
  if (request.kind === 'existing') return `A link for connection ${request.connectionId}.`;
  const { service, groupId } = request.connection;
  return `A link for ${service} as ${connectionName(request.connection)} in group ${groupId}.`;
}
