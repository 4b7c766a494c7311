import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Entry, IssueDetails } from '../model/issue-record.ts';
import { isRecord } from '../model/json.ts';
import type { Comment } from './issue.ts';

/** An issue, as records are bound to it. */
export interface IssueRef {
  repositoryId: number;
  issue: number;
}

/**
 * Says that a run works on the issue: docs/decisions/0004-lease-on-the-issue.md. `until` is GitHub's
 * time, in milliseconds, after which the run sends nothing any more.
 */
interface Lease {
  /** Told apart from every other lease by it. */
  id: string;
  run: string;
  attempt: number;
  until: number;
}

/** What a hidden, signed marker in a comment of the action's holds. */
export interface Sealed {
  /** Of two records of an issue the one with the higher number is newer. */
  generation: number;
  entries: Entry[];
  details?: IssueDetails;
  /** Present while the run that wrote it may still be working. */
  lease?: Lease;
}

/** A comment whose marker verifies. */
export interface SignedComment {
  comment: Comment;
  sealed: Sealed;
  /** Whether the marker names the comment that it stands in. */
  bound: boolean;
  /** Whether it was signed with the key from before a rotation. */
  previousKey: boolean;
  /**
   * Whether its list has all that comments before it may have. Where the key from before a rotation is at
   * hand, only a list that was written with both has: with one of them, a run doesn't see the other's.
   */
  isWhole: boolean;
}

/** What a marker holds before its comment has a number. */
interface Sending {
  /** Who sends it: the login that the comment's author will have. */
  by: string;
  /** GitHub's time of sending it, in milliseconds. */
  at: number;
  /** How long that may take, in milliseconds. */
  within: number;
}

const VERSION = 'v1';
const MARKER = /<!-- connect-card-link (v\d+) ([\w-]{1,60000})\.([\w-]{43}) -->/g;
/** The action writes one; a stranger's comment could have hundreds to be verified. */
const MOST_MARKERS = 3;
/** Servers' times have whole seconds, and not all servers the same. */
const CLOCK_MARGIN_MS = 5000;

/** Signs records and reads them back. Its key is derived from the API secret. */
export class RecordSigner {
  readonly #keys: Uint8Array[];
  /** Distinguishes the previous key from others; undefined without one. */
  readonly #previous: string | undefined;

  /** @param previousSecret the one before a rotation, whose records still count */
  constructor(apiSecret: string, previousSecret?: string) {
    const secrets = previousSecret ? [apiSecret, previousSecret] : [apiSecret];
    this.#keys = secrets.map(
      (secret) =>
        new Uint8Array(
          hkdfSync('sha256', secret, '', `connect-card-link issue record ${VERSION}`, 32),
        ),
    );
    this.#previous = previousSecret ? this.#signature('previous key', 1).slice(0, 8) : undefined;
  }

  /**
   * The marker for a record.
   * @param where the id of the comment that holds it; for a comment yet to be added, who adds it when
   */
  sign(sealed: Sealed, issue: IssueRef, where: number | Sending): string {
    const place = typeof where === 'number' ? { comment: where } : where;
    const text = JSON.stringify({ ...issue, ...place, ...sealed, previous: this.#previous });
    const payload = Buffer.from(text).toString('base64url');
    return `<!-- connect-card-link ${VERSION} ${payload}.${this.#signature(payload)} -->`;
  }

  /**
   * Reads the record of a comment. A record counts in the comment that it names; one that names none
   * only if its comment was added by whoever sent that record, while it was being sent, and never edited
   * since. A copy of a marker in another comment, or one for another issue, counts for nothing.
   * @returns undefined for a comment without a record that counts
   */
  read(comment: Comment, issue: IssueRef): SignedComment | undefined {
    const markers = [...comment.body.matchAll(MARKER)];
    if (markers.length > MOST_MARKERS) return undefined;
    const records = markers.flatMap((marker) => {
      const opened = this.#open(marker, issue);
      return opened && countsIn(comment, opened.sealed) ? [opened] : [];
    });
    const [first] = records;
    if (!first || records.length > 1) return undefined;
    const { comment: id, previous, ...sealed } = first.sealed;
    return {
      comment,
      sealed,
      bound: id !== undefined,
      previousKey: first.previousKey,
      isWhole: !this.#previous || (!first.previousKey && previous === this.#previous),
    };
  }

  #open([, version, payload = '', signature = '']: RegExpMatchArray, issue: IssueRef) {
    if (version !== VERSION) return undefined;
    const key = this.#keys.findIndex((_, index) => {
      const expected = Buffer.from(this.#signature(payload, index));
      const given = Buffer.from(signature);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
    if (key < 0) return undefined;
    const sealed: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    if (!isRecord(sealed) || !Array.isArray(sealed.entries)) return undefined;
    if (sealed.repositoryId !== issue.repositoryId || sealed.issue !== issue.issue) {
      return undefined;
    }
    return { sealed: sealed as unknown as Sealed & SealedPosition, previousKey: key > 0 };
  }

  #signature(payload: string, key = 0): string {
    return createHmac('sha256', this.#keys[key] as Uint8Array)
      .update(`connect-card-link ${VERSION} ${payload}`)
      .digest('base64url');
  }
}

interface SealedPosition extends Partial<Sending> {
  comment?: number;
  /** Distinguishes the previous key that the run had at hand. */
  previous?: string;
}

function countsIn(
  { id, createdAt, edited, author, own }: Comment,
  sealed: SealedPosition,
): boolean {
  if (sealed.comment !== undefined) return sealed.comment === id;
  const { by, at = Number.NaN, within = 0 } = sealed;
  const late = createdAt - at;
  // Whoever reads an issue can copy a marker in time, but not write in the sender's name.
  const isSenders = own || (author !== '' && author === by);
  return isSenders && !edited && late >= -CLOCK_MARGIN_MS && late <= within + CLOCK_MARGIN_MS;
}
