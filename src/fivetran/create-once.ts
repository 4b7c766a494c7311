import { ResponseLost } from '../http/transport.ts';
import { type Connection, connectionName, type NewConnection } from '../model/connection.ts';
import { LinkError } from '../model/errors.ts';
import type { Connections, LookupResult } from './connections.ts';
import type { Attempt, CreateContext, Creation } from './create-again.ts';
import { Refusal } from './failures.ts';
import { sameService } from './services.ts';

/**
 * Creates a connection once, although the request isn't idempotent and its response can be lost.
 * After a lost response it looks whether the connection appears before it creates once more.
 * It works with servers that refuse a second connection of the same name, and with those that don't.
 *
 * @param unseenAt the server's time of a look that found no such connection, in milliseconds: what
 *   was created later is this request's. Undefined when nobody has looked.
 * @throws LinkError `create-unknown` when a second response is lost as well, `duplicate-connection`
 *   when several connections turn out to be this request's; then no other is created
 */
export async function createOnce(
  wanted: NewConnection,
  unseenAt: number | undefined,
  context: CreateContext,
): Promise<Creation> {
  const { connections, budget } = context;
  const started = budget.now();
  // The response's Date has whole seconds, and this machine's clock may be wrong.
  const isOurs = (connection: Connection, { date }: LookupResult) =>
    isOf(wanted, connection, unseenAt ?? date - (budget.now() - started) - 1000);
  const look = async () => {
    const lookup = await connections.named(wanted.groupId, connectionName(wanted));
    return lookup.connections.filter((connection) => isOurs(connection, lookup));
  };

  const create = () => attempt(wanted, connections);
  const first = await create();
  if (first.outcome === 'created') {
    context.onCreated(first.connection);
    return first;
  }
  const inUse = (refusal: LinkError) => taken(wanted, refusal, connections);
  if (first.outcome === 'refused') return inUse(first.refusal);
  const { createAgain } = await import('./create-again.ts');
  return createAgain(wanted, first.reason, { create, look, taken: inUse }, context);
}

/** Whether a connection of the wanted name can be this request's: of its service, and created since. */
function isOf(
  wanted: NewConnection,
  { service, createdAt }: Connection,
  unseenAt: number,
): boolean {
  return sameService(service, wanted.service) && createdAt >= unseenAt;
}

async function attempt(wanted: NewConnection, connections: Connections): Promise<Attempt> {
  try {
    return { outcome: 'created', ...(await connections.create(wanted)) };
  } catch (error) {
    if (error instanceof ResponseLost) return { outcome: 'lost', reason: error.reason };
    if (error instanceof LinkError && mayBeDuplicate(error)) {
      return { outcome: 'refused', refusal: error };
    }
    throw error;
  }
}

/** The status with which Fivetran refuses a name that is in use isn't documented: assume both. */
function mayBeDuplicate(error: LinkError): boolean {
  const refusal = error instanceof Refusal ? error : error.cause;
  return refusal instanceof Refusal && (refusal.status === 400 || refusal.status === 409);
}

/** Distinguishes a refusal because of the name from any other, by looking. */
async function taken(
  wanted: NewConnection,
  refusal: LinkError,
  connections: Connections,
): Promise<Creation> {
  const lookup = await connections.named(wanted.groupId, connectionName(wanted));
  if (lookup.connections.length === 0) throw refusal;
  return { outcome: 'taken', existing: lookup.connections, refusal };
}
