import { type Connection, connectionName, type NewConnection } from '../model/connection.ts';
import { LinkError } from '../model/errors.ts';
import type { Connections } from './connections.ts';

/**
 * Whether other connections may rightly have the same name. Only Fivetran's own naming makes the
 * schema the connection's unique name: beta.fivetran.com/docs/core-concepts/no-renaming
 */
export function mayShareName({ settings }: Pick<NewConnection, 'settings'>): boolean {
  return settings.destination_schema_names === 'SOURCE_NAMING';
}

/**
 * Makes sure that a connection is the only one of its name: two may be two issues'.
 * @throws LinkError `duplicate-connection` when it isn't
 */
export async function refuseSeveral(
  wanted: NamedConnection,
  connection: Pick<Connection, 'id'>,
  connections: Connections,
): Promise<void> {
  const named = await connections.named(wanted.groupId, connectionName(wanted));
  const others = named.connections.filter(({ id }) => id !== connection.id);
  if (others.length > 0) throw duplicates(wanted, [connection, ...others]);
}

type NamedConnection = Pick<NewConnection, 'groupId' | 'schema' | 'table' | 'settings'>;

/** The error where several connections have the wanted name, and any of them may be meant. */
export function duplicates(
  wanted: NamedConnection,
  all: readonly Pick<Connection, 'id'>[],
): LinkError {
  const ids = all.map(({ id }) => id).join(' and ');
  return new LinkError(
    'duplicate-connection',
    `${all.length} connections in group ${wanted.groupId} are named ${connectionName(wanted)}: ${ids}. Nothing was deleted.`,
    mayShareName(wanted)
      ? 'Set connection-id to the id of the one that is meant.'
      : 'Set connection-id to the id of the one that is meant, or delete the others in Fivetran.',
  );
}
