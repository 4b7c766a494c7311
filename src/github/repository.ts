import {
  type Response,
  ResponseLost,
  Transport,
  type TransportOptions,
} from '../http/transport.ts';
import { isRecord } from '../model/json.ts';
import { classifyResponse, GitHubRefusal } from './failures.ts';

/** Somebody on GitHub, as events and answers name them. */
export interface Person {
  id: number;
  login: string;
  /** Apps act as bots: the workflow's own token, Dependabot. */
  bot: boolean;
}

/** A comment on an issue. Whoever can read the issue may have written it. */
export interface Comment {
  id: number;
  body: string;
  author: Person;
  url: string;
}

/** An issue, as far as follow-up needs to know it. */
export interface Issue {
  number: number;
  open: boolean;
  pullRequest: boolean;
  labels: string[];
}

export interface GitHubAccess {
  token: string;
  /** GITHUB_API_URL */
  apiUrl: string;
  /** `owner/name` */
  repository: string;
  /** Milliseconds for one request. */
  timeout: number;
}

/** What is asked of GitHub about one repository: its issues' comments, and who may do what. */
export class Repository {
  readonly #transport: Transport;
  readonly #path: string;
  readonly #installation: boolean;

  constructor(
    { token, apiUrl, repository, timeout }: GitHubAccess,
    surroundings: Pick<TransportOptions, 'budget' | 'env' | 'log' | 'sockets'>,
  ) {
    this.#path = `/repos/${repository.split('/').map(encodeURIComponent).join('/')}`;
    // An app's token, the workflow's own among them, is no user's: GET /user is closed to it.
    this.#installation = token.startsWith('ghs_');
    this.#transport = new Transport({
      ...surroundings,
      baseUrl: apiUrl,
      baseUrlSource: 'GITHUB_API_URL',
      headers: {
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      timeout,
      classifyResponse,
    });
  }

  /** All open issues with a label, oldest first; GitHub lists pull requests among them. */
  async openIssues(label: string): Promise<Issue[]> {
    // In this order, pages don't shift when an issue is opened meanwhile.
    const order = { sort: 'created', direction: 'asc' };
    const query = new URLSearchParams({ labels: label, state: 'open', ...order });
    const { items } = await this.#list(`/issues?${query}`);
    const issues = items.map(readIssue).filter(({ pullRequest }) => !pullRequest);
    return issues.sort((a, b) => a.number - b.number);
  }

  async issue(number: number): Promise<Issue> {
    return readIssue((await this.#read(`/issues/${number}`)).body);
  }

  /** Puts a label on; GitHub makes one that doesn't exist yet. */
  async addLabel(issue: number, label: string): Promise<void> {
    await this.#write('POST', `/issues/${issue}/labels`, { labels: [label] });
  }

  async closeIssue(issue: number): Promise<void> {
    await this.#write('PATCH', `/issues/${issue}`, { state: 'closed', state_reason: 'completed' });
  }

  /** All comments on an issue, oldest first, and the server's time in milliseconds. */
  async comments(issue: number): Promise<{ comments: Comment[]; date: number }> {
    const { items, date } = await this.#list(`/issues/${issue}/comments`);
    return { comments: items.map(readComment), date };
  }

  /**
   * Adds a comment, once: if the answer is lost, it looks whether the comment is there.
   * @param body must differ from every comment before it
   */
  async addComment(issue: number, body: string): Promise<Comment> {
    const add = async () =>
      readComment(
        (
          await this.#transport.send({
            method: 'POST',
            path: `${this.#path}/issues/${issue}/comments`,
            body: { body },
            repeatable: false,
          })
        ).body,
      );
    try {
      return await add();
    } catch (error) {
      if (!(error instanceof ResponseLost)) throw error;
      const { comments } = await this.comments(issue);
      return comments.find((comment) => comment.body === body) ?? (await add().catch(theReason));
    }
  }

  async editComment(id: number, body: string): Promise<Comment> {
    return readComment((await this.#write('PATCH', `/issues/comments/${id}`, { body })).body);
  }

  /** Deletes a comment; one that is gone already is deleted. */
  async deleteComment(id: number): Promise<void> {
    await this.#write('DELETE', `/issues/comments/${id}`).catch((error) => {
      if (!(error instanceof GitHubRefusal && error.status === 404)) throw error;
    });
  }

  /**
   * Whether somebody has triage rights or more here. Custom roles show by what they may do.
   * docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
   */
  async mayTriage(login: string): Promise<boolean> {
    const path = `/collaborators/${encodeURIComponent(login)}/permission`;
    const answer = await this.#read(path).catch((error) => {
      if (error instanceof GitHubRefusal && error.status === 404) return undefined;
      throw error;
    });
    if (!isRecord(answer?.body)) return false;
    const { permission, role_name, user } = answer.body;
    const rights = isRecord(user) && isRecord(user.permissions) ? user.permissions : {};
    return (
      ['triage', 'write', 'maintain', 'admin'].includes(String(role_name)) ||
      // A role of the organization's own: what it is built on shows here,
      rights.triage === true ||
      // or in the older answer, which calls maintain write and triage read.
      ['write', 'admin'].includes(String(permission))
    );
  }

  /** The repository's number. */
  async id(): Promise<number> {
    const { body } = await this.#read('');
    return Number(isRecord(body) ? body.id : undefined);
  }

  /** Whether everybody can read the repository. When that can't be found out, they can. */
  async isPublic(): Promise<boolean> {
    try {
      const { body } = await this.#read('');
      return isPublic(isRecord(body) ? body : {}) ?? true;
    } catch {
      return true;
    }
  }

  /**
   * Tells this token's own comments from others'. An app's token can't ask who it is; of it is
   * known that it writes as a bot.
   */
  async ownAuthor(): Promise<(author: Person) => boolean> {
    if (this.#installation) return (author) => author.bot;
    const me = await this.#transport
      .send({ method: 'GET', path: '/user', repeatable: true })
      .then(({ body }) => readPerson(body).id)
      .catch((error) => {
        if (error instanceof GitHubRefusal && error.status === 403) return undefined;
        throw error;
      });
    return (author) => (me === undefined ? author.bot : author.id === me);
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  #read(path: string): Promise<Response> {
    return this.#transport.send({ method: 'GET', path: this.#path + path, repeatable: true });
  }

  /** Every page of a list, and the time of the first by the server's clock, in milliseconds. */
  async #list(path: string): Promise<{ items: unknown[]; date: number }> {
    const all: unknown[] = [];
    let date = 0;
    for (let page = 1; ; page++) {
      const answer = await this.#read(
        `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`,
      );
      const items = Array.isArray(answer.body) ? answer.body : [];
      date ||= answer.date;
      all.push(...items);
      if (items.length < 100) return { items: all, date };
    }
  }

  /** A request that may be sent twice without doing more than once. */
  #write(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Response> {
    const call = { method, path: this.#path + path, repeatable: true };
    return this.#transport.send(body ? { ...call, body } : call);
  }
}

/** Whether a repository, as events and answers show it, is public; undefined where they don't say. */
export function isPublic(repository: Record<string, unknown>): boolean | undefined {
  const { visibility, private: closed } = repository;
  if (typeof visibility === 'string') return visibility !== 'private' && visibility !== 'internal';
  return typeof closed === 'boolean' ? !closed : undefined;
}

/** Somebody from an event or an answer; nobody that could pass for anybody where it can't be read. */
export function readPerson(value: unknown): Person {
  const { id, login, type } = isRecord(value) ? value : {};
  const name = typeof login === 'string' ? login : '';
  return { id: Number(id) || 0, login: name, bot: type === 'Bot' || name.endsWith('[bot]') };
}

function readIssue(value: unknown): Issue {
  const { number, state, pull_request, labels } = isRecord(value) ? value : {};
  const names = (Array.isArray(labels) ? labels : []).map((label) =>
    isRecord(label) ? String(label.name) : String(label),
  );
  return {
    number: Number(number),
    open: state === 'open',
    pullRequest: Boolean(pull_request),
    labels: names,
  };
}

function readComment(value: unknown): Comment {
  const { id, body, user, html_url } = isRecord(value) ? value : {};
  return {
    id: Number(id),
    body: typeof body === 'string' ? body : '',
    author: readPerson(user),
    url: String(html_url ?? ''),
  };
}

function theReason(error: unknown): never {
  throw error instanceof ResponseLost ? error.reason : error;
}
