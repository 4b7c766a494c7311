import type { LinkError } from '../../model/errors.ts';
import type { Entry } from '../../model/issue-record.ts';
import type { KnownParts } from '../../model/link.ts';
import { mayHaveReplaced, pausedMark, withLostLink } from '../entries.ts';
import type { Planning, Task } from './plan.ts';

/** Failures after which a create request may still have an effect. */
const IN_DOUBT: readonly string[] = ['create-unknown', 'cancelled', 'internal'];

/** Refusals of the name: whatever turns up under it might be somebody else's. */
const TAKEN: readonly string[] = ['not-this-issues', 'ownership-unclear', 'name-taken'];

/** Milliseconds in which a request that was sent shows its effect. */
const LATE_MS = 15_000;

/**
 * What stays on record of a connection for which something failed: what exists, or may.
 * @param known what is known to exist, and whether this run created it
 */
export function afterFailure(
  task: Task,
  error: LinkError,
  { connection, created }: KnownParts,
  planning: Planning,
): Entry {
  const { entry } = task;
  // It is about another request than the entry's.
  if (task.kind === 'refuse' && error.code === 'different-request') return entry;
  if (entry.state === 'ready') {
    // Before the connection is known, no card is asked for.
    const isAsked = connection !== undefined && mayHaveReplaced(error);
    return isAsked ? withLostLink(entry, error.code) : entry;
  }
  const failed: Entry = { ...entry, state: 'failed', error: error.code, expires: 0 };
  if (connection) {
    const mark = pausedMark(task.request, created);
    return { ...failed, connection: connection.id, intents: [], ...mark };
  }
  if (TAKEN.includes(error.code)) return { ...failed, intents: [] };
  if (task.kind !== 'create') return failed;
  if (!IN_DOUBT.includes(error.code)) return { ...failed, intents: task.earlier };
  // This run sends nothing any more: its time is over earlier than announced.
  const left = planning.end - planning.now();
  const intents = failed.intents.map((intent, index) =>
    index < task.earlier.length ? intent : { ...intent, until: intent.until - left + LATE_MS },
  );
  return { ...failed, intents };
}
