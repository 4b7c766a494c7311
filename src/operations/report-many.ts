import type { LinkResult } from '../model/link.ts';
import { batchSummary, failureLines } from '../report/batch-summary.ts';
import { dryRunRequest } from '../report/dry-run.ts';
import { dryRunMany, firstUnsent } from '../report/dry-run-many.ts';
import { tally } from '../report/results.ts';
import type { Runner } from '../runner/runner.ts';

/** Reports several results to people: log, summary, annotations. */
export function reportMany(results: readonly LinkResult[], runner: Runner): void {
  const unsent = dryRunMany(results);
  if (unsent.length > 0) runner.group('What would be sent', unsent);
  for (const request of firstUnsent(results)) {
    runner.group('The first of them', dryRunRequest(request));
  }
  runner.info(`Done: ${tally(results)}.`);
  runner.summary(batchSummary(results));
  const { lines, more } = failureLines(results);
  for (const line of lines) runner.error(line, 'Connect Card Link failed');
  if (more > 0) runner.info(`${more} more failures are in the summary.`);
}
