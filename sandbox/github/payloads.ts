import { examples } from './shape.ts';
import type { Comment, CommentEvent, Issue, IssueEvent, Label, Repository, User } from './types.ts';

interface Parts {
  issue: Issue;
  repository: Repository;
  sender: User;
  label?: Label | undefined;
}

/** The event `issues`, as GitHub puts it at GITHUB_EVENT_PATH. */
export function issueEvent(action: string, parts: Parts): IssueEvent {
  return { ...dress('issues', action, parts), ...(parts.label && { label: parts.label }) };
}

/** The event `issue_comment: created`. */
export function commentEvent(parts: Parts & { comment: Comment }): CommentEvent {
  return { ...dress('issue_comment', 'created', parts), comment: parts.comment };
}

/**
 * Starts from an event that GitHub once sent in an organization's repository, and puts the
 * sandbox's own issue, repository and sender in its place. What the API says of them comes on top,
 * so fields that only events have stay as they were.
 */
function dress(name: 'issues' | 'issue_comment', action: string, parts: Parts): IssueEvent {
  const inOrganization = (event: object) => 'organization' in event;
  const events = examples.find((definition) => definition.name === name)?.examples ?? [];
  const model = structuredClone(
    events.filter(inOrganization).find((event) => 'action' in event && event.action === action) ??
      events.find(inOrganization),
  ) as unknown as IssueEvent;
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

/** The example's organization, or its owner, under another name. */
function rename<T extends Record<string, unknown>>(account: T, login: string): T {
  return JSON.parse(JSON.stringify(account).replaceAll(String(account.login), login));
}
