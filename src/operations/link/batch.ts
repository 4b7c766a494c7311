import { type Inputs, mayComment } from '../../inputs/read-inputs.ts';
import { asLinkError } from '../../model/errors.ts';
import type { LinkRequest, LinkResult } from '../../model/link.ts';
import { batchSummary, overall, reportFailures, tally } from '../../report/batch-summary.ts';
import { dryRunRequest } from '../../report/dry-run.ts';
import { dryRunMany } from '../../report/dry-run-many.ts';
import { setOutputs } from '../../runner/outputs.ts';
import { reportError } from '../report-result.ts';
import type { RunContext } from '../run-context.ts';
import type { LinkOptions } from './make-link.ts';
import { makeLinks } from './many-links.ts';
import { Progress } from './progress.ts';

type Unsent = Parameters<LinkOptions['onDryRun']>[0];

/** Makes many links and tells what became of each; gives whether all went well. */
export async function startBatch(
  inputs: Inputs,
  requests: readonly LinkRequest[],
  surroundings: RunContext,
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
    onDryRun: (request) => {
      const kind = /^\/v1\/\w+$/.test(request.path) ? 'connection' : 'card';
      if (!examples.has(kind)) examples.set(kind, request);
    },
  });
  await Promise.race([made, cancellation.over]);
  for (const result of results) cancellation.settle(result);

  setOutputs(results, overall(results), runner, env);
  if (inputs.dryRun) {
    runner.group('What would be sent', dryRunMany(requests, results));
    for (const one of examples.values()) runner.group('The first of them', dryRunRequest(one));
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
  surroundings: RunContext,
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
