import { hasLabel, type IssuePage, type UnreadableIssue } from '../../github/issue.ts';
import type { Snapshot } from '../../github/snapshot.ts';
import type { FollowUpInputs } from '../../inputs/follow-up-inputs.ts';
import { asLinkError, LinkError, NotBegun } from '../../model/errors.ts';
import type { FollowUpResult } from '../../model/follow-up.ts';
import { type Entry, nameOf } from '../../model/issue-record.ts';
import type { Runner } from '../../runner/runner.ts';
import { CircuitBreaker } from '../circuit-breaker.ts';
import { inParallel } from '../workers.ts';
import { isToStart } from './changes.ts';
import type { FollowUp } from './job.ts';
import { outageIn, readSetupStates } from './setup-states.ts';
import { updateIssue } from './update-issue.ts';

export interface FollowUpOptions extends FollowUp {
  /** The one issue to follow up; undefined for all. */
  issueNumber: number | undefined;
  log: Pick<Runner, 'info' | 'notice' | 'warning'>;
}

/**
 * Brings all open issues with the approving label up to date. One that fails doesn't stop the others,
 * unless they would fail alike.
 * @throws LinkError when not all issues can be listed, after those that could are up to date
 */
export async function followUp(options: FollowUpOptions): Promise<void> {
  const { log, concurrency, connections, dryRun, stopped } = options;
  const breaker = new CircuitBreaker();
  const warned = new Set<LinkError>();
  const report = (result: FollowUpResult) => {
    const { issue, error, outcome, changed, entries } = result;
    if (!(error instanceof NotBegun)) breaker.observe(outageIn(error));
    // Issues whose group can't be listed fail alike: that is said once.
    if (error && !(error instanceof NotBegun) && !warned.has(error)) {
      warned.add(error);
      log.warning(`Issue ${issue}: ${error.message} (${error.code})`);
    }
    const refused = entries.filter((entry) => isStillRefused(entry, options.task));
    if (!error && refused.length > 0) log.warning(`Issue ${issue}: ${stillRefused(refused)}`);
    const updated = dryRun ? 'It would be updated.' : 'It was updated.';
    if (!error && changed) log.info(`Issue ${issue}: ${outcome}. ${updated}`);
    options.onResult(result);
  };
  const issues: Snapshot[] = [];
  const read = async (page: IssuePage | UnreadableIssue) => {
    const snapshot = breaker.refusal() ?? (await complete(page, options));
    if (snapshot instanceof LinkError) return report(failed(page, snapshot));
    breaker.observe(undefined);
    issues.push(snapshot);
  };
  let unlisted: LinkError | undefined;
  try {
    for await (const pages of issuesToFollow(options)) {
      await inParallel(pages, concurrency, read, { stopped });
      if (stopped()) return;
    }
  } catch (thrown) {
    unlisted = asLinkError(thrown);
    breaker.observe(unlisted);
  }
  log.info(`Following up ${issues.length} issue${issues.length === 1 ? '' : 's'}.`);
  const entries = issues.flatMap((issue) => issue.entries);
  const states = await readSetupStates(entries, connections, concurrency, stopped);
  const update = async (snapshot: Snapshot) => {
    const error = breaker.refusal();
    report(error ? failed(snapshot, error) : await updateIssue(snapshot, states, options));
  };
  await inParallel(issues, concurrency, update, { stopped });
  if (unlisted) throw unlisted;
}

/** The issues to follow up, a page at a time, each once. */
async function* issuesToFollow({
  github: { repository },
  task,
  issueNumber,
  log,
}: FollowUpOptions): AsyncGenerator<Array<IssuePage | UnreadableIssue>> {
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
async function complete(
  page: IssuePage | UnreadableIssue,
  { github }: FollowUpOptions,
): Promise<Snapshot | LinkError> {
  if ('error' in page) return page.error;
  return github.thread(page.issue.number).complete(page).catch(asLinkError);
}

function failed({ issue }: Pick<IssuePage, 'issue'>, error: LinkError): FollowUpResult {
  const cards = new Map();
  return { issue: issue.number, outcome: 'failed', changed: false, entries: [], cards, error };
}

/** Whether Fivetran keeps refusing what this workflow wants for an entry. */
function isStillRefused(entry: Entry, task: FollowUpInputs): boolean {
  if (entry.refused === undefined) return false;
  return entry.state === 'connected' ? isToStart(entry, task) : task.renewLinks;
}

/** What was no failure of this run, as it wasn't tried again. */
function stillRefused(entries: readonly Entry[]): string {
  const what = entries.map(({ request, state, error }) => {
    const wanted = state === 'connected' ? 'the first sync' : 'a fresh link';
    return `${wanted} of ${nameOf(request)} (${error})`;
  });
  return `Fivetran has refused ${what.join(', ')}. Follow-up tries that again once a day.`;
}
