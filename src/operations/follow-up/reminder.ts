import type { Snapshot } from '../../github/snapshot.ts';
import type { Entry, IssueDetails } from '../../model/issue-record.ts';
import type { Notice } from '../../report/comment.ts';
import { reminderNotice } from '../../report/notices.ts';
import { titleOf } from '../../report/source-lines.ts';

/** An issue isn't reminded of more often than this. */
const MOST_REMINDERS = 3;

/** What reminds those on an issue, and that they were reminded. */
export interface Reminder {
  notice: Notice;
  details: IssueDetails;
}

/**
 * The reminder that is due for an issue, if one is.
 * @param remindAfter milliseconds without a connection, or since the last reminder; 0 for never
 */
export function reminderFor(
  entries: readonly Entry[],
  { issue, details, date }: Snapshot,
  remindAfter: number,
): Reminder | undefined {
  const waiting = entries.filter(isWaiting);
  const { count = 0, at = 0 } = details.reminders ?? {};
  if (remindAfter === 0 || waiting.length === 0 || count >= MOST_REMINDERS) return undefined;
  const since = Math.min(...waiting.map((entry) => entry.since ?? date));
  if (date - Math.max(since, at) < remindAfter) return undefined;
  const login = issue.isByApp ? undefined : issue.author;
  return {
    notice: reminderNotice(login, waiting.map(titleOf), new Date(since)),
    details: { ...details, reminders: { count: count + 1, at: date } },
  };
}

/** Whether an entry has been waiting for the customer. */
function isWaiting({ connection, state }: Entry): boolean {
  return connection !== undefined && ['ready', 'expired', 'failed'].includes(state);
}
