import type * as GitHub from '@octokit/graphql-schema';
import type { components } from '@octokit/openapi-types';
import { type Request, type Response, ResponseLost, type Sender } from '../http/transport.ts';
import { LinkError } from '../model/errors.ts';
import { fieldsOf, isRecord } from '../model/json.ts';
import { GitHubRefusal } from './failures.ts';
import { readComment, readIssue, readIssuePage, readLogin } from './graphql.ts';
import type { Comment, IssuePage, UnreadableIssue } from './issue.ts';
import { ADD_COMMENT, ISSUE_QUERY, ISSUES_QUERY } from './queries.ts';

type Permission = components['schemas']['repository-collaborator-permission'];
type Collaborator = NonNullable<Permission['user']>;
type Rights = NonNullable<Collaborator['permissions']>;

/** The two ways to GitHub's API. */
export interface GitHubApi {
  rest: Sender;
  graphql: Sender;
}

/** What is asked of GitHub about one repository, and written there. */
export class Repository {
  readonly #api: GitHubApi;
  readonly #path: string;
  readonly #names: { owner: string; name: string };
  readonly #now: () => number;

  /**
   * @param repository `owner/name`
   * @param now this machine's time, in milliseconds
   */
  constructor(api: GitHubApi, repository: string, now: () => number) {
    const [owner = '', name = ''] = repository.split('/');
    this.#api = api;
    this.#names = { owner, name };
    this.#now = now;
    this.#path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
  }

  /**
   * An issue as it is now, with a page of its comments: the newest, or those before a page.
   * @throws LinkError `issue-gone` where there is no such issue; `github-failed` where a response lacks
   *   its comments
   */
  async issue(number: number, before?: string): Promise<IssuePage> {
    const response = await this.#query(ISSUE_QUERY, () => ({ number, before: before ?? null }));
    const { repository, viewer } = dataOf<GitHub.Query>(response);
    const { issue } = fieldsOf<GitHub.Repository>(repository);
    if (!isRecord(issue)) noSuchIssue(number);
    const page = readIssuePage(repository, issue, this.#timesOf(response), readLogin(viewer));
    if (!page) throw incomplete("the issue's comments");
    return page;
  }

  /**
   * All open issues with a label, the oldest first, a page at a time.
   * @throws LinkError `github-failed` where a response has no list of issues, or one without numbers
   */
  async *openIssues(label: string): AsyncGenerator<Array<IssuePage | UnreadableIssue>> {
    // Cursors that go round end.
    const cursors = new Set<string | null>();
    for (let after: string | null = null; !cursors.has(after); ) {
      cursors.add(after);
      const response: Response = await this.#query(ISSUES_QUERY, () => ({ label, after }));
      const { repository, viewer } = dataOf<GitHub.Query>(response);
      const login = readLogin(viewer);
      const { issues } = fieldsOf<GitHub.Repository>(repository);
      const { nodes, pageInfo } = fieldsOf<GitHub.IssueConnection>(issues);
      const { hasNextPage, endCursor } = fieldsOf<GitHub.PageInfo>(pageInfo);
      const isEnd = hasNextPage === false;
      if (!Array.isArray(nodes) || !(isEnd || typeof endCursor === 'string')) {
        throw incomplete('the list of issues');
      }
      const times = this.#timesOf(response);
      yield nodes.map((node) => {
        const issue = readIssue(node);
        if (!Number.isSafeInteger(issue.number)) throw incomplete("an issue's number");
        const page = readIssuePage(repository, node, times, login);
        return page ?? { issue, error: incomplete("the issue's comments") };
      });
      after = isEnd ? null : String(endCursor);
    }
  }

  /**
   * Adds a comment, and shows the issue as it is right after.
   * @param subject the issue's id in GraphQL
   * @param body asked for each time it is sent
   * @throws ResponseLost when it may have been added although no response came
   */
  async addComment(
    subject: string,
    body: () => string,
  ): Promise<{ comment: Comment; page: IssuePage }> {
    const response = await this.#query(ADD_COMMENT, () => ({ subject, body: body() }), false);
    const { addComment } = dataOf<GitHub.Mutation>(response);
    const { commentEdge, subject: issue } = fieldsOf<GitHub.AddCommentPayload>(addComment);
    const { node } = fieldsOf<GitHub.IssueCommentEdge>(commentEdge);
    const { repository } = fieldsOf<GitHub.Issue>(issue);
    const comment = readComment(node);
    if (!comment) throw new ResponseLost(incomplete('the new comment'));
    const page = readIssuePage(repository, issue, this.#timesOf(response), comment.author);
    if (!page) throw new ResponseLost(incomplete('the new comment'));
    return { comment, page };
  }

  /**
   * Gives a comment another text.
   * @param deadline as a request has it
   */
  async editComment(id: number, body: string, deadline?: number): Promise<void> {
    await this.#rest('PATCH', `/issues/comments/${id}`, { body }, deadline);
  }

  /** Deletes a comment; one that is gone already is deleted. */
  async deleteComment(id: number): Promise<void> {
    await this.#rest('DELETE', `/issues/comments/${id}`).catch((error) => {
      if (!(error instanceof GitHubRefusal && error.status === 404)) throw error;
    });
  }

  /** Reacts to a comment: once with each reaction, however often it is sent. */
  async react(comment: number, content: 'eyes' | '+1' | 'confused'): Promise<void> {
    await this.#rest('POST', `/issues/comments/${comment}/reactions`, { content });
  }

  /** Adds a label; GitHub creates one that doesn't exist yet. */
  async addLabel(issue: number, label: string): Promise<void> {
    await this.#rest('POST', `/issues/${issue}/labels`, { labels: [label] });
  }

  /** Closes an issue as completed. */
  async closeIssue(issue: number): Promise<void> {
    await this.#rest('PATCH', `/issues/${issue}`, { state: 'closed', state_reason: 'completed' });
  }

  /**
   * Whether somebody has triage rights or more here. Custom roles show by what they may do.
   * docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
   */
  async mayTriage(login: string): Promise<boolean> {
    const path = `/collaborators/${encodeURIComponent(login)}/permission`;
    const response = await this.#rest('GET', path).catch((error) => {
      if (error instanceof GitHubRefusal && error.status === 404) return undefined;
      throw error;
    });
    const { permission, role_name, user } = fieldsOf<Permission>(response?.body);
    const { permissions } = fieldsOf<Collaborator>(user);
    const rights = fieldsOf<Rights>(permissions);
    return (
      ['triage', 'write', 'maintain', 'admin'].includes(String(role_name)) ||
      // A role of the organization's own: what it is built on shows here,
      rights.triage === true ||
      // or in the older response, which calls maintain write and triage read.
      ['write', 'admin'].includes(String(permission))
    );
  }

  /** A REST request that may be sent twice without doing more than once. */
  #rest(
    method: Request['method'],
    path: string,
    body?: object,
    deadline?: number,
  ): Promise<Response> {
    return this.#api.rest.send({
      method,
      path: this.#path + path,
      repeatable: true,
      ...(body && { body }),
      ...(deadline !== undefined && { deadline }),
    });
  }

  #timesOf({ date }: Response): Pick<IssuePage, 'date' | 'readAt'> {
    return { date, readAt: this.#now() };
  }

  /** @param variables asked for each time they are sent */
  #query(query: string, variables: () => object, repeatable = true): Promise<Response> {
    const body = () => ({ query, variables: { ...this.#names, ...variables() } });
    return this.#api.graphql.send({ method: 'POST', path: '', body, repeatable });
  }
}

/** GraphQL's response, as a query or a mutation. */
function dataOf<T>({ body }: Response): Partial<Record<keyof T, unknown>> {
  return fieldsOf<T>(fieldsOf<{ data: T }>(body).data);
}

function noSuchIssue(number: number): never {
  throw new LinkError(
    'issue-gone',
    `This repository has no issue ${number}.`,
    'If it was moved or deleted, continue in the new one: operation: link with connection-id and issue-number adds a connection to its list.',
  );
}

function incomplete(what: string): LinkError {
  return new LinkError(
    'github-failed',
    `GitHub's response is a success, but lacks ${what}.`,
    'Run the job again in a few minutes.',
  );
}
