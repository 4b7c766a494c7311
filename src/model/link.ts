import type { Card, CardShape, Connection, NewConnection } from './connection.ts';
import type { LinkError } from './errors.ts';

/** What was asked for, in the asker's words: it stands in the results whatever comes of it. */
export interface RequestedTarget {
  name?: string;
  groupId?: string;
  service?: string;
  schema?: string;
  table?: string;
  connectionId?: string;
  /** Columns or keys of a list that are the asker's own: an e-mail address, an owner. */
  extra?: Record<string, unknown>;
}

/** A request for a link, checked and complete: for a connection by name, or for one that exists. */
export type LinkRequest =
  | { kind: 'named'; asked: RequestedTarget; connection: NewConnection }
  | { kind: 'existing'; asked: RequestedTarget; connectionId: string; card: CardShape };

/** What to do when a connection of the wanted name is in the group already. */
export type OnExisting = 'reuse' | 'fail' | 'ignore';

/** What became of one request. Whatever is known is there, in a failure too. */
export interface LinkResult {
  asked: RequestedTarget;
  outcome: 'linked' | 'connected' | 'skipped' | 'dry-run' | 'failed';
  connection?: Connection;
  card?: Card;
  created?: boolean;
  /** Whether a request for it may have been sent. */
  begun?: boolean;
  /** Where in an issue it stands. */
  commentUrl?: string;
  error?: LinkError;
}
