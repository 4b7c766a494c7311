import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { isRecord } from '../model/json.ts';
import type { Comment, Person } from './repository.ts';

/**
 * What the action remembers of an issue, in a hidden, signed marker in its comment.
 * `note`: something was said, nothing made. `intent`: a connection may be being made.
 * `made`: it was made.
 */
export type IssueRecord = NoteRecord | IntentRecord | MadeRecord;

interface Rounds {
  /** How many times a connection has been begun for this issue: 0 until the first intent. */
  round: number;
}

export interface NoteRecord extends Rounds {
  kind: 'note';
}

/** What was approved for an issue. */
export interface ApprovedRequest {
  group: string;
  service: string;
  schema: string;
  table?: string;
}

export interface IntentRecord extends ApprovedRequest, Rounds {
  kind: 'intent';
  /** The server's time, in milliseconds, of a look that found no such connection. */
  unseenAt: number;
  /** The server's time of writing it, in milliseconds. */
  at: number;
}

export interface MadeRecord extends ApprovedRequest, Rounds {
  kind: 'made';
  connection: string;
  /** When the link that was made last stops working, in milliseconds; 0 where there is none. */
  expires: number;
  /** What the comment says, so that nothing is written that it says already. */
  state: 'ready' | 'connected' | 'expired' | 'broken' | 'gone' | 'failed';
}

/** An issue, as records are bound to it. */
export interface Place {
  repositoryId: number;
  issue: number;
}

const VERSION = 'v1';
/** A comment that is laid out as the action's are, whoever signed it: title first, marker last. */
const LAYOUT = /^### .*<!-- connect-card-link v\d+ [\w-]+\.[\w-]+ -->\s*$/s;
const MARKER = /<!-- connect-card-link (v\d+) ([\w-]{1,8000})\.([\w-]{43}) -->/g;

/** A record found in a comment. */
export interface Found<R extends IssueRecord = IssueRecord> {
  comment: Comment;
  record: R;
}

/** What the comments on an issue hold of the action's. */
export interface OwnComments {
  /** Those with a record that this key signed for this issue, oldest first. */
  records: Found[];
  /** Those with a marker that it can't have signed: made with another key, or forged. */
  unreadable: Comment[];
}

/** Signs records and reads them back. Its key is derived from the API secret. */
export class RecordSigner {
  readonly #key: Uint8Array;
  readonly #place: Place;

  constructor(apiSecret: string, place: Place) {
    this.#key = new Uint8Array(
      hkdfSync('sha256', apiSecret, '', `connect-card-link issue record ${VERSION}`, 32),
    );
    this.#place = place;
  }

  /**
   * The marker for a record.
   * @param comment the id of the comment that will hold it; undefined in a comment yet to be added
   */
  sign(record: IssueRecord, comment: number | undefined): string {
    const sealed = { ...this.#place, ...(comment && { comment }), record };
    const payload = Buffer.from(JSON.stringify(sealed)).toString('base64url');
    return `<!-- connect-card-link ${VERSION} ${payload}.${this.#signature(payload)} -->`;
  }

  /**
   * Sorts out which comments hold a record. A record names the comment it stands in, but for the
   * first one of a comment, whose number wasn't known yet: that counts only by its author.
   */
  async read(
    comments: Comment[],
    ownAuthor: () => Promise<(author: Person) => boolean>,
  ): Promise<OwnComments> {
    const own: OwnComments = { records: [], unreadable: [] };
    let isOwn: ((author: Person) => boolean) | undefined;
    for (const comment of comments) {
      const markers = [...comment.body.matchAll(MARKER)];
      if (markers.length === 0) continue;
      const sealed = markers.map((marker) => this.#open(marker)).filter((one) => one !== undefined);
      const bound = sealed.find((one) => one.comment === comment.id);
      const free = sealed.find((one) => one.comment === undefined);
      if (bound) {
        own.records.push({ comment, record: bound.record });
        continue;
      }
      isOwn ??= await ownAuthor();
      if (!isOwn(comment.author)) continue;
      if (free) own.records.push({ comment, record: free.record });
      else if (sealed.length === 0 && LAYOUT.test(comment.body)) own.unreadable.push(comment);
    }
    return own;
  }

  /** The content of a marker, if it was signed with this key for this issue. */
  #open([, version, payload = '', signature = '']: RegExpMatchArray) {
    if (version !== VERSION) return undefined;
    const expected = Buffer.from(this.#signature(payload));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const sealed: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    if (!isRecord(sealed) || !isRecord(sealed.record)) return undefined;
    const { repositoryId, issue } = this.#place;
    if (sealed.repositoryId !== repositoryId || sealed.issue !== issue) return undefined;
    return sealed as { comment?: number; record: IssueRecord };
  }

  #signature(payload: string): string {
    return createHmac('sha256', this.#key)
      .update(`connect-card-link ${VERSION} ${payload}`)
      .digest('base64url');
  }
}
