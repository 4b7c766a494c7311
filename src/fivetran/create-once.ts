import { ResponseLost } from '../http/transport.ts';
import type { WaitBudget } from '../http/wait-budget.ts';
import {
  type Card,
  type Connection,
  connectionName,
  type NewConnection,
} from '../model/connection.ts';
import { LinkError } from '../model/errors.ts';
import type { Connections, LookupResult } from './connections.ts';
import { duplicates } from './duplicates.ts';
import { Refusal } from './failures.ts';
import { sameService } from './services.ts';

/** After a lost response: milliseconds before each look, 15 s in all, while it may still appear. */
export const LOOKS_MS = [0, 1000, 2000, 4000, 8000];

export interface CreateContext {
  connections: Connections;
  budget: WaitBudget;
  log: { info(line: string): void; warning(line: string): void };
  /** Told of every connection that turns out to be this request's, so that none is lost. */
  onCreated(connection: Connection): void;
  /**
   * Whether others may want this very name, to get access to the connection: then one that exists
   * when a create request is refused doesn't count as this request's, however new it is.
   */
  contested?: boolean;
}

export type Creation =
  | { outcome: 'created'; connection: Connection; card: Card | undefined }
  /** The name is in use by connections that this request didn't create. */
  | { outcome: 'taken'; existing: Connection[]; refusal: LinkError };

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
  const { connections, budget, log, onCreated } = context;
  const started = budget.now();
  // The response's Date has whole seconds, and this machine's clock may be wrong.
  const isOurs = (connection: Connection, { date }: LookupResult) =>
    isOf(wanted, connection, unseenAt ?? date - (budget.now() - started) - 1000);
  const look = async () => {
    const lookup = await connections.named(wanted.groupId, connectionName(wanted));
    return lookup.connections.filter((connection) => isOurs(connection, lookup));
  };

  const first = await attempt(wanted, connections);
  if (first.outcome === 'created') return report(first, onCreated);
  if (first.outcome === 'refused') return await taken(wanted, first.refusal, connections);

  log.warning(
    `${first.reason.message} The connection may have been created all the same: looking before creating again.`,
  );
  const mayWait = budget.left > 0;
  try {
    const appeared = await lookRepeatedly(look, wanted, context);
    if (appeared) return report(appeared, onCreated);
  } catch (error) {
    if (error instanceof LinkError && error.code === 'duplicate-connection') throw error;
    throw inDoubt(
      wanted,
      `${first.reason.message} Looking for it failed as well: ${messageOf(error)}`,
    );
  }
  if (budget.ended) {
    throw inDoubt(
      wanted,
      `${first.reason.message} It doesn't exist yet, and the run was cancelled.`,
    );
  }
  if (!mayWait) {
    throw inDoubt(wanted, `${first.reason.message} It doesn't exist yet, and max-wait is used up.`);
  }

  log.info("It hasn't appeared. Creating once more.");
  const second = await attempt(wanted, connections).catch((error) => {
    throw inDoubt(wanted, `${first.reason.message} Creating it again failed: ${messageOf(error)}`);
  });
  if (second.outcome === 'refused') {
    if (context.contested) throw unclear(wanted, second.refusal);
    // The name is in use now: the first request has arrived after all.
    const late = await lookRepeatedly(look, wanted, context);
    return late ? report(late, onCreated) : await taken(wanted, second.refusal, connections);
  }
  if (second.outcome === 'created') onCreated(second.connection);
  const existing = await look().catch((error) => {
    log.warning(`Couldn't check whether there are two connections now: ${messageOf(error)}`);
    return [];
  });
  if (second.outcome === 'lost') {
    for (const connection of existing) onCreated(connection);
    throw inDoubt(wanted, `Two responses were lost. ${second.reason.message}`, existing);
  }
  const others = existing.filter(({ id }) => id !== second.connection.id);
  if (others.length > 0) throw duplicates(wanted, [second.connection, ...others]);
  return second;
}

/** Whether a connection of the wanted name can be this request's: of its service, and created since. */
function isOf(
  wanted: NewConnection,
  { service, createdAt }: Connection,
  unseenAt: number,
): boolean {
  return sameService(service, wanted.service) && createdAt >= unseenAt;
}

type Created = Creation & { outcome: 'created' };
type Attempt =
  | Created
  | { outcome: 'lost'; reason: LinkError }
  | { outcome: 'refused'; refusal: LinkError };

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

async function lookRepeatedly(
  look: () => Promise<Connection[]>,
  wanted: NewConnection,
  { budget, log }: CreateContext,
): Promise<Created | undefined> {
  for (const pause of LOOKS_MS) {
    // What is left of max-wait may be less than the next pause.
    await budget.wait(Math.min(pause, budget.left));
    const [connection, ...more] = await look();
    if (connection && more.length === 0) {
      log.info(`It was created: connection ${connection.id}.`);
      return { outcome: 'created', connection, card: undefined };
    }
    if (connection) throw duplicates(wanted, [connection, ...more]);
    if (budget.left === 0) return undefined;
  }
  return undefined;
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

function report(creation: Created, onCreated: CreateContext['onCreated']): Created {
  onCreated(creation.connection);
  return creation;
}

function inDoubt(wanted: NewConnection, story: string, existing: Connection[] = []): LinkError {
  const seen =
    existing.length > 0 ? ` Existing now: ${existing.map(({ id }) => id).join(', ')}.` : '';
  return new LinkError(
    'create-unknown',
    `Couldn't confirm whether connection ${connectionName(wanted)} was created in group ${wanted.groupId}. ${story}${seen}`,
    'Run the job again in a few minutes with on-existing: reuse: it continues with the connection if it exists.',
  );
}

/** The error where a lost request may have created the connection that the next was refused for. */
export function unclear(wanted: NewConnection, refusal: LinkError): LinkError {
  return new LinkError(
    'ownership-unclear',
    `One create request for ${connectionName(wanted)} lost its response and the next was refused: couldn't confirm whose connection it is. ${refusal.message}`,
    "Check in Fivetran whose connection has that name. If it is this issue's, use operation: link with its connection-id and the issue-number.",
    { cause: refusal },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
