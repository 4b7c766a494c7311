import { ACTIONS_APP, exampleOf, type Fields, rename } from './examples.ts';
import { nodeId } from './node-id.ts';
import { isBot, rightsOf, slugOf, WORKFLOW } from './people.ts';
import {
  type CommentRecord,
  type IssueRecord,
  type LabelRecord,
  REACTIONS,
  type ReactionRecord,
} from './records.ts';
import type { Comment, Issue, Label, Reaction, Repository, User } from './types.ts';
import type { World } from './world.ts';

// What is stored, in the shape of GitHub's REST answers: apps are Bots, times end at the second,
// `author_association` follows from the person, the repository is as visible as the test says.

/** A time as GitHub writes it: ISO 8601 in UTC, to the second. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

export function repositoryPath({ owner, repo }: World): string {
  return `/repos/${owner}/${repo}`;
}

export function userView({ url, people }: World, login: string): User {
  const id = login === WORKFLOW ? 41_898_282 : people.idOf(login);
  const api = `${url}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId(isBot(login) ? 'BOT' : 'U', id),
    avatar_url: `${url}/avatars/u/${id}?v=4`,
    gravatar_id: '',
    url: api,
    html_url: isBot(login) ? `${url}/apps/${slugOf(login)}` : `${url}/${login}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: isBot(login) ? 'Bot' : 'User',
    user_view_type: 'public',
    site_admin: false,
  };
}

/** https://docs.github.com/rest/repos/repos#get-a-repository: an internal one is private as well. */
export function repositoryView(world: World, by: string | undefined): Repository {
  const { url, owner, repo, repositoryId, visibility, people } = world;
  const { repository } = exampleOf('issues', 'labeled') as { repository: Repository };
  const ours = JSON.parse(
    JSON.stringify(repository)
      .replaceAll('https://api.github.com', url)
      .replaceAll('https://github.com', url)
      .replaceAll(repository.full_name, `${owner}/${repo}`),
  );
  return {
    ...ours,
    id: repositoryId,
    node_id: nodeId('R', repositoryId),
    name: repo,
    visibility,
    private: visibility !== 'public',
    owner: { ...rename(ours.owner, owner), type: 'Organization' },
    permissions: rightsOf(by && !isBot(by) ? people.get(by).role : 'none'),
  };
}

export function labelView(world: World, { id, nodeId, name, color }: LabelRecord): Label {
  const url = `${world.url}${repositoryPath(world)}/labels/${encodeURIComponent(name)}`;
  return { id, node_id: nodeId, url, name, color, default: false, description: null };
}

export function issueView(world: World, issue: IssueRecord): Issue {
  const { number, author } = issue;
  const repository_url = `${world.url}${repositoryPath(world)}`;
  const url = `${repository_url}/issues/${number}`;
  return {
    url,
    repository_url,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: issueUrl(world, issue),
    id: issue.id,
    node_id: issue.nodeId,
    number,
    title: issue.title,
    body: issue.body,
    user: userView(world, author),
    labels: issue.labels.map((label) => labelView(world, label)),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: issue.locked,
    active_lock_reason: issue.lockReason,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: issue.comments.length,
    created_at: timestamp(issue.createdAt),
    updated_at: timestamp(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : timestamp(issue.closedAt),
    closed_by: issue.closedBy === null ? null : userView(world, issue.closedBy),
    ...writtenBy(world, author),
    reactions: reactionCounts(url, []),
    ...(issue.pullRequest && { pull_request: pullRequestLinks(world, number) }),
  };
}

export function commentView(world: World, comment: CommentRecord): Comment {
  const base = `${world.url}${repositoryPath(world)}/issues`;
  const url = `${base}/comments/${comment.id}`;
  return {
    url,
    html_url: commentUrl(world, comment),
    issue_url: `${base}/${comment.issue.number}`,
    id: comment.id,
    node_id: comment.nodeId,
    user: userView(world, comment.author),
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    body: comment.body,
    ...writtenBy(world, comment.author),
    reactions: reactionCounts(url, comment.reactions),
  };
}

export function reactionView(world: World, reaction: ReactionRecord): Reaction {
  const { id, content, author, createdAt } = reaction;
  return {
    id,
    node_id: nodeId('REA', world.repositoryId, id),
    user: userView(world, author),
    content,
    created_at: timestamp(createdAt),
  };
}

/** The page of an issue. */
export function issueUrl({ url, owner, repo }: World, { number, pullRequest }: IssueRecord) {
  return `${url}/${owner}/${repo}/${pullRequest ? 'pull' : 'issues'}/${number}`;
}

/** A comment on the page of its issue. */
export function commentUrl(world: World, { issue, id }: CommentRecord): string {
  return `${issueUrl(world, issue)}#issuecomment-${id}`;
}

function writtenBy(world: World, author: string) {
  return {
    author_association: world.people.find(author)?.association ?? 'NONE',
    performed_via_github_app: isBot(author) ? appOf(author) : null,
  };
}

function appOf(login: string): { slug: string } & Fields {
  const slug = slugOf(login);
  const app = login === WORKFLOW ? {} : { id: 900_000 + login.length, name: slug };
  return { ...ACTIONS_APP, ...app, slug };
}

function reactionCounts(url: string, reactions: ReactionRecord[]): Fields {
  const count = (content: string) =>
    reactions.filter((reaction) => reaction.content === content).length;
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    ...Object.fromEntries(REACTIONS.map((content) => [content, count(content)])),
  };
}

function pullRequestLinks(world: World, number: number): Fields {
  const page = `${world.url}/${world.owner}/${world.repo}/pull/${number}`;
  return {
    url: `${world.url}${repositoryPath(world)}/pulls/${number}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    merged_at: null,
  };
}
