import { InputError, type LinkError, type Problem } from '../model/errors.ts';
import { errorOf, type LinkResult } from '../model/link.ts';
import { overall, resultJson, singleValues } from '../report/results.ts';
import { singleSummary } from '../report/summary.ts';
import { writeOutputs } from '../runner/outputs.ts';
import type { Runner } from '../runner/runner.ts';
import type { RunContext } from './run-context.ts';

/** What is to be reported beside the results themselves. */
export interface ReportDetails {
  /** The comment that has the results as well. */
  commentUrl?: string | undefined;
  /** The finished message for the customer. */
  message?: string | undefined;
  /** What failed although no single request did: the comment, for example. */
  error?: LinkError | undefined;
}

type Reporting = Pick<RunContext, 'env' | 'runner'>;

/**
 * Reports the results of a run everywhere: outputs, summary, annotations, log.
 * @param results final ones; the single-value outputs are set when there is exactly one
 * @returns whether all went well
 */
export async function reportResults(
  results: readonly LinkResult[],
  details: ReportDetails,
  context: Reporting,
): Promise<boolean> {
  const { runner } = context;
  const fits = outputResults(results, details, context);
  if (!fits) {
    runner.warning(
      'The output results is too large for GitHub, so it is left out: read results-file instead.',
    );
  }
  const [only, ...others] = results;
  if (only && others.length === 0) await reportOne(only, details, runner);
  else if (only) await (await import('./report-many.ts')).reportMany(results, runner);
  if (details.error) reportError(details.error, runner);
  return !details.error && results.every(({ outcome }) => outcome !== 'failed');
}

/**
 * Sets the outputs only, before more is done about results that mustn't be lost meanwhile.
 * @returns whether the results fit into an output; otherwise only `results-file` has them
 */
export function outputResults(
  results: readonly LinkResult[],
  { commentUrl, message, error }: ReportDetails,
  context: Reporting,
): boolean {
  const [only, ...others] = results;
  const values = {
    ...(only && others.length === 0 && singleValues(only)),
    'comment-url': commentUrl,
    message,
    outcome: error ? 'failed' : overall(results),
  };
  return writeOutputs(results.map(resultJson), values, context);
}

async function reportOne(
  result: LinkResult,
  { commentUrl }: ReportDetails,
  runner: Runner,
): Promise<void> {
  if (result.outcome === 'skipped') {
    runner.notice(`Nothing to do: ${result.reason}`);
    return;
  }
  if (result.outcome === 'dry-run' && result.unsent) {
    const { dryRunRequest } = await import('../report/dry-run.ts');
    runner.group('What would be sent', dryRunRequest(result.unsent));
  }
  runner.summary(singleSummary(result, commentUrl));
  const error = errorOf(result);
  if (error) reportError(error, runner);
  else if (result.card) {
    const comment = commentUrl ? ` The comment: ${commentUrl}` : '';
    const until = result.card.expiresAt.toISOString();
    runner.info(`The link works until ${until}. It is in the output link.${comment}`);
  }
}

/** Reports a failure as annotations: one for each problem with an input, one for anything else. */
export function reportError(error: LinkError, runner: Runner): void {
  const problems: Array<Pick<Problem, 'code' | 'message' | 'fix'> & { input?: string }> =
    error instanceof InputError ? error.problems : [error];
  for (const { code, input, message, fix } of problems) {
    const sentence = input ? `${input} ${message}` : message;
    runner.error(`${sentence} ${fix} (${code})`, 'Connect Card Link failed');
  }
  const origin = error.cause instanceof Error ? error.cause : error;
  runner.debug(origin.stack ?? origin.message);
}
