import {
  type Answer,
  AnswerLost,
  isRecord,
  Transport,
  type TransportOptions,
} from '../http/transport.ts';
import { GitHubRefusal, judge } from './failures.ts';

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
    surroundings: Pick<TransportOptions, 'patience' | 'env' | 'log'>,
  ) {
    this.#path = `/repos/${repository.split('/').map(encodeURIComponent).join('/')}`;
    // An app's token, the workflow's own among them, is no user's: GET /user is closed to it.
    this.#installation = token.startsWith('ghs_');
    this.#transport = new Transport({
      ...surroundings,
      baseUrl: apiUrl,
      baseUrlFrom: 'GITHUB_API_URL',
      headers: {
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      timeout,
      judge,
    });
  }

  /** All comments on an issue, oldest first, and the server's time in milliseconds. */
  async comments(issue: number): Promise<{ comments: Comment[]; date: number }> {
    const comments: Comment[] = [];
    let date = 0;
    for (let page = 1; ; page++) {
      const path = `/issues/${issue}/comments?per_page=100&page=${page}`;
      const answer = await this.#read(path);
      const items = Array.isArray(answer.body) ? answer.body : [];
      date ||= answer.date;
      comments.push(...items.map(readComment));
      if (items.length < 100) return { comments, date };
    }
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
      if (!(error instanceof AnswerLost)) throw error;
      const { comments } = await this.comments(issue);
      return comments.find((comment) => comment.body === body) ?? (await add().catch(theReason));
    }
  }

  async editComment(id: number, body: string): Promise<Comment> {
    const answer = await this.#transport.send({
      method: 'PATCH',
      path: `${this.#path}/issues/comments/${id}`,
      body: { body },
      repeatable: true,
    });
    return readComment(answer.body);
  }

  /** Deletes a comment; one that is gone already is deleted. */
  async deleteComment(id: number): Promise<void> {
    await this.#transport
      .send({
        method: 'DELETE',
        path: `${this.#path}/issues/comments/${id}`,
        repeatable: true,
      })
      .catch((error) => {
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

  #read(path: string): Promise<Answer> {
    return this.#transport.send({ method: 'GET', path: this.#path + path, repeatable: true });
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
  throw error instanceof AnswerLost ? error.reason : error;
}
