import { LinkError } from '../../model/errors.ts';
import type { Entry } from '../../model/issue-record.ts';
import type { SetupStates } from './setup-states.ts';

/**
 * An entry as it stands now.
 * @param date GitHub's time, in milliseconds
 * @returns the very same entry where nothing has changed
 */
export function followEntry(entry: Entry, states: SetupStates, date: number): Entry {
  // Whoever was creating it isn't any more: otherwise the issue would be claimed.
  if (entry.state === 'creating') return { ...entry, state: 'failed', error: 'cancelled' };
  const found = entry.connection === undefined ? undefined : states.get(entry.connection);
  if (found === undefined || found instanceof LinkError) return entry;
  const works = entry.state === 'ready' && date < entry.expires;
  // The link with which somebody is to sign in again.
  if (found === 'broken' && works && entry.repairs) return entry;
  if (found !== 'incomplete') {
    if (entry.state === found) return entry;
    // The wait for the customer is over; another begins with another link.
    const { since: _, ...rest } = withoutLink(entry);
    return { ...rest, state: found };
  }
  if (works) return entry;
  if (entry.state === 'failed' || entry.state === 'expired') return entry;
  return { ...withoutLink(entry), state: 'expired' };
}

/** Whether an entry is to have a fresh link, where expired links are replaced. */
export function isRenewable({ connection, state, error }: Entry): boolean {
  if (connection === undefined || error === 'duplicate-connection') return false;
  return state === 'expired' || state === 'failed';
}

function withoutLink({ link: _, error: __, repairs: ___, ...entry }: Entry): Entry {
  return { ...entry, expires: 0 };
}

/**
 * How an issue stands as a whole: what somebody has to do something about comes first.
 * @param isKnown whether it has a record: one without connections waits for the first
 */
export function outcomeOf(
  entries: readonly Entry[],
  isKnown: boolean,
): 'waiting' | 'connected' | 'broken' | 'expired' | 'gone' | 'bad-record' {
  const states = new Set(entries.map(({ state }) => state));
  if (!isKnown) return 'bad-record';
  if (states.has('broken')) return 'broken';
  if (states.has('gone')) return 'gone';
  if (states.has('expired')) return 'expired';
  return states.size === 1 && states.has('connected') ? 'connected' : 'waiting';
}
