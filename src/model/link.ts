import type { Card, CardShape, Connection, NewConnection } from './connection.ts';
import type { LinkError } from './errors.ts';
import type { ListPosition } from './position.ts';

/** What a request names, as it was written: the results repeat it whatever the outcome. */
export interface RequestedTarget {
  name?: string;
  groupId?: string;
  service?: string;
  schema?: string;
  table?: string;
  connectionId?: string;
  /** Columns and keys of a list that the action doesn't know, passed through to the results. */
  extra?: Readonly<Record<string, unknown>>;
}

/** A request for a link, checked and complete: for a connection by name, or for one that exists. */
export type LinkRequest = (
  | { kind: 'named'; connection: NewConnection }
  | { kind: 'existing'; connectionId: string; card: CardShape }
) & {
  target: RequestedTarget;
  /** Where it stands in the list of requests. */
  position?: ListPosition;
};

/** A request for a connection by name. */
export type NamedRequest = LinkRequest & { kind: 'named' };

/** What to do when a connection of the wanted name exists in the group. */
export type OnExisting = 'reuse' | 'fail' | 'ignore';

/** What the workflow decides about every link of a run. */
export interface LinkPolicy {
  onExisting: OnExisting;
  dryRun: boolean;
}

/** A request that a dry run holds back. */
export interface DryRunRequest {
  path: string;
  body?: Record<string, unknown>;
}

/** What is known of one request, whatever its outcome. */
export interface KnownParts {
  target: RequestedTarget;
  connection?: Connection;
  /** Whether this run created the connection. */
  created?: boolean;
  card?: Card;
}

/** The outcome of one request, with everything known about it. */
export type LinkResult =
  /** Not finished; `begun`: a request for it may have been sent. Never reported. */
  | (KnownParts & { outcome: 'pending'; begun: boolean })
  | (KnownParts & { outcome: 'linked'; connection: Connection; created: boolean; card: Card })
  /** The connection is connected and needs no link. */
  | (KnownParts & { outcome: 'connected'; connection: Connection })
  | (KnownParts & { outcome: 'skipped'; reason: string })
  | (KnownParts & { outcome: 'dry-run'; wouldSend?: DryRunRequest })
  | FailedResult;

type FailedResult = KnownParts & { outcome: 'failed'; error: LinkError };

export type LinkOutcome = LinkResult['outcome'];

/** Told of each thing as soon as it is known, so that a cancelled run can still report it. */
export interface LinkObserver {
  /** @param created whether this run created it */
  onConnection(connection: Connection, created: boolean): void;
  onCard(card: Card): void;
}

/** The error of a request that failed; undefined for any other. */
export function errorOf(result: LinkResult): LinkError | undefined {
  return result.outcome === 'failed' ? result.error : undefined;
}

/** What is known of a request, without its outcome. */
export function knownParts({ target, connection, created, card }: LinkResult): KnownParts {
  return {
    target,
    ...(connection && { connection }),
    ...(created !== undefined && { created }),
    ...(card && { card }),
  };
}

/** A result that failed after all: what is known stays known, and the first error counts. */
export function asFailed(result: LinkResult, error: LinkError): FailedResult {
  if (result.outcome === 'failed') return result;
  return { ...knownParts(result), outcome: 'failed', error };
}
