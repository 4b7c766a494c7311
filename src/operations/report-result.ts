import { InputError, type LinkError, type Problem } from '../model/errors.ts';
import { errorOf, type LinkResult } from '../model/link.ts';
import type { ListPosition } from '../model/position.ts';
import { readableTime } from '../model/readable-time.ts';
import { codeAndAddress, type Help, helpOf } from '../report/help.ts';
import { asReported, type Reported, requestName } from '../report/reported.ts';
import { overall, resultJson, singleValues } from '../report/results.ts';
import { type SummaryDetails, singleSummary } from '../report/summary.ts';
import { writeOutputs } from '../runner/outputs.ts';
import type { RunContext } from './run-context.ts';

/** What is to be reported beside the results themselves. */
export interface ReportDetails {
  /** The issue's comment that has the results as well. */
  commentUrl?: string | undefined;
  /** Whether that comment has the links. */
  hasLinks?: boolean | undefined;
  /** The finished message for the customer. */
  message?: string | undefined;
  /** What failed although no single request did: the comment, for example. */
  error?: LinkError | undefined;
  /** Where the requests stand in a list, in the order of the results. */
  positions?: ReadonlyArray<ListPosition | undefined>;
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
  const warning = outputResults(results, details, context);
  if (warning) runner.warning(warning);
  const { commentUrl, hasLinks, error, positions } = details;
  const help = shownHelp(context);
  if (commentUrl) runner.gate.protect(commentUrl);
  const summaryDetails: SummaryDetails = {
    help,
    error,
    comment: commentUrl ? { url: commentUrl, hasLinks: hasLinks === true } : undefined,
  };
  const reported = asReported(results, positions);
  const [only, ...others] = reported;
  if (only && others.length === 0 && only.result.outcome !== 'dry-run') {
    reportOne(only, summaryDetails, context);
  } else if (only) (await import('./report-many.ts')).reportMany(reported, summaryDetails, runner);
  if (error) reportError(error, context);
  return !error && results.every(({ outcome }) => outcome !== 'failed');
}

/**
 * Sets the outputs only, before more is done about results that mustn't be lost meanwhile.
 * @returns what to warn of: where the results aren't
 */
export function outputResults(
  results: readonly LinkResult[],
  { commentUrl, message, error }: ReportDetails,
  context: Reporting,
): string | undefined {
  const [only, ...others] = results;
  const values = {
    ...(only && others.length === 0 && singleValues(only)),
    'comment-url': commentUrl,
    message,
    outcome: error ? 'failed' : overall(results),
  };
  return writeOutputs(results.map(resultJson), values, context);
}

function reportOne(one: Reported, details: SummaryDetails, context: Reporting): void {
  const { result, position } = one;
  const { env, runner } = context;
  if (result.outcome === 'skipped') {
    runner.notice(`Nothing to do: ${result.reason}`);
    return;
  }
  runner.summary(singleSummary(one, details));
  const error = errorOf(result);
  if (error) reportError(error, context, position && one);
  else if (result.card) {
    const comment = details.comment ? ` The comment: ${details.comment.url}` : '';
    const until = readableTime(result.card.expiresAt);
    // In a terminal, it is the only line on standard output.
    const place = env.GITHUB_OUTPUT ? ' It is in the output link.' : '';
    runner.info(`The link works until ${until}.${place}${comment}`);
  }
}

/**
 * Reports a failure as annotations: one for each problem with an input, one for anything else.
 * @param request of a list, which the failure is about
 */
export function reportError(error: LinkError, context: Reporting, request?: Reported): void {
  const { runner } = context;
  const help = shownHelp(context);
  const about = request ? `${requestName(request)}: ` : '';
  const problems: Array<Omit<Problem, 'input'> & { input?: string }> =
    error instanceof InputError ? error.problems : [error];
  for (const { code, input, message, fix, position = request?.position } of problems) {
    const sentence = `${about}${input ? `${input} ` : ''}${message}`;
    const text = `${sentence} ${fix} ${codeAndAddress(code, help)}`;
    runner.error(text, 'Connect Card Link failed', position);
  }
  const origin = error.cause instanceof Error ? error.cause : error;
  runner.debug(origin.stack ?? origin.message);
}

/** The addresses of the documentation, which pass the gate whole. */
function shownHelp({ env, runner }: Reporting): Help {
  const help = helpOf(env);
  return (code) => {
    const address = help(code);
    if (address) runner.gate.protect(address);
    return address;
  };
}
