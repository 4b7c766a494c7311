import type { Operation, RestKind } from './operations.ts';
import { pageOf } from './paging.ts';
import { describeRole, isBot } from './people.ts';
import type { CommentRecord, IssueRecord } from './records.ts';
import { refusal } from './refusals.ts';
import type { GitHubResponse } from './types.ts';
import {
  commentView,
  issueView,
  labelView,
  reactionView,
  repositoryView,
  userView,
} from './views.ts';
import type { World } from './world.ts';

/** A request that GitHub carries out: its rights have been checked, and its subject exists. */
export interface Permitted {
  world: World;
  by: string;
  operation: Operation;
  url: URL;
  // biome-ignore lint/suspicious/noExplicitAny: a client's JSON; each handler takes what it needs
  body: any;
  issue: IssueRecord;
  comment: CommentRecord;
}

const ok = (body: unknown, status = 200, headers?: Record<string, string>): GitHubResponse => ({
  status,
  body,
  headers,
});

/** What each operation does and answers. */
export const HANDLERS: Record<RestKind, (request: Permitted) => GitHubResponse> = {
  repository: ({ world, by }) => ok(repositoryView(world, by)),
  permission: ({ world, operation }) => permission(world, operation),
  issues: ({ world, url }) =>
    pageOf(listed(world, url.searchParams), url, (issue) => issueView(world, issue)),
  'create-issue': ({ world, by, body }) => {
    const issue = world.store.addIssue({
      title: body.title.trim(),
      body: body.body ?? null,
      author: by,
      labels: body.labels,
    });
    return ok(issueView(world, issue), 201);
  },
  issue: ({ world, issue }) => ok(issueView(world, issue)),
  'update-issue': ({ world, by, issue, body }) => {
    const { title, body: text, state, state_reason: reason, labels } = body ?? {};
    const given = { title, body: text, state, reason };
    const change = Object.entries(given).filter(([, value]) => value !== undefined);
    world.store.update(issue, Object.fromEntries(change), by);
    if (labels) {
      for (const { name } of issue.labels) world.store.removeLabel(issue, name);
      world.store.addLabels(issue, labels);
    }
    return ok(issueView(world, issue));
  },
  lock: ({ world, issue, body }) => {
    world.store.lock(issue, body?.lock_reason ?? null);
    return ok(undefined, 204);
  },
  unlock: ({ world, issue }) => {
    world.store.unlock(issue);
    return ok(undefined, 204);
  },
  comments: ({ world, issue, url }) => {
    const since = Date.parse(url.searchParams.get('since') ?? '');
    const recent = issue.comments.filter(({ updatedAt }) => !(updatedAt < since));
    return pageOf(recent, url, (comment) => commentView(world, comment));
  },
  'create-comment': ({ world, by, issue, body }) => {
    const comment = commentView(
      world,
      world.store.addComment(issue, { body: body.body, author: by }),
    );
    return ok(comment, 201, { location: String(comment.url) });
  },
  comment: ({ world, comment }) => ok(commentView(world, comment)),
  'update-comment': ({ world, comment, body }) => {
    world.store.editComment(comment, body.body);
    return ok(commentView(world, comment));
  },
  'delete-comment': ({ world, comment }) => {
    world.store.deleteComment(comment);
    return ok(undefined, 204);
  },
  reactions: ({ world, comment, url }) =>
    pageOf(comment.reactions, url, (reaction) => reactionView(world, reaction)),
  'create-reaction': ({ world, by, comment, body }) => {
    const { reaction, isNew } = world.store.react(comment, body.content, by);
    return ok(reactionView(world, reaction), isNew ? 201 : 200);
  },
  labels: ({ world, issue, url }) => pageOf(issue.labels, url, (label) => labelView(world, label)),
  'add-labels': ({ world, issue, body }) => {
    world.store.addLabels(issue, Array.isArray(body) ? body : body.labels);
    return ok(issue.labels.map((label) => labelView(world, label)));
  },
  'remove-label': ({ world, issue, operation }) => {
    const removed = world.store.removeLabel(issue, operation.label);
    if (!removed) return refusal(404, 'Label does not exist', operation.docs);
    return ok(issue.labels.map((label) => labelView(world, label)));
  },
  'repository-labels': ({ world, url }) =>
    pageOf(
      world.store.labels.toSorted((one, other) => one.name.localeCompare(other.name)),
      url,
      (label) => labelView(world, label),
    ),
  'create-label': ({ world, body, operation }) => {
    const name = body.name.trim();
    if (world.store.label(name)) {
      return refusal(422, 'Validation Failed', operation.docs, {
        errors: [{ resource: 'Label', code: 'already_exists', field: 'name' }],
      });
    }
    return ok(labelView(world, world.store.createLabel(name, body.color)), 201);
  },
};

/**
 * Apps aren't users. Of a stranger GitHub says `read` where everybody may read, else `none`.
 * https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
function permission(world: World, { login, docs }: Operation): GitHubResponse {
  const person = world.people.find(login);
  if (!person || isBot(person.login)) return refusal(404, `${login} is not a user`, docs);
  const open = person.role === 'none' && world.visibility === 'public';
  const { permissions, ...role } = describeRole(open ? 'read' : person.role);
  const user = { ...userView(world, person.login), permissions, role_name: role.role_name };
  return { status: 200, body: { ...role, user } };
}

const created = ({ createdAt }: IssueRecord) => createdAt;

/** What a list can be sorted by. */
const SORT = new Map<string, (issue: IssueRecord) => number>([
  ['created', created],
  ['updated', ({ updatedAt }) => updatedAt],
  ['comments', ({ comments }) => comments.length],
]);

/** Issues and pull requests alike. https://docs.github.com/rest/issues/issues#list-repository-issues */
function listed({ store }: World, query: URLSearchParams): IssueRecord[] {
  const state = query.get('state') ?? 'open';
  const since = Date.parse(query.get('since') ?? '');
  const labels = (query.get('labels') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const creator = query.get('creator');
  const sortedBy = SORT.get(query.get('sort') ?? '') ?? created;
  const sign = query.get('direction') === 'asc' ? 1 : -1;
  return store.issues
    .filter(
      (issue) =>
        !issue.gone &&
        (state === 'all' || issue.state === state) &&
        (creator === null || issue.author === creator) &&
        !(issue.updatedAt < since) &&
        labels.every((name) => issue.labels.some((label) => label === store.label(name))),
    )
    .sort((one, other) => sign * (sortedBy(one) - sortedBy(other) || one.number - other.number));
}
