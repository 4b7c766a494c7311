import type { Card } from './connection.ts';
import type { LinkError } from './errors.ts';
import type { Entry } from './issue-record.ts';

/** What became of one issue that was followed up. */
export interface FollowUpResult {
  issue: number;
  outcome: 'waiting' | 'connected' | 'broken' | 'expired' | 'gone' | 'bad-record' | 'failed';
  /** Whether this run changed anything: in the comment, the labels, the issue. */
  changed: boolean;
  /** The issue's connections as they are now. */
  entries: Entry[];
  /** Fresh cards in place of expired ones, by their connections' ids. */
  cards: Map<string, Card>;
  commentUrl?: string;
  error?: LinkError;
}
