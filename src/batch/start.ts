import { asLinkError } from '../errors.ts';
import type { LinkRequest, LinkResult } from '../fivetran/link.ts';
import { connectionName } from '../fivetran/naming.ts';
import { type Inputs, mayComment } from '../inputs.ts';
import { batchSummary, overall, reportFailures, tally } from '../report/batch.ts';
import { reportError } from '../report/deliver.ts';
import { Progress } from '../report/progress.ts';
import { setOutputs } from '../report/results.ts';
import type { Surroundings } from '../surroundings.ts';
import { makeLinks } from './batch.ts';

/** What a dry run would send, as far as anybody reads that in a log. */
const MOST_UNSENT = 50;

/** Makes many links and tells what became of each; gives whether all went well. */
export async function startBatch(
  inputs: Inputs,
  requests: readonly LinkRequest[],
  surroundings: Surroundings,
): Promise<boolean> {
  const { options, cancellation, runner, env } = surroundings;
  const { concurrency } = inputs;
  runner.info(`${requests.length} links, at most ${concurrency} requests at a time.`);
  const results = requests.map(({ asked }): LinkResult => ({ asked, outcome: 'failed' }));
  const progress = new Progress(requests.length, (line) => runner.info(line));
  const made = makeLinks(requests, results, {
    ...options,
    concurrency,
    stopped: () => cancellation.requested,
    onDone: (result) => progress.done(result),
    onUnsent: () => {},
  });
  await Promise.race([made, cancellation.over]);
  for (const result of results) cancellation.settle(result);

  setOutputs(results, overall(results), runner, env);
  if (inputs.dryRun) runner.group('What would be sent', unsentLines(requests, results));
  runner.info(`Done: ${tally(results)}.`);
  runner.summary(batchSummary(results));
  reportFailures(results, runner);
  const commented = await commentAll(inputs, results, surroundings);
  return commented && results.every(({ error }) => !error);
}

/** One line for each request that a dry run holds back. */
function unsentLines(requests: readonly LinkRequest[], results: readonly LinkResult[]): string[] {
  const lines = requests.flatMap((request, index) => {
    const { outcome, connection } = results[index] as LinkResult;
    if (outcome !== 'dry-run') return [];
    if (connection) return `a card for ${connection.name} (${connection.id})`;
    if (request.kind === 'existing') return `a card for ${request.connectionId}`;
    const { service, groupId } = request.connection;
    return `a connection: ${service} as ${connectionName(request.connection)} in ${groupId}`;
  });
  const more = lines.length - MOST_UNSENT;
  return more > 0 ? [...lines.slice(0, MOST_UNSENT), `and ${more} more`] : lines;
}

/** Comments the links where there is an issue; gives whether that went well. */
async function commentAll(
  inputs: Inputs,
  results: readonly LinkResult[],
  surroundings: Surroundings,
): Promise<boolean> {
  const { env, runner, cancellation } = surroundings;
  if (!mayComment(inputs, env) || cancellation.requested) return true;
  try {
    const { commentOnIssue } = await import('../onboard/start.ts');
    await commentOnIssue(inputs, results, surroundings);
    return true;
  } catch (thrown) {
    reportError(asLinkError(thrown), runner);
    return false;
  }
}
