import { type Request, type Response, ResponseLost, type Sender } from '../http/transport.ts';
import { LinkError } from '../model/errors.ts';
import { isRecord } from '../model/json.ts';
import { GitHubRefusal } from './failures.ts';
import { readComment, readIssuePage } from './graphql.ts';
import type { Comment, IssuePage } from './issue.ts';
import { ADD_COMMENT, ISSUE_QUERY, ISSUES_QUERY } from './queries.ts';

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

  /** @param repository `owner/name` */
  constructor(api: GitHubApi, repository: string) {
    const [owner = '', name = ''] = repository.split('/');
    this.#api = api;
    this.#names = { owner, name };
    this.#path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
  }

  /**
   * An issue as it is now, with a page of its comments: the newest, or those before a page.
   * @throws LinkError `issue-gone` where there is no such issue
   */
  async issue(number: number, before?: string): Promise<IssuePage> {
    const response = await this.#query(ISSUE_QUERY, { number, before: before ?? null });
    const { repository } = dataOf(response);
    const issue = isRecord(repository) ? repository.issue : undefined;
    return readIssuePage(repository, issue, response.date) ?? noSuchIssue(number);
  }

  /** All open issues with a label, the oldest first, a page at a time. */
  async *openIssues(label: string): AsyncGenerator<IssuePage[]> {
    let after: string | null = null;
    do {
      const response: Response = await this.#query(ISSUES_QUERY, { label, after });
      const { repository } = dataOf(response);
      const { nodes, pageInfo }: Record<string, unknown> =
        isRecord(repository) && isRecord(repository.issues) ? repository.issues : {};
      const issues: unknown[] = Array.isArray(nodes) ? nodes : [];
      yield issues.flatMap((issue) => readIssuePage(repository, issue, response.date) ?? []);
      const { hasNextPage, endCursor } = isRecord(pageInfo) ? pageInfo : {};
      after = hasNextPage === true ? String(endCursor) : null;
    } while (after !== null);
  }

  /**
   * Adds a comment, and shows the issue as it is right after.
   * @param subject the issue's id in GraphQL
   * @throws ResponseLost when it may have been added although no answer came
   */
  async addComment(subject: string, body: string): Promise<{ comment: Comment; page: IssuePage }> {
    const response = await this.#query(ADD_COMMENT, { subject, body }, false);
    const { addComment } = dataOf(response);
    const { commentEdge, subject: issue } = isRecord(addComment) ? addComment : {};
    const node = isRecord(commentEdge) ? commentEdge.node : undefined;
    const repository = isRecord(issue) ? issue.repository : undefined;
    const page = readIssuePage(repository, issue, response.date);
    if (!isRecord(node) || !page) throw new ResponseLost(incomplete());
    return { comment: readComment(node), page };
  }

  /** Gives a comment another text. */
  async editComment(id: number, body: string): Promise<void> {
    await this.#rest('PATCH', `/issues/comments/${id}`, { body });
  }

  /** Deletes a comment; one that is gone already is deleted. */
  async deleteComment(id: number): Promise<void> {
    await this.#rest('DELETE', `/issues/comments/${id}`).catch((error) => {
      if (!(error instanceof GitHubRefusal && error.status === 404)) throw error;
    });
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
    if (!isRecord(response?.body)) return false;
    const { permission, role_name, user } = response.body;
    const rights = isRecord(user) && isRecord(user.permissions) ? user.permissions : {};
    return (
      ['triage', 'write', 'maintain', 'admin'].includes(String(role_name)) ||
      // A role of the organization's own: what it is built on shows here,
      rights.triage === true ||
      // or in the older answer, which calls maintain write and triage read.
      ['write', 'admin'].includes(String(permission))
    );
  }

  /** A REST request that may be sent twice without doing more than once. */
  #rest(method: Request['method'], path: string, body?: object): Promise<Response> {
    const request = { method, path: this.#path + path, repeatable: true };
    return this.#api.rest.send(body ? { ...request, body } : request);
  }

  #query(query: string, variables: object, repeatable = true): Promise<Response> {
    const body = { query, variables: { ...this.#names, ...variables } };
    return this.#api.graphql.send({ method: 'POST', path: '', body, repeatable });
  }
}

function dataOf({ body }: Response): Record<string, unknown> {
  return isRecord(body) && isRecord(body.data) ? body.data : {};
}

function noSuchIssue(number: number): never {
  throw new LinkError(
    'issue-gone',
    `This repository has no issue ${number}.`,
    'If it was moved or deleted, continue in the new one: operation: link with connection-id and issue-number adds a connection to its list.',
  );
}

function incomplete(): LinkError {
  return new LinkError(
    'github-failed',
    "GitHub's response to the new comment is incomplete.",
    'Run the job again in a few minutes.',
  );
}
