import { asLinkError } from '../errors.ts';
import type { LinkOptions, LinkRequest, LinkResult } from '../fivetran/link.ts';
import { type Inputs, mayComment } from '../inputs.ts';
import { batchSummary, overall, reportFailures, tally } from '../report/batch.ts';
import { reportError } from '../report/deliver.ts';
import { Progress } from '../report/progress.ts';
import { setOutputs } from '../report/results.ts';
import { unsentRequest } from '../report/unsent.ts';
import { unsentMany } from '../report/unsent-many.ts';
import type { Surroundings } from '../surroundings.ts';
import { makeLinks } from './batch.ts';

type Unsent = Parameters<LinkOptions['onUnsent']>[0];

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
  const examples = new Map<string, Unsent>();
  const made = makeLinks(requests, results, {
    ...options,
    concurrency,
    stopped: () => cancellation.requested,
    onDone: (result) => progress.done(result),
    onUnsent: (request) => {
      const kind = /^\/v1\/\w+$/.test(request.path) ? 'connection' : 'card';
      if (!examples.has(kind)) examples.set(kind, request);
    },
  });
  await Promise.race([made, cancellation.over]);
  for (const result of results) cancellation.settle(result);

  setOutputs(results, overall(results), runner, env);
  if (inputs.dryRun) {
    runner.group('What would be sent', unsentMany(requests, results));
    for (const one of examples.values()) runner.group('The first of them', unsentRequest(one));
  }
  const unchanged = countUnchanged(requests, results);
  if (unchanged > 0) {
    runner.notice(
      `Connections that exist stay as they are: config and settings are ignored for ${unchanged} of them.`,
    );
  }
  runner.info(`Done: ${tally(results)}.`);
  runner.summary(batchSummary(results));
  reportFailures(results, runner);
  const commented = await commentAll(inputs, results, surroundings);
  return commented && results.every(({ error }) => !error);
}

/** How many were there already, while the request says how a new one would be. */
function countUnchanged(requests: readonly LinkRequest[], results: readonly LinkResult[]): number {
  return requests.filter((request, index) => {
    if (request.kind === 'existing' || results[index]?.created !== false) return false;
    const { config, settings } = request.connection;
    return Object.keys({ ...config, ...settings }).length > 0;
  }).length;
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
    const { commentOnIssue } = await import('../issues.ts');
    await commentOnIssue(inputs, results, surroundings);
    runner.outputs({ 'comment-url': results[0]?.commentUrl });
    return true;
  } catch (thrown) {
    runner.outputs({ outcome: 'failed' });
    reportError(asLinkError(thrown), runner);
    return false;
  }
}
