import type { Issue } from '../../github/repository.ts';
import { LinkError } from '../../model/errors.ts';
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

const CANCELLED = new LinkError(
  'cancelled',
  'The run was told to stop before this was begun.',
  'Run the job again: it goes on with the rest.',
);

/** Failures that would be the same for every issue. */
const HOPELESS: ReadonlyArray<LinkError['code']> = [
  'unauthorized',
  'github-unauthorized',
  'github-forbidden',
  'rate-limited',
  'network',
  'proxy',
  'tls',
];

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
  let breaker: LinkError | undefined;
  const waiting = [...issues];
  const worker = async () => {
    for (let issue = waiting.shift(); issue; issue = waiting.shift()) {
      if (options.stopped()) breaker ??= CANCELLED;
      const result: FollowUpResult = breaker
        ? { issue: issue.number, outcome: 'failed', changed: false, error: breaker }
        : await settle(issue, options);
      results.push(result);
      if (result.error && HOPELESS.includes(result.error.code)) breaker ??= result.error;
      tell(result, breaker, log);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, issues.length) }, worker));
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

function tell(
  { issue, outcome, changed, error }: FollowUpResult,
  breaker: LinkError | undefined,
  log: FollowUpOptions['log'],
): void {
  // Said once for all of them, at the end.
  if (error && error === breaker) return;
  if (error) log.warning(`Issue ${issue}: ${error.message} (${error.code})`);
  else if (changed) log.info(`Issue ${issue}: ${outcome}, and now says so.`);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
