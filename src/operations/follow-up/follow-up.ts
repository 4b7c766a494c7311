import { hasLabel, type IssuePage } from '../../github/issue.ts';
import type { Snapshot } from '../../github/snapshot.ts';
import { asLinkError, LinkError, NotBegun } from '../../model/errors.ts';
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
  const breaker = new CircuitBreaker();
  const warned = new Set<LinkError>();
  const report = (result: FollowUpResult) => {
    const { issue, error, outcome, changed } = result;
    if (!(error instanceof NotBegun)) breaker.observe(error);
    // Issues whose group can't be listed fail alike: that is said once.
    if (error && !(error instanceof NotBegun) && !warned.has(error)) {
      warned.add(error);
      log.warning(`Issue ${issue}: ${error.message} (${error.code})`);
    }
    if (!error && changed) log.info(`Issue ${issue}: ${outcome}, and now says so.`);
    onResult(result);
  };
  const issues: Snapshot[] = [];
  for await (const pages of issuesToFollow(options)) {
    await inParallel(
      pages,
      concurrency,
      async (page) => {
        const snapshot = breaker.refusal() ?? (await complete(page, options));
        if (snapshot instanceof LinkError) report(failed(page, snapshot));
        else issues.push(snapshot);
      },
      { stopped },
    );
    if (stopped()) return;
  }
  log.info(`Following up ${count(issues.length, 'issue')}.`);
  const entries = issues.flatMap((issue) => issue.entries);
  const states = await readSetupStates(entries, connections, concurrency, stopped);
  await inParallel(
    issues,
    concurrency,
    async (snapshot) => {
      const error = breaker.refusal();
      report(error ? failed(snapshot, error) : await updateIssue(snapshot, states, options));
    },
    { stopped },
  );
}

/** The issues to follow up, a page at a time, each once. */
async function* issuesToFollow({
  github: { repository },
  task,
  issueNumber,
  log,
}: FollowUpOptions): AsyncGenerator<IssuePage[]> {
  if (issueNumber !== undefined) {
    const page = await repository.issue(issueNumber);
    if (page.issue.open && hasLabel(page.issue, task.label)) yield [page];
    else log.notice(`Issue ${issueNumber} isn't an open issue with the label ${task.label}.`);
    return;
  }
  // A list that changes while its pages are read may name an issue twice.
  const seen = new Set<number>();
  for await (const pages of repository.openIssues(task.label)) {
    yield pages.filter(({ issue }) => !seen.has(issue.number));
    for (const { issue } of pages) seen.add(issue.number);
  }
}

/** The whole of an issue, or why it can't be read. */
function complete(page: IssuePage, { github }: FollowUpOptions): Promise<Snapshot | LinkError> {
  return github.thread(page.issue.number).complete(page).catch(asLinkError);
}

function failed({ issue }: Pick<IssuePage, 'issue'>, error: LinkError): FollowUpResult {
  const cards = new Map();
  return { issue: issue.number, outcome: 'failed', changed: false, entries: [], cards, error };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
