import type { Failure, Response } from '../http/transport.ts';
import { isRecord } from '../model/json.ts';
import { classifyResponse } from './failures.ts';
import type { Comment, CommentPage, Issue, IssuePage } from './issue.ts';

/** The status with which REST would have answered. */
const STATUS: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  RATE_LIMITED: 403,
};

/**
 * Tells GraphQL's successes from failures: most of those come with status 200, as `errors`. They are
 * taken for what REST would have answered.
 * docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function classifyGraphql(response: Response): Failure | undefined {
  const { errors } = isRecord(response.body) ? response.body : {};
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  if (response.status !== 200 || !isRecord(first)) return classifyResponse(response);
  const status = STATUS[String(first.type)] ?? 422;
  const headers =
    first.type === 'RATE_LIMITED'
      ? { ...response.headers, 'x-ratelimit-remaining': '0' }
      : response.headers;
  return classifyResponse({ ...response, status, headers, body: { message: first.message } });
}

/**
 * Reads an issue with comments from an answer's `repository`.
 * @param viewer the login of whose token asks
 */
export function readIssuePage(
  repository: unknown,
  issue: unknown,
  date: number,
  viewer: string,
): IssuePage | undefined {
  if (!isRecord(repository) || !isRecord(issue)) return undefined;
  return {
    ...readComments(issue.comments),
    issue: readIssue(issue),
    repositoryId: Number(repository.databaseId),
    // Where it isn't said, everybody can read it.
    public: repository.visibility !== 'PRIVATE' && repository.visibility !== 'INTERNAL',
    viewer,
    date,
    readAt: Date.now(),
  };
}

function readComments(value: unknown): CommentPage {
  const { nodes, pageInfo } = isRecord(value) ? value : {};
  const { hasPreviousPage, startCursor } = isRecord(pageInfo) ? pageInfo : {};
  return {
    comments: (Array.isArray(nodes) ? nodes : []).filter(isRecord).map(readComment),
    before: hasPreviousPage === true ? String(startCursor) : undefined,
  };
}

export function readComment(node: Record<string, unknown>): Comment {
  // Comments' numbers have outgrown GraphQL's Int.
  const { fullDatabaseId, body, url, createdAt, lastEditedAt, viewerDidAuthor, author } = node;
  return {
    id: Number(fullDatabaseId),
    body: String(body ?? ''),
    url: String(url ?? ''),
    createdAt: Date.parse(String(createdAt)),
    edited: lastEditedAt != null,
    author: readLogin(author),
    own: viewerDidAuthor === true,
  };
}

/**
 * A login as REST has it: in GraphQL an app's lacks the suffix, unless the app is the viewer.
 * docs.github.com/graphql/reference/objects#bot
 */
export function readLogin(actor: unknown): string {
  const { __typename, login } = isRecord(actor) ? actor : {};
  const name = typeof login === 'string' ? login : '';
  return __typename === 'Bot' && !name.endsWith('[bot]') ? `${name}[bot]` : name;
}

function readIssue({ id, number, state, labels, author }: Record<string, unknown>): Issue {
  const names = isRecord(labels) && Array.isArray(labels.nodes) ? labels.nodes : [];
  return {
    number: Number(number),
    nodeId: String(id),
    open: state === 'OPEN',
    labels: names.filter(isRecord).map(({ name }) => String(name)),
    author: readLogin(author),
    isByApp: isRecord(author) && author.__typename === 'Bot',
  };
}
