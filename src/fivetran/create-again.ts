import type { WaitBudget } from '../http/wait-budget.ts';
import {
  type Card,
  type Connection,
  connectionName,
  type NewConnection,
} from '../model/connection.ts';
import { LinkError } from '../model/errors.ts';
import type { Connections } from './connections.ts';
import { duplicates } from './duplicates.ts';

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

type Created = Creation & { outcome: 'created' };

/** What became of one create request. */
export type Attempt =
  | Created
  | { outcome: 'lost'; reason: LinkError }
  | { outcome: 'refused'; refusal: LinkError };

/** What is sent to create one connection, and to find out about it. */
export interface CreateSteps {
  /** Sends the create request once. */
  create(): Promise<Attempt>;
  /** Finds the connections that can be this request's. */
  look(): Promise<Connection[]>;
  /** Distinguishes a refusal because of the name from any other. */
  taken(refusal: LinkError): Promise<Creation>;
}

/** After a lost response: milliseconds before each look, 15 s in all, while it may still appear. */
export const LOOKS_MS = [0, 1000, 2000, 4000, 8000];

/**
 * Goes on where a create request lost its response: looks whether the connection appears, and creates
 * it once more if it doesn't.
 * @param reason how the response was lost
 * @throws LinkError as `createOnce`
 */
export async function createAgain(
  wanted: NewConnection,
  reason: LinkError,
  { create, look, taken }: CreateSteps,
  context: CreateContext,
): Promise<Creation> {
  const { budget, log, onCreated } = context;
  log.warning(
    `${reason.message} The connection may have been created all the same: looking before creating again.`,
  );
  const mayWait = budget.left > 0;
  try {
    const appeared = await lookRepeatedly(look, wanted, context);
    if (appeared) return appeared;
  } catch (error) {
    if (error instanceof LinkError && error.code === 'duplicate-connection') throw error;
    throw inDoubt(wanted, `${reason.message} Looking for it failed as well: ${messageOf(error)}`);
  }
  if (budget.ended) {
    throw inDoubt(wanted, `${reason.message} It doesn't exist yet, and the run was cancelled.`);
  }
  if (!mayWait) {
    throw inDoubt(wanted, `${reason.message} It doesn't exist yet, and max-wait is used up.`);
  }

  log.info("It hasn't appeared. Creating once more.");
  const second = await create().catch((error) => {
    throw inDoubt(wanted, `${reason.message} Creating it again failed: ${messageOf(error)}`);
  });
  if (second.outcome === 'refused') {
    if (context.contested) throw unclear(wanted, second.refusal);
    // The name is in use now: the first request has arrived after all.
    const late = await lookRepeatedly(look, wanted, context);
    return late ?? (await taken(second.refusal));
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

async function lookRepeatedly(
  look: () => Promise<Connection[]>,
  wanted: NewConnection,
  { budget, log, onCreated }: CreateContext,
): Promise<Created | undefined> {
  for (const pause of LOOKS_MS) {
    // What is left of max-wait may be less than the next pause.
    await budget.wait(Math.min(pause, budget.left));
    const [connection, ...more] = await look();
    if (connection && more.length === 0) {
      log.info(`It was created: connection ${connection.id}.`);
      onCreated(connection);
      return { outcome: 'created', connection, card: undefined };
    }
    if (connection) throw duplicates(wanted, [connection, ...more]);
    if (budget.left === 0) return undefined;
  }
  return undefined;
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
