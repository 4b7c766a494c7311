import { sameService } from '../fivetran/services.ts';
import { type ErrorCode, type LinkError, NotBegun } from '../model/errors.ts';
import { type ApprovedRequest, type Entry, nameOf } from '../model/issue-record.ts';
import type { LinkRequest, NamedRequest } from '../model/link.ts';

/** A request in the record's terms. */
export function approvedOf({ connection }: NamedRequest): ApprovedRequest {
  const { groupId: group, service, schema, table } = connection;
  return { group, service, schema, ...(table !== undefined && { table }) };
}

/** Whether two requests are for the same connection. */
export function sameRequest(one: ApprovedRequest, other: ApprovedRequest): boolean {
  return (
    one.group === other.group &&
    sameService(one.service, other.service) &&
    nameOf(one) === nameOf(other)
  );
}

/** The list with an entry added, or put in the place of the one for the same connection. */
export function withEntry(entries: readonly Entry[], entry: Entry): Entry[] {
  const index = entries.findIndex((one) => isSame(one, entry));
  return index < 0 ? [...entries, entry] : entries.with(index, entry);
}

function isSame(one: Entry, other: Entry): boolean {
  if (one.connection !== undefined && one.connection === other.connection) return true;
  return sameRequest(one.request, other.request);
}

/**
 * Whether a failure leaves it open that a new card has taken the place of the one before: whatever the
 * last response was, an earlier one to the same request may have been lost.
 * @param error of a run that was about to ask for the card
 */
export function mayHaveReplaced(error: LinkError): boolean {
  if (error instanceof NotBegun || error.code === 'unknown-connection') return false;
  return !error.undone;
}

/**
 * Whether a connection gets a link only after a look that it is the only one of its name: it had a namesake
 * once, or it has had no link yet, and the look after its create request may have failed.
 */
export function needsLook({ error, renewed }: Entry): boolean {
  return error === 'duplicate-connection' || renewed === 0;
}

/** An entry without what was true of its link, or of the failure to get one. */
export function withoutLink({ link: _, error: __, repairs: ___, refused: ____, ...entry }: Entry) {
  return entry;
}

/** An entry whose link may not work any more: a card that is created ends the one before. */
export function withLostLink({ link: _, ...entry }: Entry, error: ErrorCode): Entry {
  return { ...entry, state: 'failed', error, expires: 0 };
}

/** What an entry remembers of a connection that was created without starting its first sync. */
export function pausedMark(request: LinkRequest, created: boolean | undefined): { paused?: true } {
  const isPaused = request.kind === 'named' && request.connection.settings.paused === true;
  return created && isPaused ? { paused: true } : {};
}
