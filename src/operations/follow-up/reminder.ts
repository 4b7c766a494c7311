import type { Snapshot } from '../../github/snapshot.ts';
import type { Entry, IssueDetails } from '../../model/issue-record.ts';
import type { Notice } from '../../report/comment.ts';
import { reminderNotice } from '../../report/notices.ts';
import { titleOf } from '../../report/source-lines.ts';

/** Of one source's wait those on an issue aren't reminded more often than this. */
const MOST_REMINDERS = 3;

/** What reminds those on an issue, and that they were reminded. */
export interface Reminder {
  notice: Notice;
  entries: Entry[];
  details: IssueDetails;
}

/**
 * The reminder that is due for an issue, if one is. Each source is reminded of three times for each time
 * that it waits: one that was repaired or added later has its own count.
 * @param remindAfter milliseconds without a connection, or since the last reminder; 0 for never
 */
export function reminderFor(
  entries: readonly Entry[],
  { issue, details, date }: Snapshot,
  remindAfter: number,
): Reminder | undefined {
  const waiting = entries.filter(
    (entry) => isWaiting(entry) && (entry.reminded ?? 0) < MOST_REMINDERS,
  );
  const { at = 0 } = details.reminders ?? {};
  if (remindAfter === 0 || waiting.length === 0) return undefined;
  const since = Math.min(...waiting.map((entry) => entry.since ?? date));
  if (date - Math.max(since, at) < remindAfter) return undefined;
  const login = issue.isByApp ? undefined : issue.author;
  return {
    notice: reminderNotice(login, waiting.map(titleOf), new Date(since)),
    entries: entries.map((entry) =>
      waiting.includes(entry) ? { ...entry, reminded: (entry.reminded ?? 0) + 1 } : entry,
    ),
    details: { ...details, reminders: { at: date } },
  };
}

/** Whether an entry has been waiting for the customer. */
function isWaiting({ connection, state }: Entry): boolean {
  return connection !== undefined && ['ready', 'expired', 'failed'].includes(state);
}
