import type { Entry, IssueDetails } from '../model/issue-record.ts';
import type { Comment, Issue, IssuePage } from './issue.ts';
import type { RecordSigner, SignedComment } from './record.ts';

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
  const present = signed.filter(({ previousKey }) => !previousKey);
  const own = newestResult(present);
  // What stood before a list that was written with both keys is part of it, or was dropped from it.
  const previous = signed.filter(
    ({ previousKey, comment }) => previousKey && !(own?.isWhole && comment.id < own.comment.id),
  );
  const before = newestResult(previous);
  const published = own ?? before;
  // While the previous key wasn't at hand, a list of its own was begun with the present one.
  const former = own && before;
  // A lease from before the newest result is over, whoever shows it again.
  const open = [...openIn(present, own), ...openIn(previous, before)];
  const leases = open.filter(({ sealed }) => isAlive(sealed, page.date, run)).sort(byNumber);
  // What a run has announced before it died may have been created.
  const dead = open.filter((one) => !leases.includes(one)).sort(byNumber);
  // Of two lists, each run has known one, unless it had both keys.
  const isApart = (one: SignedComment) =>
    published !== undefined &&
    one.previousKey !== published.previousKey &&
    !(one.isWhole && generationOf(one) > generationOf(published));
  const [apart, latest] = [dead.filter(isApart), dead.filter((one) => !isApart(one))];
  const isMerged = latest.some(
    (one) => former && one.isWhole && one.comment.id > former.comment.id,
  );
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
      entriesOf(latest, published),
      entriesOf(apart, isMerged ? undefined : former),
    ),
    details: (newest(latest) ?? published)?.sealed.details ?? {},
    generation: Math.max(0, ...current.map(generationOf)),
    comment: published?.comment,
    former: former?.comment,
    previousKey: former !== undefined || (published?.previousKey ?? false),
    leases,
    replaced: others.filter(isOurs).map(({ comment }) => comment),
    current: current.filter(isOurs).map(({ comment }) => comment),
    signed,
  };
}

/** The list of a result, as runs that died since have announced it. */
function entriesOf(dead: readonly SignedComment[], result: SignedComment | undefined): Entry[] {
  if (dead.length > 1) return announced(dead);
  return (dead[0] ?? result)?.sealed.entries ?? [];
}

/** A list with the connections that exist, or may, according to a former one only. */
function withFormer(entries: readonly Entry[], former: readonly Entry[]): Entry[] {
  const ids = new Set(entries.map(({ connection }) => connection));
  const isKnown = (one: Entry) => entries.some((entry) => keyOf(entry) === keyOf(one));
  const lost = former.filter((one) =>
    one.connection === undefined
      ? one.intents.length > 0 && !isKnown(one)
      : !ids.has(one.connection),
  );
  const keys = new Set(lost.map(keyOf));
  const isLost = (entry: Entry) => entry.connection === undefined && keys.has(keyOf(entry));
  return [...entries.filter((entry) => !isLost(entry)), ...lost];
}

function keyOf({ request }: Entry): string {
  return JSON.stringify(Object.values(request));
}

/**
 * What several runs that died have announced. Each may have done what it announced: all create requests
 * that may have been sent are kept, and a link counts only where none was about to replace it.
 */
function announced(dead: readonly SignedComment[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const entry of dead.flatMap(({ sealed }) => sealed.entries)) {
    const key = keyOf(entry);
    const known = entries.get(key);
    const intents = [...(known?.intents ?? []), ...entry.intents];
    const kept = known && doubtOf(known) > doubtOf(entry) ? known : entry;
    entries.set(key, { ...kept, intents });
  }
  return [...entries.values()];
}

/** How uncertain it is what exists of an entry: the higher, the less certain. */
function doubtOf({ connection, intents, state }: Entry): number {
  if (connection === undefined && intents.length > 0) return 2;
  return state === 'ready' ? 0 : 1;
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
  return signed.toSorted((a, b) => generationOf(b) - generationOf(a))[0];
}

function newestResult(signed: readonly SignedComment[]): SignedComment | undefined {
  return newest(signed.filter(({ sealed }) => !sealed.lease));
}

/** The comments with a lease that no result has ended. */
function openIn(signed: readonly SignedComment[], result: SignedComment | undefined) {
  const from = result ? generationOf(result) : 0;
  return signed.filter((one) => one.sealed.lease && generationOf(one) > from);
}

function generationOf({ sealed }: SignedComment): number {
  return sealed.generation;
}

function byNumber(one: SignedComment, other: SignedComment): number {
  return one.comment.id - other.comment.id;
}
