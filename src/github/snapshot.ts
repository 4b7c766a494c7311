import type { Entry, IssueDetails } from '../model/issue-record.ts';
import type { Comment, Issue, IssuePage } from './issue.ts';
import type { IssueRef, RecordSigner, SignedComment } from './record.ts';

/** A run of a workflow, as leases name it. */
export interface RunRef {
  /** GITHUB_RUN_ID */
  id: string;
  /** GITHUB_RUN_ATTEMPT. When a job is run again, its earlier attempts are over. */
  attempt: number;
}

/** How an issue stands, as far as the action is concerned, at one time. */
export interface Snapshot {
  issue: Issue;
  /** Whether everybody can read the repository. */
  public: boolean;
  repositoryId: number;
  /** Whose token reads, as a login. */
  viewer: string;
  /** GitHub's time of reading, in milliseconds, to the second. */
  date: number;
  /** This machine's time of reading, in milliseconds. */
  readAt: number;
  /** The connections on record: as last published, or as announced by a run that died. */
  entries: Entry[];
  details: IssueDetails;
  generation: number;
  /** The newest comment that was published: the one that people see. */
  comment: Comment | undefined;
  /** The newest comment of a list that only the previous key opens, beside `comment`. */
  former: Comment | undefined;
  /** Whether it was signed with the key from before a rotation. */
  previousKey: boolean;
  /** Comments of runs that may be working, the first one's first. */
  leases: SignedComment[];
  /** Comments that a newer one has replaced. */
  replaced: Comment[];
  /** Comments that the next result replaces. */
  current: Comment[];
  /** Every comment with a record that counts, the oldest first. */
  signed: SignedComment[];
}

/**
 * Sorts an issue's comments out.
 * @param comments the oldest first
 */
export function takeSnapshot(
  page: IssuePage,
  comments: readonly Comment[],
  signer: RecordSigner,
  run: RunRef,
): Snapshot {
  const ref = { repositoryId: page.repositoryId, issue: page.issue.number };
  const signed = firstOfEachLease(comments.flatMap((comment) => signer.read(comment, ref) ?? []));
  const results = signed.filter(({ sealed }) => !sealed.lease);
  const published = newest(results.filter(({ previousKey }) => !previousKey)) ?? newest(results);
  const generation = published?.sealed.generation ?? 0;
  // While the previous key wasn't at hand, a list of its own was begun with the present one.
  const former = published?.previousKey
    ? undefined
    : newest(signed.filter(({ previousKey, sealed }) => previousKey && !sealed.lease));
  // A lease from before the newest record is over, whoever shows it again.
  const open = signed.filter(({ sealed }) => sealed.lease && sealed.generation > generation);
  const leases = open.filter(({ sealed }) => isAlive(sealed, page.date, run));
  // What a run has announced before it died may have been created.
  const dead = open.filter((one) => !leases.includes(one));
  const latest = newest(dead) ?? published;
  const current = published ? [published, ...dead] : dead;
  const others = signed.filter((one) => !current.includes(one) && !leases.includes(one));
  return {
    issue: page.issue,
    public: page.public,
    repositoryId: page.repositoryId,
    viewer: page.viewer,
    date: page.date,
    readAt: page.readAt,
    entries: withFormer(
      dead.length > 1 ? announced(dead) : (latest?.sealed.entries ?? []),
      former?.sealed.entries ?? [],
    ),
    details: latest?.sealed.details ?? {},
    generation: latest?.sealed.generation ?? 0,
    comment: published?.comment,
    former: former?.comment,
    previousKey: former !== undefined || (published?.previousKey ?? false),
    leases,
    replaced: others.filter(isOurs).map(({ comment }) => comment),
    current: current.filter(isOurs).map(({ comment }) => comment),
    signed,
  };
}

/** A list with the connections that are on record in a former one only. */
function withFormer(entries: readonly Entry[], former: readonly Entry[]): Entry[] {
  const ids = new Set(entries.map(({ connection }) => connection));
  const lost = former.filter(({ connection }) => connection !== undefined && !ids.has(connection));
  const keys = new Set(lost.map(keyOf));
  const isLost = (entry: Entry) => entry.connection === undefined && keys.has(keyOf(entry));
  return [...entries.filter((entry) => !isLost(entry)), ...lost];
}

function keyOf({ request }: Entry): string {
  return JSON.stringify(Object.values(request));
}

/**
 * What several runs that died have announced. Each may have created what it announced, so all create
 * requests that may have been sent are kept.
 */
function announced(dead: readonly SignedComment[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const entry of dead.flatMap(({ sealed }) => sealed.entries)) {
    const key = keyOf(entry);
    const known = entries.get(key);
    const intents = [...(known?.intents ?? []), ...entry.intents];
    entries.set(key, { ...known, ...entry, intents });
  }
  return [...entries.values()];
}

/** A time of this machine's as GitHub's, in milliseconds, as far as that can be told. */
export function githubNow({ date, readAt }: Snapshot, now: number): number {
  return date + now - readAt;
}

/** Of several comments with one lease all but the first are copies. */
function firstOfEachLease(signed: SignedComment[]): SignedComment[] {
  const seen = new Set<string>();
  return signed.filter(({ sealed: { lease } }) => {
    if (!lease) return true;
    const isFirst = !seen.has(lease.id);
    seen.add(lease.id);
    return isFirst;
  });
}

function isAlive({ lease }: SignedComment['sealed'], date: number, run: RunRef): boolean {
  if (!lease || date >= lease.until) return false;
  return lease.run !== run.id || lease.attempt >= run.attempt;
}

/** Whether a comment is certainly the action's: a marker without a number may have been copied. */
function isOurs({ bound, comment }: SignedComment): boolean {
  return bound || comment.own;
}

function newest(signed: readonly SignedComment[]): SignedComment | undefined {
  return signed.toSorted((a, b) => b.sealed.generation - a.sealed.generation)[0];
}

/** Whether one of these comments has the result of a run. */
export function hasResult(
  comments: readonly Comment[],
  signer: RecordSigner,
  ref: IssueRef,
): boolean {
  return comments.some((comment) => {
    const signed = signer.read(comment, ref);
    return signed !== undefined && signed.sealed.lease === undefined;
  });
}

/** Both lists as one, each comment once: as the second has it. */
export function merge(older: readonly Comment[], newer: readonly Comment[]): Comment[] {
  const byId = new Map([...older, ...newer].map((comment) => [comment.id, comment]));
  return [...byId.values()].sort((a, b) => a.id - b.id);
}
