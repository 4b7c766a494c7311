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

/** After a lost answer: milliseconds before each look, 15 s in all, while the connection may appear. */
export const LOOKS = [0, 1000, 2000, 4000, 8000];

export interface CreateContext {
  connections: Connections;
  budget: WaitBudget;
  log: { info(line: string): void; warning(line: string): void };
  /** Told of every connection that turns out to be this request's, so that none is lost. */
  made(connection: Connection): void;
  /**
   * Whether others may be after this very name, to get at the connection: then one that is there
   * when a create request is refused isn't taken for this request's, however new it is.
   */
  contested?: boolean;
}

export type Creation =
  | { outcome: 'created'; connection: Connection; card: Card | undefined }
  /** The name is in use by connections that aren't of this request's making. */
  | { outcome: 'taken'; found: Connection[]; refusal: LinkError };

/**
 * Creates a connection once, although the request isn't idempotent and its answer can be lost.
 * After a lost answer it looks whether the connection appears before it creates once more.
 * Servers that refuse a second connection of the same name are served as well as those that don't.
 *
 * @param unseenAt the server's time of a look that found no such connection, in milliseconds: what
 *   was made later is this request's. Undefined when nobody has looked.
 * @throws LinkError `create-unknown` when a second answer is lost as well, `duplicate-connection`
 *   when both requests turn out to have made a connection
 */
export async function createOnce(
  wanted: NewConnection,
  unseenAt: number | undefined,
  context: CreateContext,
): Promise<Creation> {
  const { connections, budget, log, made } = context;
  const started = budget.now();
  // The answer's Date has whole seconds, and this machine's clock may be wrong.
  const isOurs = (connection: Connection, { date }: LookupResult) =>
    isOf(wanted, connection, unseenAt ?? date - (budget.now() - started) - 1000);
  const look = async () => {
    const found = await connections.named(wanted.groupId, connectionName(wanted));
    return found.connections.filter((connection) => isOurs(connection, found));
  };

  const first = await attempt(wanted, connections);
  if (first.outcome === 'created') return report(first, made);
  if (first.outcome === 'refused') return await taken(wanted, first.refusal, connections);

  log.warning(
    `${first.reason.message} The connection may have been made all the same: looking before creating again.`,
  );
  const mayWait = budget.left > 0;
  try {
    const appeared = await lookRepeatedly(look, context);
    if (appeared) return report(appeared, made);
  } catch (error) {
    throw inDoubt(wanted, `${first.reason.message} Looking for it failed too: ${messageOf(error)}`);
  }
  if (budget.ended) {
    throw inDoubt(wanted, `${first.reason.message} It isn't there yet, and the run has to stop.`);
  }
  if (!mayWait) {
    throw inDoubt(wanted, `${first.reason.message} It isn't there yet, and max-wait is spent.`);
  }

  log.info("It hasn't appeared. Creating once more.");
  const second = await attempt(wanted, connections).catch((error) => {
    throw inDoubt(wanted, `${first.reason.message} Creating it again failed: ${messageOf(error)}`);
  });
  if (second.outcome === 'refused') {
    if (context.contested) throw unclear(wanted, second.refusal);
    // The name is in use now: the first request has arrived after all.
    const late = await lookRepeatedly(look, context);
    return late ? report(late, made) : await taken(wanted, second.refusal, connections);
  }
  if (second.outcome === 'created') made(second.connection);
  const found = await look().catch((error) => {
    log.warning(`Whether there are two now couldn't be checked: ${messageOf(error)}`);
    return [];
  });
  if (second.outcome === 'lost') {
    for (const connection of found) made(connection);
    throw inDoubt(wanted, `Two answers were lost. ${second.reason.message}`, found);
  }
  const others = found.filter(({ id }) => id !== second.connection.id);
  if (others.length > 0) throw duplicates(connectionName(wanted), [second.connection, ...others]);
  return second;
}

/** Whether a connection of the wanted name can be this request's: of its service, and made since. */
export function isOf(
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

/** With which status Fivetran refuses a name that is in use isn't documented: assume both. */
function mayBeDuplicate(error: LinkError): boolean {
  const refusal = error instanceof Refusal ? error : error.cause;
  return refusal instanceof Refusal && (refusal.status === 400 || refusal.status === 409);
}

async function lookRepeatedly(
  look: () => Promise<Connection[]>,
  { budget, log }: CreateContext,
): Promise<Created | undefined> {
  for (const pause of LOOKS) {
    // What is left of max-wait may be less than the next pause.
    await budget.wait(Math.min(pause, budget.left));
    const [connection, ...more] = await look();
    if (connection && more.length === 0) {
      log.info(`It was made: connection ${connection.id}.`);
      return { outcome: 'created', connection, card: undefined };
    }
    if (connection) throw duplicates(connection.name, [connection, ...more]);
    if (budget.left === 0) return undefined;
  }
  return undefined;
}

/** Tells a refusal because of the name from any other, by looking. */
async function taken(
  wanted: NewConnection,
  refusal: LinkError,
  connections: Connections,
): Promise<Creation> {
  const { connections: found } = await connections.named(wanted.groupId, connectionName(wanted));
  if (found.length === 0) throw refusal;
  return { outcome: 'taken', found, refusal };
}

function report(creation: Created, made: CreateContext['made']): Created {
  made(creation.connection);
  return creation;
}

function inDoubt(wanted: NewConnection, story: string, found: Connection[] = []): LinkError {
  const seen =
    found.length > 0 ? ` LookupResult now: ${found.map(({ id }) => id).join(', ')}.` : '';
  return new LinkError(
    'create-unknown',
    `Whether connection ${connectionName(wanted)} was made in group ${wanted.groupId} can't be told. ${story}${seen}`,
    'Run the job again in a few minutes with on-existing: reuse; it continues with the connection if it was made.',
  );
}

/** The error where a request may have made the connection that another one was refused for. */
export function unclear(wanted: NewConnection, refusal: LinkError): LinkError {
  return new LinkError(
    'ownership-unclear',
    `One create request for ${connectionName(wanted)} lost its answer and the next was refused: whose connection it is can't be told. ${refusal.message}`,
    'Look in Fivetran whose connection has that name. If it is this one: operation: link, with its connection-id and the issue-number.',
    { cause: refusal },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
