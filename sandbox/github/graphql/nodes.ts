import { nodeId } from '../node-id.ts';
import { isBot, slugOf } from '../people.ts';
import type { CommentRecord, IssueRecord, LabelRecord } from '../records.ts';
import { commentUrl, issueUrl, timestamp, userView } from '../views.ts';
import type { World } from '../world.ts';
import { connectionOf, type PageArguments } from './connection.ts';
import { GraphqlProblem, NotInSandbox } from './problem.ts';

/** Who asks, and what they see. */
export interface Viewer {
  world: World;
  by: string;
}

interface IssuesArguments extends PageArguments {
  states?: string[];
  labels?: string[];
  orderBy?: { field: string; direction: string };
  filterBy?: Record<string, unknown>;
}

interface CommentsArguments extends PageArguments {
  orderBy?: { field: string; direction: string };
}

/** What of an issue list's `filterBy` the sandbox knows. */
const FILTERS = ['labels', 'states', 'createdBy', 'since'];

// Each function returns an object whose members are the fields of GitHub's type; members that are
// functions take the field's arguments. A field that has no member is not in the sandbox.

export function repositoryNode(viewer: Viewer) {
  const { world } = viewer;
  return {
    __typename: 'Repository',
    id: nodeId('R', world.repositoryId),
    databaseId: world.repositoryId,
    name: world.repo,
    nameWithOwner: `${world.owner}/${world.repo}`,
    owner: { __typename: 'Organization', login: world.owner, id: nodeId('O', 1) },
    url: `${world.url}/${world.owner}/${world.repo}`,
    visibility: world.visibility.toUpperCase(),
    isPrivate: world.visibility !== 'public',
    issue({ number }: { number: number }) {
      checkReadable(viewer);
      const issue = world.store.issue(number);
      if (issue && !issue.pullRequest && !issue.gone) return issueNode(viewer, issue);
      throw new GraphqlProblem(
        'NOT_FOUND',
        `Could not resolve to an Issue with the number of ${number}.`,
      );
    },
    issues(given: IssuesArguments) {
      checkReadable(viewer);
      const { field = 'CREATED_AT', direction = 'ASC' } = given.orderBy ?? {};
      const time = timeOf(field, ['CREATED_AT', 'UPDATED_AT']);
      return connectionOf(
        matching(world, given),
        (issue) => [issue[time], issue.number],
        (issue) => issueNode(viewer, issue),
        given,
        direction === 'DESC',
      );
    },
  };
}

export function issueNode(viewer: Viewer, issue: IssueRecord) {
  const { world, by } = viewer;
  return {
    __typename: 'Issue',
    id: issue.nodeId,
    databaseId: issue.id,
    fullDatabaseId: String(issue.id),
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    state: issue.state.toUpperCase(),
    stateReason: issue.stateReason?.toUpperCase() ?? null,
    closed: issue.state === 'closed',
    closedAt: issue.closedAt === null ? null : timestamp(issue.closedAt),
    locked: issue.locked,
    url: issueUrl(world, issue),
    createdAt: timestamp(issue.createdAt),
    updatedAt: timestamp(issue.updatedAt),
    author: actorNode(world, issue.author),
    authorAssociation: world.people.find(issue.author)?.association ?? 'NONE',
    viewerDidAuthor: issue.author === by,
    repository: () => repositoryNode(viewer),
    labels: (given: PageArguments) =>
      connectionOf(issue.labels, ({ id }) => [id, id], labelNode, given),
    comments(given: CommentsArguments) {
      const { field = 'UPDATED_AT', direction = 'ASC' } = given.orderBy ?? {};
      const time = given.orderBy ? timeOf(field, ['UPDATED_AT']) : 'createdAt';
      return connectionOf(
        issue.comments,
        (comment) => [comment[time], comment.id],
        (comment) => commentNode(viewer, comment),
        given,
        direction === 'DESC',
      );
    },
  };
}

export function commentNode(viewer: Viewer, comment: CommentRecord) {
  const { world, by } = viewer;
  return {
    __typename: 'IssueComment',
    id: comment.nodeId,
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    url: commentUrl(world, comment),
    createdAt: timestamp(comment.createdAt),
    updatedAt: timestamp(comment.updatedAt),
    lastEditedAt: comment.lastEditedAt ? timestamp(comment.lastEditedAt) : null,
    author: actorNode(world, comment.author),
    authorAssociation: world.people.find(comment.author)?.association ?? 'NONE',
    viewerDidAuthor: comment.author === by,
    isMinimized: false,
    issue: () => issueNode(viewer, comment.issue),
    repository: () => repositoryNode(viewer),
  };
}

/**
 * Whoever wrote something. In GraphQL an app's login lacks the suffix `[bot]` that it has in REST.
 * https://docs.github.com/graphql/reference/objects#bot
 */
function actorNode(world: World, login: string) {
  return {
    __typename: isBot(login) ? 'Bot' : 'User',
    login: slugOf(login),
    id: () => userView(world, login).node_id,
    databaseId: () => userView(world, login).id,
    url: () => userView(world, login).html_url,
  };
}

/** Unlike elsewhere, an app's own login has its suffix here: the viewer is always a User. */
export function viewerNode({ world, by }: Viewer) {
  return { ...actorNode(world, by), __typename: 'User', login: by };
}

export function labelNode({ id, nodeId, name, color }: LabelRecord) {
  return { __typename: 'Label', databaseId: id, id: nodeId, name, color, description: null };
}

/** Throws FORBIDDEN for an app whose token may not read issues. */
export function checkReadable({ world, by }: Viewer): void {
  const mayRead = world.permissions.issues !== 'none' || world.visibility === 'public';
  if (isBot(by) && !mayRead) {
    throw new GraphqlProblem('FORBIDDEN', 'Resource not accessible by integration');
  }
}

/** Issues of a list; other than in REST, pull requests aren't among them. */
function matching({ store }: World, { filterBy = {}, ...given }: IssuesArguments): IssueRecord[] {
  const unknown = Object.keys(filterBy ?? {}).find((name) => !FILTERS.includes(name));
  if (unknown) throw new NotInSandbox(`filterBy.${unknown}`);
  const filters = (filterBy ?? {}) as Partial<Record<string, string & string[]>>;
  const states = filters.states ?? given.states;
  const labels = [...(filters.labels ?? []), ...(given.labels ?? [])];
  // Whether several mean all of them or any of them isn't documented.
  if (labels.length > 1) throw new NotInSandbox('filter by several labels');
  const wanted = labels.map((name) => store.label(name));
  const since = Date.parse(filters.since ?? '');
  return store.issues.filter(
    (issue) =>
      !issue.gone &&
      !issue.pullRequest &&
      (!states || states.includes(issue.state.toUpperCase())) &&
      (!filters.createdBy || issue.author === filters.createdBy) &&
      !(issue.updatedAt < since) &&
      wanted.every((label) => label && issue.labels.includes(label)),
  );
}

function timeOf(field: string, known: string[]): 'createdAt' | 'updatedAt' {
  if (!known.includes(field)) throw new NotInSandbox(`order by ${field}`);
  return field === 'CREATED_AT' ? 'createdAt' : 'updatedAt';
}
