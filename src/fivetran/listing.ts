import type { Connection } from '../model/connection.ts';
import type { Connections, LookupResult } from './connections.ts';

/** Looks names up in one listing of each group, instead of asking for each name. */
export class Listing {
  readonly #connections: Connections;
  readonly #wanted: ReadonlySet<string>;
  readonly #groups = new Map<string, Promise<Listed>>();

  /** @param wanted the names that will be looked up; others aren't kept */
  constructor(connections: Connections, wanted: Iterable<string>) {
    this.#connections = connections;
    this.#wanted = new Set(wanted);
  }

  /** What a group had of that name when it was listed. */
  async named(groupId: string, name: string): Promise<LookupResult> {
    let group = this.#groups.get(groupId);
    if (!group) {
      group = this.#list(groupId);
      this.#groups.set(groupId, group);
    }
    const { byName, date } = await group;
    return { connections: byName.get(name) ?? [], date };
  }

  async #list(groupId: string): Promise<Listed> {
    const byName = new Map<string, Connection[]>();
    let date = Number.NaN;
    for await (const page of this.#connections.pages(groupId, { limit: '1000' })) {
      date = Number.isNaN(date) ? page.date : date;
      for (const connection of page.connections) {
        if (!this.#wanted.has(connection.name)) continue;
        byName.set(connection.name, [...(byName.get(connection.name) ?? []), connection]);
      }
    }
    return { byName, date };
  }
}

interface Listed {
  byName: Map<string, Connection[]>;
  /** The server's time of its first page, in milliseconds: what was made later isn't in it. */
  date: number;
}
