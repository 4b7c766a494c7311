import { COMMAND } from '../github/event.ts';
import { hasLabel } from '../github/issue.ts';
import type { Snapshot } from '../github/snapshot.ts';
import type { Card } from '../model/connection.ts';
import { LinkError } from '../model/errors.ts';
import type { Entry } from '../model/issue-record.ts';
import { issueText, type Notice } from '../report/comment.ts';
import { fingerprintOf, linksIn } from '../report/links-in-comment.ts';

/** What an issue's comment depends on, beside its connections. */
export interface CommentRules {
  allowPublicComment: boolean;
  /** The label that approves. */
  label: string;
  /** The page of this run. */
  runUrl: string;
}

/** Where an issue's comment is, and whether it has the links. */
export interface Published {
  commentUrl: string;
  hasLinks: boolean;
}

/** Whether an issue's comment may have links: everybody can read a public repository. */
export function mayShowLinks(snapshot: Snapshot, { allowPublicComment }: CommentRules): boolean {
  return allowPublicComment || !snapshot.public;
}

/**
 * The words of an issue's comment: how its connections stand, with the links that this run created
 * and those that the comment had before.
 */
export function commentText(
  entries: readonly Entry[],
  snapshot: Snapshot,
  cards: readonly Card[],
  rules: CommentRules,
  notice?: Notice,
): string {
  const links = linksIn(snapshot.comment?.body ?? '');
  for (const { link } of cards) links.set(fingerprintOf(link), link);
  return issueText({
    entries,
    links,
    showLinks: mayShowLinks(snapshot, rules),
    commandWorks: hasLabel(snapshot.issue, rules.label),
    runUrl: rules.runUrl,
    ...(notice && { notice }),
  });
}

/** Said where a comment leaves links out. */
export const PUBLIC =
  'The repository is public, so the comment has no link: pass the outputs on, or set allow-public-comment. (public-repository)';

/** The error where everything was created and only the comment couldn't be written. */
export function notCommented(error: LinkError): LinkError {
  return new LinkError(
    error.code,
    `What was created is in the step's outputs, but the issue's comment couldn't be written. ${error.message}`,
    `${error.fix} A comment ${COMMAND} then creates fresh links.`,
    { cause: error },
  );
}
