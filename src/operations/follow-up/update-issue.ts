import type { Connections } from '../../fivetran/connections.ts';
import { hasLabel } from '../../github/issue.ts';
import type { OpenRepository } from '../../github/open.ts';
import type { Snapshot } from '../../github/snapshot.ts';
import type { Claim, Entries, Thread } from '../../github/thread.ts';
import type { FollowUpInputs } from '../../inputs/follow-up-inputs.ts';
import type { Card } from '../../model/connection.ts';
import { asLinkError, LinkError } from '../../model/errors.ts';
import type { FollowUpResult } from '../../model/follow-up.ts';
import type { Entry } from '../../model/issue-record.ts';
import { workingText } from '../../report/comment.ts';
import { fingerprintOf } from '../../report/links-in-comment.ts';
import { titleOf } from '../display-names.ts';
import { type CommentRules, commentText } from '../issue-comment.ts';
import { followEntry, isRenewable, outcomeOf } from './follow-entry.ts';
import type { SetupStates } from './setup-states.ts';

/** What it takes to bring issues up to date. */
export interface FollowUp {
  task: FollowUpInputs;
  connections: Connections;
  place: OpenRepository;
  dryRun: boolean;
  rules: CommentRules;
  /** Registers a card's link as a secret. */
  maskCard(card: Card): void;
}

interface Planned extends Entries {
  renewals: Entry[];
}

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
    outcome: outcomeOf(entries),
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
  return result;
}

/** Brings the comment up to date, if it isn't. */
async function write(
  snapshot: Snapshot,
  states: SetupStates,
  result: FollowUpResult,
  job: FollowUp,
): Promise<void> {
  const thread = job.place.thread(snapshot.issue.number);
  const plan = (now: Snapshot) => planFor(now, states, job);
  if (job.dryRun) {
    result.changed = plan(snapshot) !== undefined;
    return;
  }
  if (!plan(snapshot)) return tidy(thread, snapshot);
  const claim = await thread.claim(snapshot, async (now) => plan(now));
  if (!claim) return;
  const { entries, cards } = await renew(claim, result, job);
  result.entries = entries;
  const text = commentText(entries, claim.snapshot, cards, job.rules);
  result.commentUrl = await claim.publish({ entries, text });
  result.changed = true;
}

/** What there is to write; undefined where all is as the comment says. */
function planFor(now: Snapshot, states: SetupStates, job: FollowUp): Planned | undefined {
  const entries = now.entries.map((entry) => followEntry(entry, states, now.date));
  const renewals = entries.filter(
    (entry) =>
      job.task.renewLinks &&
      isRenewable(entry) &&
      states.get(entry.connection ?? '') === 'incomplete',
  );
  const isSame = entries.every((entry, index) => entry === now.entries[index]);
  if (isSame && renewals.length === 0) return undefined;
  const showsLinks = entries.some(({ state }) => state === 'ready');
  // GitHub mails a new comment as it is first: what it says then must be free of links.
  const text =
    renewals.length > 0 || showsLinks
      ? workingText(renewals.map(titleOf))
      : commentText(entries, now, [], job.rules);
  return { entries, text, renewals };
}

/** Creates fresh links in place of those that have expired. */
async function renew(
  { plan, snapshot, deadline }: Claim<Planned>,
  result: FollowUpResult,
  { connections, task, maskCard }: FollowUp,
): Promise<{ entries: Entry[]; cards: Card[] }> {
  const within = connections.within(deadline);
  const cards: Card[] = [];
  const renewed = plan.entries.map(async (entry) => {
    if (!plan.renewals.includes(entry) || entry.connection === undefined) return entry;
    try {
      const card = await within.createCard(entry.connection, task.card);
      maskCard(card);
      cards.push(card);
      result.cards.set(entry.connection, card);
      const { error: _, ...rest } = entry;
      const link = { link: fingerprintOf(card.link), expires: card.expiresAt.getTime() };
      return { ...rest, ...link, state: 'ready' as const, renewed: snapshot.date };
    } catch (thrown) {
      const error = asLinkError(thrown);
      result.error ??= error;
      return { ...entry, state: 'failed' as const, error: error.code };
    }
  });
  return { entries: await Promise.all(renewed), cards };
}

/** What is to be put right where the words stay as they are. */
async function tidy(thread: Thread, snapshot: Snapshot): Promise<void> {
  if (snapshot.leases.length > 0) return;
  // Before anything is deleted that only the previous key opens.
  if (snapshot.previousKey) await thread.signAnew(snapshot);
  await thread.deleteAll(snapshot.replaced);
}

/** Labels and closes an issue that is connected. */
async function finish(
  { issue }: Snapshot,
  result: FollowUpResult,
  { place, task, dryRun }: FollowUp,
): Promise<void> {
  const { connectedLabel: label, closeConnected } = task;
  const isLabelled = !label || hasLabel(issue, label);
  if (isLabelled && !closeConnected) return;
  if (!dryRun && !isLabelled) await place.repository.addLabel(issue.number, label);
  if (!dryRun && closeConnected) await place.repository.closeIssue(issue.number);
  result.changed = true;
}
