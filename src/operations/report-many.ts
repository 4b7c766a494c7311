import { batchSummary } from '../report/batch-summary.ts';
import { dryRunRequest } from '../report/dry-run.ts';
import { dryRunMany, firstRequests } from '../report/dry-run-many.ts';
import type { Reported } from '../report/reported.ts';
import { tally } from '../report/results.ts';
import { failureLines } from '../report/shared-failures.ts';
import type { SummaryDetails } from '../report/summary.ts';
import type { Runner } from '../runner/runner.ts';

/** Reports several results, or what a dry run held back, to people: log, summary, annotations. */
export function reportMany(
  reported: readonly Reported[],
  details: SummaryDetails,
  runner: Runner,
): void {
  const results = reported.map(({ result }) => result);
  const requests = dryRunMany(results);
  if (requests.length > 0) runner.group('What would be sent', requests);
  for (const request of firstRequests(results)) {
    const title = results.length > 1 ? 'The first of them' : 'The request';
    runner.group(title, dryRunRequest(request));
  }
  if (results.length > 1) runner.info(`Done: ${tally(results)}.`);
  runner.summary(batchSummary(reported, details));
  const { lines, more } = failureLines(reported, details.help);
  for (const { text, position } of lines) {
    runner.error(text, 'Connect Card Link failed', position);
  }
  if (more > 0) runner.info(`${more} more failures are in the summary.`);
}
