import { hasLabel } from '../../github/issue.ts';
import type { Snapshot } from '../../github/snapshot.ts';
import type { FollowUpResult } from '../../model/follow-up.ts';
import type { Runner } from '../../runner/runner.ts';
import { CircuitBreaker } from '../circuit-breaker.ts';
import { inParallel } from '../workers.ts';
import { readSetupStates } from './setup-states.ts';
import { type FollowUp, updateIssue } from './update-issue.ts';

export interface FollowUpOptions extends FollowUp {
  /** The one issue to follow up; undefined for all. */
  issueNumber: number | undefined;
  /** How many issues are worked on at the same time. */
  concurrency: number;
  /** Whether nothing new is to be begun. */
  stopped(): boolean;
  log: Pick<Runner, 'info' | 'notice' | 'warning'>;
}

/**
 * Brings all open issues with the approving label up to date. One that fails doesn't stop the others,
 * unless they would fail alike.
 * @param onResult told of each issue when it is done
 * @throws LinkError when the issues can't be listed
 */
export async function followUp(
  options: FollowUpOptions,
  onResult: (result: FollowUpResult) => void,
): Promise<void> {
  const { log, concurrency, connections, stopped } = options;
  const issues = await issuesToFollow(options);
  log.info(`Following up ${count(issues.length, 'issue')}.`);
  const entries = issues.flatMap((issue) => issue.entries);
  const states = await readSetupStates(entries, connections, concurrency, stopped);
  const breaker = new CircuitBreaker();
  await inParallel(
    issues,
    concurrency,
    async (snapshot) => {
      const error = breaker.refusal();
      const result = error
        ? notBegun(snapshot, error)
        : await updateIssue(snapshot, states, options);
      if (!error) breaker.observe(result.error);
      if (result.error && !error) {
        log.warning(`Issue ${result.issue}: ${result.error.message} (${result.error.code})`);
      } else if (result.changed)
        log.info(`Issue ${result.issue}: ${result.outcome}, and now says so.`);
      onResult(result);
    },
    { stopped },
  );
}

async function issuesToFollow({
  place,
  task,
  issueNumber,
  log,
}: FollowUpOptions): Promise<Snapshot[]> {
  const { repository } = place;
  if (issueNumber !== undefined) {
    const snapshot = await place.thread(issueNumber).read();
    if (snapshot.issue.open && hasLabel(snapshot.issue, task.label)) return [snapshot];
    log.notice(`Issue ${issueNumber} isn't an open issue with the label ${task.label}.`);
    return [];
  }
  // A list that changes while its pages are read may name an issue twice.
  const issues = new Map<number, Snapshot>();
  for await (const pages of repository.openIssues(task.label)) {
    for (const page of pages) {
      const { number } = page.issue;
      if (!issues.has(number)) issues.set(number, await place.thread(number).complete(page));
    }
  }
  return [...issues.values()];
}

function notBegun(
  { issue }: Snapshot,
  error: NonNullable<FollowUpResult['error']>,
): FollowUpResult {
  const cards = new Map();
  return { issue: issue.number, outcome: 'failed', changed: false, entries: [], cards, error };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
