import { Listing } from '../../fivetran/listing.ts';
import { type Inputs, mayComment } from '../../inputs/read-inputs.ts';
import { connectionName } from '../../model/connection.ts';
import { asLinkError, cancelled } from '../../model/errors.ts';
import { errorOf, type LinkRequest, type LinkResult } from '../../model/link.ts';
import type { Runner } from '../../runner/runner.ts';
import { CircuitBreaker } from '../circuit-breaker.ts';
import { outputResults, type ReportDetails, reportResults } from '../report-result.ts';
import { ResultsSoFar } from '../results-so-far.ts';
import type { RunContext } from '../run-context.ts';
import { inParallel } from '../workers.ts';
import { createLink } from './create-link.ts';
import { Progress } from './progress.ts';

const NOT_COMMENTED =
  "What was created is in the step's outputs, but the run was cancelled before it could be commented.";

/**
 * Creates many links, comments them where the run has an issue, and reports each.
 * @returns whether all went well
 */
export async function linkMany(
  requests: readonly LinkRequest[],
  inputs: Inputs,
  context: RunContext,
): Promise<boolean> {
  const { runner, cancellation, maskCard } = context;
  runner.info(`${requests.length} links, at most ${inputs.concurrency} requests at a time.`);
  const soFar = new ResultsSoFar(
    requests.map(({ target }) => target),
    maskCard,
  );
  await Promise.race([createLinks(requests, inputs, context, soFar), cancellation.over]);
  const results = soFar.cancelled();
  const unchanged = countUnchanged(requests, results);
  if (unchanged > 0) {
    runner.notice(
      `Existing connections stay as they are: config and settings are ignored for ${unchanged} of them.`,
    );
  }
  const positions = requests.map(({ position }) => position);
  const details = await Promise.race([
    comment(results, requests, inputs, context),
    cancellation.over.then(() => ({ error: cancelled(NOT_COMMENTED) })),
  ]);
  return reportResults(results, { ...details, positions }, context);
}

/**
 * Creates links for many requests, in the order of the list but several at a time. One that fails
 * doesn't stop the others, unless they would fail alike: then they fail without being sent.
 */
async function createLinks(
  requests: readonly LinkRequest[],
  inputs: Inputs,
  { runner, cancellation, connections, budget }: RunContext,
  results: ResultsSoFar,
): Promise<void> {
  const names = new Set(
    requests.map((request) => request.kind === 'named' && connectionName(request.connection)),
  );
  const lookUp = new Listing(connections, (name) => names.has(name));
  const making = { connections, lookUp, budget, policy: inputs, log: quiet(runner) };
  const progress = new Progress(requests.length, (line) => runner.info(line));
  const breaker = new CircuitBreaker();
  const work = async (request: LinkRequest, index: number) => {
    const group = request.kind === 'named' ? request.connection.groupId : undefined;
    const refusal = breaker.refusal(group);
    let result: LinkResult;
    if (refusal) result = { target: request.target, outcome: 'failed', error: refusal };
    else {
      result = await createLink(request, making, results.start(index));
      breaker.observe(errorOf(result), group);
    }
    results.finish(index, result);
    progress.done(result);
  };
  const stopped = () => cancellation.requested;
  await inParallel(requests, inputs.concurrency, work, { stopped });
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

/** Comments the links where the run has an issue. A failure there is one of the whole run. */
async function comment(
  results: readonly LinkResult[],
  requests: readonly LinkRequest[],
  inputs: Inputs,
  context: RunContext,
): Promise<ReportDetails> {
  if (!mayComment(inputs, context.env) || context.cancellation.requested) return {};
  // Whatever happens to the comment, the links aren't lost.
  outputResults(results, {}, context);
  try {
    const { handOver } = await import('../issues.ts');
    return (await handOver(results, requests, inputs, context)) ?? {};
  } catch (thrown) {
    return { error: asLinkError(thrown) };
  }
}
