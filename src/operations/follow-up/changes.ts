import { refuseSeveral } from '../../fivetran/duplicates.ts';
import type { Snapshot } from '../../github/snapshot.ts';
import type { Claim, Entries } from '../../github/thread.ts';
import type { FollowUpInputs } from '../../inputs/follow-up-inputs.ts';
import type { Card } from '../../model/connection.ts';
import { asLinkError, type LinkError } from '../../model/errors.ts';
import type { Entry } from '../../model/issue-record.ts';
import { type Notice, noticeText, updatingText, workingText } from '../../report/comment.ts';
import { fingerprintOf } from '../../report/links-in-comment.ts';
import { titleOf } from '../../report/source-lines.ts';
import { CircuitBreaker } from '../circuit-breaker.ts';
import { needsLook, withoutLink } from '../entries.ts';
import { commentText, mayShowLinks } from '../issue-comment.ts';
import { inParallel } from '../workers.ts';
import { type Start, startFirstSync } from './first-sync.ts';
import { followEntry, isRenewable, isResting, withFailure } from './follow-entry.ts';
import type { FollowUp } from './job.ts';
import { reminderFor } from './reminder.ts';
import type { SetupStates } from './setup-states.ts';

/** What is to be changed about an issue. */
export interface Changes extends Entries {
  /** Entries that get a fresh link. */
  renewals: Entry[];
  /** Entries whose connection was created paused, and is to start. */
  starts: ReadonlyMap<Entry, Start>;
  notice: Notice | undefined;
}

/** What there is to change; undefined where all is as the comment says. */
export function changesFor(
  now: Snapshot,
  states: SetupStates,
  { task, rules }: Pick<FollowUp, 'task' | 'rules'>,
): Changes | undefined {
  const entries = now.entries.map((entry) => followEntry(entry, states, now.date));
  const renewals = entries.filter(
    (entry) =>
      task.renewLinks &&
      isRenewable(entry) &&
      !isResting(entry, now.date) &&
      states.get(entry.connection ?? '') === 'incomplete',
  );
  const starts = new Map<Entry, Start>();
  // On record before it is sent: a run that dies meanwhile mustn't have it sent again.
  const announced = entries.map((entry) => {
    const isDue = isToStart(entry, task) && !isResting(entry, now.date);
    if (entry.state !== 'connected' || !isDue) return entry;
    const starter = { ...entry, starting: true as const };
    starts.set(starter, entry.starting ? 'confirm' : 'start');
    return starter;
  });
  const { notice, details = now.details } = reminderFor(entries, now, task.remindAfter) ?? {};
  const isSame = entries.every((entry, index) => entry === now.entries[index]);
  const isQuiet = renewals.length + starts.size === 0 && !notice && !isToBeWritten(now);
  if (isSame && isQuiet) return undefined;
  const text = () => {
    // GitHub mails a new comment as it is first: what it says then must be free of links, and mention
    // whom a reminder is for.
    if (notice) return noticeText(notice);
    if (renewals.length > 0) return workingText(renewals.map(titleOf));
    const hasLinks = entries.some(({ state }) => state === 'ready');
    if (!hasLinks) return commentText(entries, now, [], rules);
    return updatingText({ ...rules, entries, showLinks: mayShowLinks(now, rules) });
  };
  return { entries: announced, details, text: text(), renewals, starts, notice };
}

/** Whether an entry's first sync is still to be started, as soon as it is connected. */
export function isToStart({ paused, started }: Entry, { startConnected }: FollowUpInputs): boolean {
  return startConnected && paused === true && !started;
}

/**
 * Whether the newest words aren't those of the list: they are from a run that died before it had
 * written its result, or the list is in two comments, one of them signed with the previous key.
 */
function isToBeWritten({ comment, current, former }: Snapshot): boolean {
  return former !== undefined || current.some(({ id }) => id !== comment?.id);
}

/** What became of the changes. */
export interface Changed {
  entries: Entry[];
  /** Fresh cards by their connections' ids. */
  cards: Map<string, Card>;
  /** The first failure; whatever didn't fail is done all the same. */
  error?: LinkError;
}

/**
 * Creates fresh links in place of those that have expired, and starts first syncs.
 * Whatever isn't begun, because the run was cancelled or would fail alike, stays as it was.
 */
export async function carryOutChanges(
  { plan, snapshot, deadline }: Claim<Changes>,
  { connections, task, rules, concurrency, stopped }: FollowUp,
): Promise<Changed> {
  const within = connections.within(deadline);
  const cards = new Map<string, Card>();
  const errors: LinkError[] = [];
  const breaker = new CircuitBreaker();
  const renew = async (entry: Entry): Promise<Entry> => {
    const { connection: id = '', since = snapshot.date } = entry;
    const { group, ...name } = entry.request;
    const wanted = { groupId: group, ...name, settings: {} };
    if (needsLook(entry)) await refuseSeveral(wanted, { id }, within);
    const card = await within.createCard(id, task.card);
    rules.maskCard(card);
    cards.set(id, card);
    const link = { link: fingerprintOf(card.link), expires: card.expiresAt.getTime() };
    return { ...withoutLink(entry), ...link, state: 'ready', renewed: snapshot.date, since };
  };
  const change = async (entry: Entry): Promise<{ entry: Entry; error?: LinkError }> => {
    const start = plan.starts.get(entry);
    if (start) return startFirstSync(entry, start, within, snapshot.date);
    try {
      return { entry: await renew(entry) };
    } catch (thrown) {
      const error = asLinkError(thrown);
      return { entry: { ...withFailure(entry, error, snapshot.date), state: 'failed' }, error };
    }
  };
  const entries = plan.entries.map((entry) => {
    const { starting: _, ...rest } = entry;
    return plan.starts.get(entry) === 'start' ? rest : entry;
  });
  await inParallel(
    plan.entries,
    concurrency,
    async (entry, index) => {
      if (!plan.starts.has(entry) && !plan.renewals.includes(entry)) return;
      const { entry: changed, error } = await change(entry);
      entries[index] = changed;
      breaker.observe(error);
      if (error) errors.push(error);
    },
    { stopped: () => stopped() || breaker.refusal() !== undefined },
  );
  const [error] = errors;
  return error ? { entries, cards, error } : { entries, cards };
}
