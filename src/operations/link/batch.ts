import type { Connections } from '../../fivetran/connections.ts';
import { Listing } from '../../fivetran/listing.ts';
import type { Inputs } from '../../inputs/read-inputs.ts';
import { connectionName } from '../../model/connection.ts';
import { errorOf, type LinkRequest, type LinkResult } from '../../model/link.ts';
import type { Runner } from '../../runner/runner.ts';
import { CircuitBreaker } from '../circuit-breaker.ts';
import { reportResults } from '../report-result.ts';
import { ResultsSoFar } from '../results-so-far.ts';
import type { RunContext } from '../run-context.ts';
import { inParallel } from '../workers.ts';
import { createLink } from './create-link.ts';
import { createLinks } from './create-links.ts';
import type { LinkJob } from './link-job.ts';
import { Progress } from './progress.ts';

/**
 * Creates many links, comments them where the run has an issue, and reports each.
 * @returns whether all went well
 */
export async function linkMany(
  requests: readonly LinkRequest[],
  inputs: Inputs,
  context: RunContext,
): Promise<boolean> {
  const { runner } = context;
  runner.info(`${requests.length} links, at most ${inputs.concurrency} requests at a time.`);
  const soFar = new ResultsSoFar(
    requests.map(({ target }) => target),
    context.maskCard,
  );
  const details = await createLinks(jobOf(requests, soFar, inputs, context), inputs, context);
  const results = soFar.cancelled();
  const unchanged = countUnchanged(requests, results);
  if (unchanged > 0) {
    runner.notice(
      `Existing connections stay as they are: config and settings are ignored for ${unchanged} of them.`,
    );
  }
  const positions = requests.map(({ position }) => position);
  return reportResults(results, { ...details, positions }, context);
}

/**
 * Creates links in the order of the list but several at a time. One that fails doesn't stop the others,
 * unless they would fail alike: then they fail without being sent.
 */
function jobOf(
  requests: readonly LinkRequest[],
  results: ResultsSoFar,
  inputs: Inputs,
  context: RunContext,
): LinkJob {
  const { runner, cancellation, budget } = context;
  const names = new Set(
    requests.map((request) => request.kind === 'named' && connectionName(request.connection)),
  );
  const lookUp = new Listing(context.connections, (name) => names.has(name));
  const progress = new Progress(requests.length, (line) => runner.info(line));
  const breaker = new CircuitBreaker();
  const createOne = async (number: number, connections: Connections) => {
    const request = requests[number] as LinkRequest;
    const group = request.kind === 'named' ? request.connection.groupId : undefined;
    const refusal = breaker.refusal(group);
    let result: LinkResult;
    if (refusal) result = { target: request.target, outcome: 'failed', error: refusal };
    else {
      const linkContext = { connections, lookUp, budget, policy: inputs, log: quiet(runner) };
      result = await createLink(request, linkContext, results.start(number));
      breaker.observe(errorOf(result), group);
    }
    results.finish(number, result);
    progress.done(result);
  };
  return {
    requests,
    results,
    create: (numbers, connections) =>
      inParallel(numbers, inputs.concurrency, (number) => createOne(number, connections), {
        stopped: () => cancellation.requested,
      }),
  };
}

/** A log for one among many: its details are for those who look for them. */
function quiet({ debug }: Pick<Runner, 'debug'>) {
  return { info: debug, notice: debug, warning: debug };
}

/** How many existed already, while the request says how a new one would be. */
function countUnchanged(requests: readonly LinkRequest[], results: readonly LinkResult[]): number {
  return requests.filter((request, index) => {
    if (request.kind === 'existing' || results[index]?.created !== false) return false;
    const { config, settings } = request.connection;
    return Object.keys({ ...config, ...settings }).length > 0;
  }).length;
}
