import type { Connections, LookupResult } from '../../fivetran/connections.ts';
import { Listing } from '../../fivetran/listing.ts';
import { overlap } from '../../fivetran/overlap.ts';
import type { Connection } from '../../model/connection.ts';
import { type ApprovedRequest, nameOf } from '../../model/issue-record.ts';

/** What a group had when it was looked at. */
interface Survey extends LookupResult {
  /** This machine's time of the look, in milliseconds. */
  readAt: number;
}

/** One listing of each group, to see what a new connection would get in the way of. */
export class GroupSurvey {
  readonly #listing: Listing;
  /** This machine's time of each group's look, in milliseconds. */
  readonly #readAt = new Map<string, number>();
  readonly #now: () => number;

  /** @param now this machine's time, in milliseconds */
  constructor(connections: Connections, now: () => number) {
    this.#now = now;
    this.#listing = new Listing(connections);
  }

  /**
   * What a group has.
   * @throws LinkError when it can't be listed
   */
  async of(group: string): Promise<Survey> {
    const readAt = this.#readAt.get(group) ?? this.#now();
    this.#readAt.set(group, readAt);
    return { ...(await this.#listing.all(group)), readAt };
  }

  /** Begins to list a group; whoever needs the listing learns what became of it. */
  start(group: string): void {
    this.of(group).catch(() => {});
  }
}

/** The connections that write where a new one would, or have its very name. */
export function inTheWay(
  connections: readonly Connection[],
  request: ApprovedRequest,
): Connection[] {
  const wanted = { service: request.service, name: nameOf(request) };
  return connections.filter((connection) => overlap(connection, wanted));
}
