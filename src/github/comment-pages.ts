import type { Comment, IssuePage } from './issue.ts';
import type { IssueRef, RecordSigner } from './record.ts';
import type { Repository } from './repository.ts';
import type { Snapshot } from './snapshot.ts';

/** Milliseconds for what was sent at the last moment to have its effect. */
export const SLACK_MS = 15_000;

/**
 * Reads an issue's comments back from a page of them, until the action's own result is found.
 * @param since an earlier reading: then only what has changed since is read
 * @returns the oldest first
 */
export async function readOn(
  page: IssuePage,
  repository: Pick<Repository, 'issue'>,
  signer: RecordSigner,
  since: Snapshot | undefined,
): Promise<Comment[]> {
  const ref = { repositoryId: page.repositoryId, issue: page.issue.number };
  let { before, comments } = page;
  let latest = comments;
  while (before !== undefined) {
    if (since ? hasAllSince(since, latest[0]) : hasResult(latest, signer, ref)) break;
    const older = await repository.issue(page.issue.number, before);
    latest = older.comments;
    comments = merge(latest, comments);
    before = older.before;
  }
  if (before === undefined || !since) return comments;
  const [oldest] = comments;
  const known = since.signed.map(({ comment }) => comment);
  return [...known.filter(({ id }) => id < (oldest?.id ?? 0)), ...comments];
}

/**
 * Whether the comments from this one on are all that can have changed since a reading: those that were
 * added, and those of runs that were working then, which edit or delete them.
 */
function hasAllSince({ date, leases }: Snapshot, oldest: Comment | undefined): boolean {
  if (oldest === undefined || oldest.createdAt >= date - SLACK_MS) return false;
  return leases.every(({ comment }) => comment.id >= oldest.id);
}

/**
 * Whether one of these comments has the result of a run, and that all that older ones have: with the
 * previous key at hand, either key's list may be older than one that was begun without it.
 */
export function hasResult(
  comments: readonly Comment[],
  signer: RecordSigner,
  ref: IssueRef,
): boolean {
  return comments.some((comment) => {
    const signed = signer.read(comment, ref);
    return signed !== undefined && !signed.sealed.lease && signed.isWhole;
  });
}

/** Both lists as one, each comment once: as the second has it. */
export function merge(older: readonly Comment[], newer: readonly Comment[]): Comment[] {
  const byId = new Map([...older, ...newer].map((comment) => [comment.id, comment]));
  return [...byId.values()].sort((a, b) => a.id - b.id);
}
