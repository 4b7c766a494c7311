import { hasLabel } from '../../github/issue.ts';
import type { Snapshot } from '../../github/snapshot.ts';
import type { Thread } from '../../github/thread.ts';
import { asLinkError, cancelled, LinkError } from '../../model/errors.ts';
import type { FollowUpResult } from '../../model/follow-up.ts';
import { type CommentRules, commentText, keptLinks } from '../issue-comment.ts';
import { carryOutChanges, changesFor, isToStart } from './changes.ts';
import { followEntry, outcomeOf } from './follow-entry.ts';
import type { FollowUp } from './job.ts';
import type { SetupStates } from './setup-states.ts';

/**
 * Brings one issue up to date with its connections. Writes only what isn't so already. Never throws: a
 * failure is a result, and doesn't concern the other issues.
 */
export async function updateIssue(
  snapshot: Snapshot,
  states: SetupStates,
  job: FollowUp,
): Promise<FollowUpResult> {
  const { number } = snapshot.issue;
  const entries = snapshot.entries.map((entry) => followEntry(entry, states, snapshot.date));
  const result: FollowUpResult = {
    issue: number,
    outcome: outcomeOf(entries, isKnown(snapshot)),
    changed: false,
    entries,
    cards: new Map(),
    ...(snapshot.comment && { commentUrl: snapshot.comment.url }),
  };
  try {
    const failed = entries
      .map(({ connection }) => states.get(connection ?? ''))
      .find((state) => state instanceof LinkError);
    await write(snapshot, states, result, job);
    if (failed) throw failed;
    if (result.outcome === 'connected') await finish(snapshot, result, job);
  } catch (error) {
    return { ...result, outcome: 'failed', error: asLinkError(error) };
  }
  return result.error ? { ...result, outcome: 'failed' } : result;
}

/** Brings the comment up to date, if it isn't. */
async function write(
  snapshot: Snapshot,
  states: SetupStates,
  result: FollowUpResult,
  job: FollowUp,
): Promise<void> {
  const thread = job.github.thread(snapshot.issue.number);
  const plan = (now: Snapshot) => {
    result.entries = now.entries.map((entry) => followEntry(entry, states, now.date));
    result.outcome = outcomeOf(result.entries, isKnown(now));
    return changesFor(now, states, job);
  };
  if (job.dryRun) {
    result.changed = plan(snapshot) !== undefined;
    return;
  }
  if (!plan(snapshot)) return tidy(thread, snapshot, job.rules);
  const claim = await thread.claim(snapshot, async (now) => plan(now));
  if (!claim) return;
  const { notice, details = {} } = claim.plan;
  const { entries, cards, error } = await carryOutChanges(claim, job);
  Object.assign(result, { entries, cards, ...(error && { error }) });
  if (cards.size > 0) {
    const unwritten = cancelled('The run was cancelled before the comment could say this.');
    job.onResult({ ...result, outcome: 'failed', error: unwritten });
  }
  const view = { notice, details };
  const text = commentText(entries, claim.snapshot, [...cards.values()], job.rules, view);
  result.commentUrl = await claim.publish({ entries, details, text });
  result.changed = true;
}

/** Whether the issue has a record that counts, if only that of a run which is still working. */
function isKnown({ signed }: Snapshot): boolean {
  return signed.length > 0;
}

/** What is to be put right where the words stay as they are. */
async function tidy(thread: Thread, snapshot: Snapshot, rules: CommentRules): Promise<void> {
  if (snapshot.leases.length > 0) return;
  // Before anything is deleted that only the previous key opens.
  if (snapshot.previousKey) {
    // Another run may have begun since, and would not see that the list changes hands.
    const now = await thread.read();
    const isSame =
      now.comment?.id === snapshot.comment?.id && now.generation === snapshot.generation;
    if (!isSame || !now.previousKey || now.leases.length > 0) return;
    keptLinks(now.entries, now, rules);
    await thread.signAnew(now);
  }
  await thread.deleteAll(snapshot.replaced);
}

/** Labels and closes an issue that is connected. */
async function finish(
  { issue }: Snapshot,
  result: FollowUpResult,
  { github, task, dryRun, rules }: FollowUp,
): Promise<void> {
  const { connectedLabel: label, closeConnected } = task;
  const isLabelled = !label || hasLabel(issue, label);
  // A first sync that couldn't be started is tried again while the issue is open.
  const isStarted = !result.entries.some((entry) => isToStart(entry, task));
  const isToBeClosed = closeConnected && !result.error && isStarted;
  if (isLabelled && !isToBeClosed) return;
  if (!dryRun) {
    // Another run may have added a connection since, or somebody may have closed the issue.
    const now = await github.thread(issue.number).read();
    result.outcome = outcomeOf(now.entries, isKnown(now));
    const isDone = result.outcome === 'connected' && now.leases.length === 0;
    if (!isDone || !now.issue.open || !hasLabel(now.issue, rules.label)) return;
  }
  result.changed = true;
  if (dryRun) return;
  if (!isLabelled) await github.repository.addLabel(issue.number, label);
  if (isToBeClosed) await github.repository.closeIssue(issue.number);
}
