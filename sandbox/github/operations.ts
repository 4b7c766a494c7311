/**
 * The part of GitHub's REST API that the sandbox has: what a request is called, the permission that
 * an app's token needs for it, and its place in the documentation. Anything else is answered with
 * 501, so that a test shows it rather than a strange 404.
 */
const OPERATIONS = [
  ['repository', 'GET', '', 'metadata', 'repos/repos#get-a-repository'],
  [
    'permission',
    'GET',
    '/collaborators/:login/permission',
    'metadata',
    'collaborators/collaborators#get-repository-permissions-for-a-user',
  ],
  ['issues', 'GET', '/issues', 'read', 'issues/issues#list-repository-issues'],
  ['create-issue', 'POST', '/issues', 'write', 'issues/issues#create-an-issue'],
  ['issue', 'GET', '/issues/:issue', 'read', 'issues/issues#get-an-issue'],
  ['update-issue', 'PATCH', '/issues/:issue', 'write', 'issues/issues#update-an-issue'],
  ['lock', 'PUT', '/issues/:issue/lock', 'write', 'issues/issues#lock-an-issue'],
  ['unlock', 'DELETE', '/issues/:issue/lock', 'write', 'issues/issues#unlock-an-issue'],
  ['comments', 'GET', '/issues/:issue/comments', 'read', 'issues/comments#list-issue-comments'],
  [
    'create-comment',
    'POST',
    '/issues/:issue/comments',
    'write',
    'issues/comments#create-an-issue-comment',
  ],
  ['comment', 'GET', '/issues/comments/:comment', 'read', 'issues/comments#get-an-issue-comment'],
  [
    'update-comment',
    'PATCH',
    '/issues/comments/:comment',
    'write',
    'issues/comments#update-an-issue-comment',
  ],
  [
    'delete-comment',
    'DELETE',
    '/issues/comments/:comment',
    'write',
    'issues/comments#delete-an-issue-comment',
  ],
  [
    'reactions',
    'GET',
    '/issues/comments/:comment/reactions',
    'read',
    'reactions/reactions#list-reactions-for-an-issue-comment',
  ],
  [
    'create-reaction',
    'POST',
    '/issues/comments/:comment/reactions',
    'write',
    'reactions/reactions#create-reaction-for-an-issue-comment',
  ],
  ['labels', 'GET', '/issues/:issue/labels', 'read', 'issues/labels#list-labels-for-an-issue'],
  ['add-labels', 'POST', '/issues/:issue/labels', 'write', 'issues/labels#add-labels-to-an-issue'],
  [
    'remove-label',
    'DELETE',
    '/issues/:issue/labels/:label',
    'write',
    'issues/labels#remove-a-label-from-an-issue',
  ],
  ['repository-labels', 'GET', '/labels', 'read', 'issues/labels#list-labels-for-a-repository'],
  ['create-label', 'POST', '/labels', 'write', 'issues/labels#create-a-label'],
] as const;

/** What a GraphQL request is about, by the first field that it asks for. */
export type GraphqlKind =
  | 'graphql-issue'
  | 'graphql-issues'
  | 'graphql-nodes'
  | 'graphql-add-comment'
  | 'graphql';

export type RestKind = (typeof OPERATIONS)[number][0];

export type Kind = RestKind | GraphqlKind | 'user' | 'app' | 'moved-issue';

export interface Operation {
  kind: RestKind;
  method: string;
  /** The path behind `/repos/{owner}/{repo}`. */
  path: string;
  needs: 'metadata' | 'read' | 'write';
  /** Where it is documented. */
  docs: string;
  owner: string;
  repo: string;
  login: string;
  /** Undefined where the path names none. */
  issue: number | undefined;
  comment: number | undefined;
  label: string;
}

const PARAMETERS = { issue: '\\d+', comment: '\\d+', login: '[^/]+', label: '[^/]+' };

const MATCHERS = OPERATIONS.map(([kind, method, path, needs, docs]) => ({
  kind,
  method,
  needs,
  docs: `https://docs.github.com/rest/${docs}`,
  pattern: new RegExp(
    `^/repos/(?<owner>[^/]+)/(?<repo>[^/]+)(?<path>${path.replace(
      /:(\w+)/g,
      (_, name: keyof typeof PARAMETERS) => `(?<${name}>${PARAMETERS[name]})`,
    )})$`,
  ),
}));

/** Which operation a request asks for. */
export function operationOf(method: string, path: string): Operation | undefined {
  for (const { pattern, ...operation } of MATCHERS) {
    const found = operation.method === method ? pattern.exec(path)?.groups : undefined;
    if (!found) continue;
    return {
      ...operation,
      path: found.path ?? '',
      owner: decodeURIComponent(found.owner ?? ''),
      repo: decodeURIComponent(found.repo ?? ''),
      login: decodeURIComponent(found.login ?? ''),
      issue: found.issue === undefined ? undefined : Number(found.issue),
      comment: found.comment === undefined ? undefined : Number(found.comment),
      label: decodeURIComponent(found.label ?? ''),
    };
  }
  return undefined;
}
