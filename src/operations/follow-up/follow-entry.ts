import { LinkError } from '../../model/errors.ts';
import type { Entry } from '../../model/issue-record.ts';
import { withoutLink } from '../entries.ts';
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
    return { ...rest, expires: 0, state: found };
  }
  if (works) return entry;
  if (entry.state === 'failed' || entry.state === 'expired') return entry;
  return { ...withoutLink(entry), expires: 0, state: 'expired' };
}

/** Whether an entry is to have a fresh link, where expired links are replaced. */
export function isRenewable({ connection, state, error }: Entry): boolean {
  if (connection === undefined || error === 'duplicate-connection') return false;
  return state === 'expired' || state === 'failed';
}

/** Milliseconds until Fivetran is asked again for what it keeps refusing: a little less than a day. */
const REST_MS = 20 * 60 * 60 * 1000;

/** Whether Fivetran refused this very request: asked again at once, it would refuse it again. */
export function isFinal({ code }: LinkError): boolean {
  return code === 'forbidden' || code === 'refused';
}

/**
 * An entry for which something failed. Each try is a new comment, of which GitHub notifies those on the
 * issue. So what was refused twice isn't tried again by every run, but once a day.
 * @param date GitHub's time, in milliseconds
 */
export function withFailure(entry: Entry, error: LinkError, date: number): Entry {
  const isRepeated = isFinal(error) && entry.error === error.code;
  return { ...entry, error: error.code, ...(isRepeated && { refused: date }) };
}

/** Whether it is too early to ask again for what Fivetran refuses. */
export function isResting({ refused }: Entry, date: number): boolean {
  return refused !== undefined && date - refused < REST_MS;
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
