import { exampleOf, rename } from './examples.ts';
import type { Comment, CommentEvent, Issue, IssueEvent, Label, Repository, User } from './types.ts';

interface Parts {
  issue: Issue;
  repository: Repository;
  sender: User;
  label?: Label | undefined;
}

/** The event `issues`, as GitHub writes it to GITHUB_EVENT_PATH. */
export function issueEvent(action: string, parts: Parts): IssueEvent {
  return { ...complete('issues', action, parts), ...(parts.label && { label: parts.label }) };
}

/** The event `issue_comment: created`. */
export function commentEvent(parts: Parts & { comment: Comment }): CommentEvent {
  return { ...complete('issue_comment', 'created', parts), comment: parts.comment };
}

/**
 * Starts from an event that GitHub once sent in an organization's repository, and replaces its
 * issue, repository and sender with the sandbox's own. Fields that only events have stay.
 */
function complete(name: 'issues' | 'issue_comment', action: string, parts: Parts): IssueEvent {
  const model = exampleOf(name, action) as unknown as IssueEvent;
  const { owner } = parts.repository;
  const { draft, ...issue } = model.issue;
  const { permissions, ...repository } = parts.repository;
  return {
    action,
    issue: { ...issue, ...parts.issue },
    repository: {
      ...model.repository,
      ...repository,
      owner: { ...rename(model.repository.owner, owner.login), ...owner },
    },
    organization: rename(model.organization, owner.login),
    sender: parts.sender,
  };
}
