import { sameService } from '../fivetran/services.ts';
import { type ApprovedRequest, type Entry, nameOf } from '../model/issue-record.ts';

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
