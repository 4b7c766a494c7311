import type * as GitHub from '@octokit/graphql-schema';
import type { Failure, Response } from '../http/transport.ts';
import { fieldsOf, isRecord } from '../model/json.ts';
import { classifyResponse } from './failures.ts';
import type { Comment, CommentPage, Issue, IssuePage } from './issue.ts';

type Actor = GitHub.Bot | GitHub.User;

/** The status with which REST would have responded. */
const STATUS: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  RATE_LIMITED: 403,
};

/**
 * Distinguishes GraphQL's successes from failures. Most failures come with status 200, as `errors`: they
 * become those that REST would report.
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
 * Reads an issue with comments from a response's `repository`.
 * @param viewer the login of whose token asks
 * @returns undefined where one of them is missing: an issue without comments has an empty list
 */
export function readIssuePage(
  repository: unknown,
  issue: unknown,
  { date, readAt }: Pick<IssuePage, 'date' | 'readAt'>,
  viewer: string,
): IssuePage | undefined {
  if (!isRecord(repository) || !isRecord(issue)) return undefined;
  const { databaseId, visibility } = fieldsOf<GitHub.Repository>(repository);
  const comments = readComments(fieldsOf<GitHub.Issue>(issue).comments);
  if (!comments) return undefined;
  return {
    ...comments,
    issue: readIssue(issue),
    repositoryId: Number(databaseId),
    // Where it isn't said, everybody can read it.
    public: visibility !== 'PRIVATE' && visibility !== 'INTERNAL',
    viewer,
    date,
    readAt,
  };
}

/** @returns undefined where it can't be certain that no comment is missing */
function readComments(value: unknown): CommentPage | undefined {
  const { nodes, pageInfo } = fieldsOf<GitHub.IssueCommentConnection>(value);
  const { hasPreviousPage, startCursor } = fieldsOf<GitHub.PageInfo>(pageInfo);
  if (!Array.isArray(nodes) || typeof hasPreviousPage !== 'boolean') return undefined;
  const comments = nodes.flatMap((node) => readComment(node) ?? []);
  if (comments.length < nodes.length) return undefined;
  return { comments, before: hasPreviousPage ? String(startCursor) : undefined };
}

/** @returns undefined for what is no comment, or lacks its number or its text */
export function readComment(node: unknown): Comment | undefined {
  // Comments' numbers have outgrown GraphQL's Int.
  const { fullDatabaseId, body, url, createdAt, lastEditedAt, viewerDidAuthor, author } =
    fieldsOf<GitHub.IssueComment>(node);
  const id = Number(fullDatabaseId ?? Number.NaN);
  if (!Number.isSafeInteger(id) || typeof body !== 'string') return undefined;
  return {
    id,
    body,
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
  const { __typename, login } = fieldsOf<Actor>(actor);
  const name = typeof login === 'string' ? login : '';
  return __typename === 'Bot' && !name.endsWith('[bot]') ? `${name}[bot]` : name;
}

/** An issue, whatever it lacks: its number may be NaN. */
export function readIssue(issue: unknown): Issue {
  const { id, number, state, labels, author } = fieldsOf<GitHub.Issue>(issue);
  const { nodes } = fieldsOf<GitHub.LabelConnection>(labels);
  return {
    number: Number(number),
    nodeId: String(id),
    open: state === 'OPEN',
    labels: (Array.isArray(nodes) ? nodes : [])
      .filter(isRecord)
      .map((label) => String(fieldsOf<GitHub.Label>(label).name)),
    author: readLogin(author),
    isByApp: fieldsOf<Actor>(author).__typename === 'Bot',
  };
}
