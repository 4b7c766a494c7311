import type { Connections } from '../../fivetran/connections.ts';
import { overlap } from '../../fivetran/overlap.ts';
import type { Connection } from '../../model/connection.ts';
import { type ApprovedRequest, nameOf } from '../../model/issue-record.ts';

/** What a group had when it was looked at. */
interface Survey {
  connections: Connection[];
  /** Fivetran's time of the look, in milliseconds: what was created later isn't in it. */
  date: number;
  /** This machine's time of the look, in milliseconds. */
  readAt: number;
}

/** One listing of each group, to see what a new connection would get in the way of. */
export class GroupSurvey {
  readonly #connections: Connections;
  readonly #groups = new Map<string, Promise<Survey>>();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /**
   * What a group has.
   * @throws LinkError when it can't be listed
   */
  of(group: string): Promise<Survey> {
    const known = this.#groups.get(group) ?? this.#list(group);
    this.#groups.set(group, known);
    return known;
  }

  /** Begins to list a group; whoever needs the listing learns what became of it. */
  begin(group: string): void {
    this.of(group).catch(() => {});
  }

  async #list(group: string): Promise<Survey> {
    const readAt = Date.now();
    const all: Connection[] = [];
    let date = Number.NaN;
    for await (const page of this.#connections.pages(group, { limit: '1000' })) {
      if (all.length === 0) date = page.date;
      all.push(...page.connections);
    }
    return { connections: all, date, readAt };
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
