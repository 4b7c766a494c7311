import { refuseBody } from './bodies.ts';
import type { Operation } from './operations.ts';
import { isBot } from './people.ts';
import type { CommentRecord, IssueRecord } from './records.ts';
import { refusal } from './refusals.ts';
import type { GitHubResponse } from './types.ts';
import { ELSEWHERE, sees, type World } from './world.ts';

/** What a request is about, as far as it exists. */
export interface Subject {
  issue?: IssueRecord | undefined;
  comment?: CommentRecord | undefined;
}

const WRITES_COMMENT: ReadonlySet<string> = new Set(['create-comment', 'update-comment']);

const ADMIN = 'Must have admin rights to Repository.';

/** What GitHub says to a request that it won't carry out; undefined for one that it will. */
export function refuse(
  world: World,
  by: string | undefined,
  operation: Operation,
  subject: Subject,
  body: unknown,
): GitHubResponse | undefined {
  return (
    refuseStranger(world, by, operation) ??
    refuseToken(world, by, operation) ??
    refuseGone(world, operation, subject) ??
    refusePerson(world, by, operation, subject) ??
    refuseBody(operation, body)
  );
}

/** To whoever may not see it, a repository doesn't exist. */
function refuseStranger(world: World, by: string | undefined, operation: Operation) {
  const { owner, repo, docs, needs } = operation;
  const ours = `${owner}/${repo}`.toLowerCase() === `${world.owner}/${world.repo}`.toLowerCase();
  if (!ours || !sees(world, by)) return refusal(404, 'Not Found', docs);
  if (!by && needs === 'write') return refusal(401, 'Requires authentication', docs);
  return undefined;
}

/**
 * An app's token needs the permission, but for reading what is public.
 * https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible
 */
function refuseToken(world: World, by: string | undefined, { needs, docs }: Operation) {
  const { issues } = world.permissions;
  if (!by || !isBot(by) || needs === 'metadata' || issues === 'write') return undefined;
  if (needs === 'read' && (issues === 'read' || world.visibility === 'public')) return undefined;
  return refusal(403, 'Resource not accessible by integration', docs, {
    headers: { 'x-accepted-github-permissions': `issues=${needs}; pull_requests=${needs}` },
  });
}

/**
 * 301 for an issue that was moved, 404 if it went where the token can't read, 410 if it was
 * deleted; the comment endpoints don't redirect.
 * https://docs.github.com/rest/issues/issues#get-an-issue
 */
function refuseGone(
  world: World,
  { kind, issue: number, comment, docs }: Operation,
  subject: Subject,
): GitHubResponse | undefined {
  const ofComment = comment !== undefined;
  if (number === undefined && !ofComment) return undefined;
  if (!subject.issue || (ofComment && !subject.comment)) return refusal(404, 'Not Found', docs);
  const { gone: how } = subject.issue;
  if (!how) return undefined;
  if (how === 'deleted' && !ofComment) return refusal(410, 'This issue was deleted', docs);
  if (how === 'moved' && (kind === 'issue' || kind === 'update-issue')) {
    const url = `${world.url}/repositories/${ELSEWHERE.id}/issues/${number}`;
    const answer = refusal(301, 'Moved Permanently', docs, { headers: { location: url } });
    return { ...answer, body: { ...(answer.body as object), url } };
  }
  return refusal(404, 'Not Found', docs);
}

function refusePerson(
  world: World,
  by: string | undefined,
  { kind, docs }: Operation,
  { issue, comment }: Subject,
): GitHubResponse | undefined {
  const can = (role: 'triage' | 'write') => world.people.can(by, role);
  // The token of an app that may write issues is still no collaborator: a locked one is shut.
  // https://docs.github.com/communities/moderating-comments-and-conversations/locking-conversations
  if (issue?.locked && !can('write') && WRITES_COMMENT.has(kind)) {
    return refusal(
      403,
      'Unable to create comment because issue is locked.',
      'https://docs.github.com/articles/locking-conversations/',
    );
  }
  if (by && isBot(by)) return undefined;
  switch (kind) {
    case 'permission':
      return can('write')
        ? undefined
        : refusal(403, 'Must have push access to view collaborator permission.', docs);
    case 'update-issue':
      return can('triage') || issue?.author === by ? undefined : refusal(403, ADMIN, docs);
    case 'add-labels':
    case 'remove-label':
      return can('triage') ? undefined : refusal(403, ADMIN, docs);
    case 'update-comment':
    case 'delete-comment':
      return can('write') || comment?.author === by ? undefined : refusal(403, ADMIN, docs);
    case 'lock':
    case 'unlock':
    case 'create-label':
      return can('write') ? undefined : refusal(403, ADMIN, docs);
    default:
      return undefined;
  }
}
