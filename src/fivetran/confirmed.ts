import { type Connection, connectionName } from '../model/connection.ts';
import { LinkError } from '../model/errors.ts';
import type { Connections } from './connections.ts';

/** A connection's id, and where a listing would have it. */
interface KnownConnection {
  id: string;
  group: string;
  schema: string;
  table?: string;
}

/**
 * One connection by its id. That it doesn't exist is believed only when two responses say so: a
 * listing has to lack it as well.
 * @throws LinkError `unknown-connection` when it doesn't exist
 */
export async function getConfirmed(
  connections: Connections,
  { id, group, ...name }: KnownConnection,
): Promise<Connection> {
  try {
    return await connections.get(id);
  } catch (error) {
    if (!(error instanceof LinkError && error.code === 'unknown-connection')) throw error;
    const listed = await connections.named(group, connectionName(name));
    const found = listed.connections.find((connection) => connection.id === id);
    if (!found) throw error;
    return found;
  }
}
