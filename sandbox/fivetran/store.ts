import { idSequence } from './ids.ts';
import { Refusal } from './refusal.ts';
import type { Group, SandboxConnection, Settings, SetupState } from './types.ts';

interface Entry {
  connection: SandboxConnection;
  /** Grows with every connection: where a page of a listing starts. */
  order: number;
  visibleFrom: number;
}

/** What a new connection needs; every other field has a default. */
export type NewConnection = Pick<SandboxConnection, 'group_id' | 'service' | 'schema'> &
  Partial<SandboxConnection>;

export interface Page {
  connections: SandboxConnection[];
  /** The order of the last one, when there are more. */
  next: number | undefined;
}

/** The account: its groups and connections, found by id, by group and by name without searching. */
export class Store {
  readonly connections: SandboxConnection[] = [];
  readonly #settings: Settings;
  readonly #nextId = idSequence();
  // Maps and sets keep the order in which things came, which is the order of listings.
  readonly #byId = new Map<string, Entry>();
  readonly #byGroup = new Map<string, Set<Entry>>();
  readonly #byName = new Map<string, Set<Entry>>();
  #orders = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The group of that id; refuses an unknown one as the API does. */
  group(id: string): Group {
    const group = this.#settings.groups.find((known) => known.id === id);
    if (!group) throw new Refusal(404, 'NotFound_Group', `No group has the id "${id}".`);
    return group;
  }

  /** The connection of that id, or undefined. Finds those that listings don't show yet as well. */
  find(id: string): SandboxConnection | undefined {
    return this.#byId.get(id)?.connection;
  }

  /** The connection of that id; refuses an unknown one as the API does. */
  connection(id: string): SandboxConnection {
    const connection = this.find(id);
    if (!connection) {
      throw new Refusal(404, 'NotFound_Connector', `No connection has the id "${id}".`);
    }
    return connection;
  }

  /** Whether a group has a connection of that name, shown in listings already or not. */
  hasName(groupId: string, name: string): boolean {
    return this.#byName.has(nameKey(groupId, name));
  }

  /** Adds a connection that look-ups and listings show after `settling` milliseconds. */
  add(
    given: NewConnection,
    setupState: SetupState = 'incomplete',
    settling = 0,
  ): SandboxConnection {
    const now = this.#settings.now();
    const connection: SandboxConnection = {
      id: this.#nextId(),
      service_version: 1,
      connected_by: 'sandbox_user',
      // Fivetran's timestamps have microseconds.
      created_at: new Date(now).toISOString().replace('Z', '000Z'),
      status: {
        setup_state: setupState,
        sync_state: given.paused ? 'paused' : 'scheduled',
        update_state: 'on_schedule',
        is_historical_sync: true,
        tasks: [],
        warnings: [],
      },
      paused: false,
      pause_after_trial: false,
      sync_frequency: 360,
      schedule_type: 'auto',
      data_delay_sensitivity: 'NORMAL',
      data_delay_threshold: 0,
      networking_method: 'Directly',
      destination_schema_names: 'FIVETRAN_NAMING',
      config: {},
      ...given,
    };
    const entry = { connection, order: ++this.#orders, visibleFrom: now + settling };
    this.connections.push(connection);
    this.#byId.set(connection.id, entry);
    put(this.#byGroup, connection.group_id, entry);
    put(this.#byName, nameKey(connection.group_id, connection.schema), entry);
    return connection;
  }

  /** Changes a connection; one that is no longer paused syncs, once it is connected. */
  update(connection: SandboxConnection, change: Partial<NewConnection>): void {
    const config = { ...connection.config, ...change.config };
    Object.assign(connection, change, { config });
    const { status } = connection;
    if (change.paused) status.sync_state = 'paused';
    else if (change.paused === false) {
      status.sync_state = status.setup_state === 'connected' ? 'syncing' : 'scheduled';
    }
  }

  /** Removes a connection if it exists, which makes its name free again. */
  remove(id: string): void {
    const entry = this.#byId.get(id);
    if (!entry) return;
    const { connection } = entry;
    this.#byId.delete(id);
    this.connections.splice(this.connections.indexOf(connection), 1);
    drop(this.#byGroup, connection.group_id, entry);
    drop(this.#byName, nameKey(connection.group_id, connection.schema), entry);
  }

  /** One page of the connections in a group, of a name, or both; oldest first. */
  list(filter: ConnectionFilter, after: number, limit: number): Page {
    const now = this.#settings.now();
    const found: Entry[] = [];
    for (const entry of this.#candidates(filter)) {
      if (entry.order <= after || entry.visibleFrom > now) continue;
      if (filter.name !== undefined && entry.connection.schema !== filter.name) continue;
      if (found.length === limit) {
        return { connections: found.map((one) => one.connection), next: found.at(-1)?.order };
      }
      found.push(entry);
    }
    return { connections: found.map((one) => one.connection), next: undefined };
  }

  #candidates({ groupId, name }: ConnectionFilter): Iterable<Entry> {
    if (groupId === undefined) return this.#byId.values();
    if (name === undefined) return this.#byGroup.get(groupId) ?? [];
    return this.#byName.get(nameKey(groupId, name)) ?? [];
  }
}

function nameKey(groupId: string, name: string): string {
  return JSON.stringify([groupId, name]);
}

function put(index: Map<string, Set<Entry>>, key: string, entry: Entry): void {
  const entries = index.get(key);
  if (entries) entries.add(entry);
  else index.set(key, new Set([entry]));
}

function drop(index: Map<string, Set<Entry>>, key: string, entry: Entry): void {
  const entries = index.get(key);
  entries?.delete(entry);
  if (entries?.size === 0) index.delete(key);
}

interface ConnectionFilter {
  groupId: string | undefined;
  name: string | undefined;
}
