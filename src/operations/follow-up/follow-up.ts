import type { Issue } from '../../github/repository.ts';
import { cancelled, type LinkError, NotBegun } from '../../model/errors.ts';
import { CircuitBreaker } from '../circuit-breaker.ts';
import { inParallel } from '../workers.ts';
import { type FollowUp, type FollowUpResult, settle } from './update-issue.ts';

export interface FollowUpOptions extends FollowUp {
  /** The one issue to follow up; undefined for all. */
  issueNumber: number | undefined;
  /** How many issues are seen to at the same time. */
  concurrency: number;
  /** Whether nothing new is to be begun. */
  stopped(): boolean;
  log: { info(line: string): void; notice(line: string): void; warning(line: string): void };
}

/**
 * Brings all open issues with the approving label up to date. One that fails doesn't stop the others,
 * unless they would fail alike.
 * @param results filled in as issues are done
 * @throws LinkError when the issues can't be listed
 */
export async function followUp(results: FollowUpResult[], options: FollowUpOptions): Promise<void> {
  const { log, concurrency } = options;
  const issues = await issuesToFollow(options);
  log.info(`Following up ${count(issues.length, 'issue')}.`);
  const breaker = new CircuitBreaker();
  const failed = ({ number }: Issue, error: LinkError): FollowUpResult => ({
    issue: number,
    outcome: 'failed',
    changed: false,
    error,
  });
  const rest = new Set(issues);
  const work = async (issue: Issue) => {
    rest.delete(issue);
    const refusal = breaker.refusal();
    const result = refusal ? failed(issue, refusal) : await settle(issue, options);
    if (!refusal) breaker.observe(result.error);
    results.push(result);
    report(result, log);
  };
  await inParallel(issues, concurrency, work, options);
  const error = cancelled('The run was cancelled before this was begun.');
  for (const issue of rest) results.push(failed(issue, error));
}

async function issuesToFollow(options: FollowUpOptions): Promise<Issue[]> {
  const { place, inputs, issueNumber, log } = options;
  if (issueNumber === undefined) {
    const issues = await place.repository.openIssues(inputs.label);
    // A list that changes while its pages are read may name an issue twice.
    return [...new Map(issues.map((issue) => [issue.number, issue])).values()];
  }
  const issue = await place.repository.issue(issueNumber);
  const labelled = issue.labels.some((one) => one.toLowerCase() === inputs.label.toLowerCase());
  if (issue.open && labelled && !issue.pullRequest) return [issue];
  log.notice(`Issue ${issueNumber} isn't an open issue with the label ${inputs.label}.`);
  return [];
}

function report(
  { issue, outcome, changed, error }: FollowUpResult,
  log: FollowUpOptions['log'],
): void {
  // That is reported once for all of them, at the end.
  if (error instanceof NotBegun) return;
  if (error) log.warning(`Issue ${issue}: ${error.message} (${error.code})`);
  else if (changed) log.info(`Issue ${issue}: ${outcome}, and now says so.`);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
