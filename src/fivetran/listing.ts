import type { Connection } from '../model/connection.ts';
import type { Connections, LookupResult } from './connections.ts';

/** Lists each group once, and answers every look-up in it from that listing. */
export class Listing {
  readonly #connections: Pick<Connections, 'pages'>;
  readonly #isWanted: (name: string) => boolean;
  readonly #groups = new Map<string, Promise<Listed>>();

  /** @param isWanted for connections of which names the listing is needed; others aren't kept */
  constructor(
    connections: Pick<Connections, 'pages'>,
    isWanted: (name: string) => boolean = () => true,
  ) {
    this.#connections = connections;
    this.#isWanted = isWanted;
  }

  /**
   * What a group had of exactly that name when it was listed.
   * @throws LinkError when the group can't be listed, the same one for each who asks
   */
  async named(groupId: string, name: string): Promise<LookupResult> {
    const { byName, date } = await this.#listed(groupId);
    return { connections: byName.get(name) ?? [], date };
  }

  /** All wanted connections of a group when it was listed. */
  async all(groupId: string): Promise<LookupResult> {
    const { byName, date } = await this.#listed(groupId);
    return { connections: [...byName.values()].flat(), date };
  }

  #listed(groupId: string): Promise<Listed> {
    let group = this.#groups.get(groupId);
    if (!group) {
      group = this.#list(groupId);
      this.#groups.set(groupId, group);
    }
    return group;
  }

  async #list(groupId: string): Promise<Listed> {
    const byName = new Map<string, Connection[]>();
    let date = Number.NaN;
    for await (const page of this.#connections.pages(groupId, { limit: '1000' })) {
      date = Number.isNaN(date) ? page.date : date;
      for (const connection of page.connections) {
        if (!this.#isWanted(connection.name)) continue;
        const alike = byName.get(connection.name);
        if (alike) alike.push(connection);
        else byName.set(connection.name, [connection]);
      }
    }
    return { byName, date };
  }
}

interface Listed {
  byName: Map<string, Connection[]>;
  /** The server's time of its first page, in milliseconds: what was created later isn't in it. */
  date: number;
}
