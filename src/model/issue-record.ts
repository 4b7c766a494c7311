import { connectionName } from './connection.ts';

/** What was approved for one connection of an issue. */
export interface ApprovedRequest {
  group: string;
  service: string;
  schema: string;
  table?: string;
}

/**
 * A create request that may have been sent. Both times are Fivetran's, in milliseconds: of the look
 * that found no such connection, and until when the run that wrote this can still be sending. A
 * connection that was created outside of them is somebody else's.
 */
export interface CreateIntent {
  unseenAt: number;
  until: number;
}

/** How one connection of an issue stands, as the comment says it. */
export type EntryState =
  /** A create request may have been sent, and its result isn't known. */
  | 'creating'
  /** It has a link that works until `expires`. */
  | 'ready'
  | 'connected'
  | 'expired'
  | 'broken'
  | 'gone'
  /** It has no link, because of `error`. */
  | 'failed';

/** One connection of an issue. */
export interface Entry {
  request: ApprovedRequest;
  /** The connection's id; absent as long as none is known to exist. */
  connection?: string;
  /** Create requests that may have been sent, as long as `connection` is absent. */
  intents: CreateIntent[];
  state: EntryState;
  /** When the newest link stops working, in milliseconds; 0 where there is none. */
  expires: number;
  /** A fingerprint of that link, by which it is recognized in the comment. */
  link?: string;
  /** Whether the connection was broken then, so that the link is for signing in again. */
  repairs?: true;
  /** GitHub's time of the lease under which that link was created, in milliseconds. */
  renewed: number;
  /** The same time of its first link: since then it has been waiting for the customer. */
  since?: number;
  /**
   * Whether it was created paused; whether its first sync is being started, and whether it was.
   */
  paused?: true;
  starting?: true;
  started?: true;
  /** The code of the failure that left it without a link, or without its first sync. */
  error?: string;
  /** GitHub's time at which Fivetran refused that repeatedly, in milliseconds. */
  refused?: number;
  /** What the connector type is called, as reported by Fivetran, and its setup guide. */
  title?: string;
  docs?: string;
  /** What the destination is called in the form, where the form names one. */
  destination?: string;
}

/** What is remembered of an issue as a whole. */
export interface IssueDetails {
  /** Who the connections are for, as the approved form says: anybody's words. */
  customer?: string;
  /** How often those on the issue were reminded, and when last: GitHub's time, in milliseconds. */
  reminders?: { count: number; at: number };
}

/** More connections than these aren't on record for one issue. */
export const MOST_ENTRIES = 50;

/** A request that nothing has been done about yet, as an entry. */
export function newEntry(request: ApprovedRequest): Entry {
  return { request, intents: [], state: 'creating', expires: 0, renewed: 0 };
}

/** Whether an entry's connection exists, or may: a create request for it may have been sent. */
export function mayExist({ connection, intents }: Entry): boolean {
  return connection !== undefined || intents.length > 0;
}

/** The connection's name in Fivetran. */
export function nameOf(request: ApprovedRequest): string {
  return connectionName(request);
}
