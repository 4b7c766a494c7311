import type { Emulator } from './emulator.ts';
import { numberOf, refuse } from './guard.ts';
import { type Kind, type Operation, operationOf } from './operations.ts';
import { describeRole, isBot } from './people.ts';
import { refusal } from './refusals.ts';
import { shape } from './shape.ts';
import type { Answer, Comment, Issue, Label, User } from './types.ts';
import { ELSEWHERE, type World } from './world.ts';

export interface Asked {
  method: string;
  /** With its query. */
  path: string;
  body: unknown;
  /** Whose token it carries. */
  by: string | undefined;
  /** Whether it carries a token that is nobody's. */
  badToken: boolean;
}

const MOVED = new RegExp(`^/repositories/${ELSEWHERE.id}/issues/(\\d+)$`);

/** The emulator, behind GitHub's rules and in GitHub's shape. */
export class Api {
  #world: World;
  #emulator: Emulator;

  constructor(world: World, emulator: Emulator) {
    this.#world = world;
    this.#emulator = emulator;
  }

  kindOf(method: string, path: string): Kind | undefined {
    if (method === 'GET' && path === '/user') return 'user';
    if (method === 'GET' && path === '/app') return 'app';
    if (method === 'GET' && MOVED.test(path)) return 'moved-issue';
    return operationOf(method, path)?.kind;
  }

  async answer({ method, path, body, by, badToken }: Asked): Promise<Answer> {
    if (badToken) return refusal(401, 'Bad credentials');
    const [pathname = ''] = path.split('?');
    const kind = this.kindOf(method, pathname);
    if (kind === 'user') return this.#whoAmI(by);
    if (kind === 'app') return refusal(401, 'A JSON web token could not be decoded');
    if (kind === 'moved-issue') return this.#moved(Number(MOVED.exec(pathname)?.[1]));
    const operation = operationOf(method, pathname);
    if (!operation) return refusal(501, `The sandbox has no ${method} ${pathname}.`);
    const subject = await this.#subjectOf(operation);
    const refused = refuse(this.#world, by, operation, subject, body);
    if (refused) return refused;
    if (operation.kind === 'permission') return this.#permission(operation);
    return this.carryOut(by, method, path, body);
  }

  /** Does what is asked, whoever asks. */
  async carryOut(by: string | undefined, method: string, path: string, body?: unknown) {
    const answer = await this.#emulator.send(by, ...(await this.#spellLabels(method, path, body)));
    const operation = operationOf(method, path.split('?')[0] ?? '');
    if (answer.status >= 400) {
      const { message } = answer.body as { message: string };
      return refusal(answer.status, message, operation?.docs);
    }
    const shaped = shape(this.#world, by, answer.body);
    if (operation?.kind !== 'issues') return { ...answer, body: shaped };
    const { gone } = this.#world;
    return { ...answer, body: (shaped as Issue[]).filter(({ number }) => !gone.has(number)) };
  }

  async user(login: string): Promise<User> {
    return (await this.carryOut(undefined, 'GET', `/users/${encodeURIComponent(login)}`))
      .body as User;
  }

  /** An app's installation token isn't a user's. https://docs.github.com/rest/users/users */
  async #whoAmI(by: string | undefined): Promise<Answer> {
    const docs = 'https://docs.github.com/rest/users/users#get-the-authenticated-user';
    if (!by) return refusal(401, 'Requires authentication', docs);
    if (isBot(by)) return refusal(403, 'Resource not accessible by integration', docs);
    return { status: 200, body: await this.user(by) };
  }

  /**
   * Apps aren't users. Of a stranger GitHub says `read` where everybody may read, else `none`.
   * https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
   */
  async #permission({ login, docs }: Operation): Promise<Answer> {
    const person = this.#world.people.find(login);
    if (!person || isBot(person.login)) return refusal(404, `${login} is not a user`, docs);
    const open = person.role === 'none' && this.#world.visibility === 'public';
    const { permissions, ...role } = describeRole(open ? 'read' : person.role);
    const user = await this.user(person.login);
    return {
      status: 200,
      body: { ...role, user: { ...user, permissions, role_name: role.role_name } },
    };
  }

  /** A moved issue, read where it is now. */
  async #moved(number: number): Promise<Answer> {
    const { owner, repo, url, gone } = this.#world;
    if (gone.get(number) !== 'moved') return refusal(404, 'Not Found');
    const answer = await this.carryOut(
      undefined,
      'GET',
      `/repos/${owner}/${repo}/issues/${number}`,
    );
    const moved = JSON.stringify(answer.body).replaceAll(
      `${url}/repos/${owner}/${repo}/`,
      `${url}/repos/${owner}/${ELSEWHERE.name}/`,
    );
    const repository_url = `${url}/repos/${owner}/${ELSEWHERE.name}`;
    return { status: 200, body: { ...JSON.parse(moved), repository_url } };
  }

  async #subjectOf({ issue, comment, owner, repo }: Operation) {
    const read = async <T>(path: string): Promise<T | undefined> => {
      const answer = await this.#emulator.send(undefined, 'GET', `/repos/${owner}/${repo}${path}`);
      return answer.status === 200 ? (answer.body as T) : undefined;
    };
    const found = comment ? await read<Comment>(`/issues/comments/${comment}`) : undefined;
    const number = issue || numberOf(found);
    return { comment: found, issue: number ? await read<Issue>(`/issues/${number}`) : undefined };
  }

  /** GitHub compares labels without case, and a label keeps the spelling it was made with. */
  async #spellLabels(
    method: string,
    path: string,
    body: unknown,
  ): Promise<[method: string, path: string, body: unknown]> {
    const { owner, repo } = this.#world;
    const url = new URL(path, this.#world.url);
    const asked = url.searchParams.get('labels');
    const inBody = (body as { labels?: string[] } | undefined)?.labels;
    const inPath = operationOf(method, url.pathname)?.label;
    if (!asked && !inBody && !inPath) return [method, path, body];
    const known = await this.#emulator.send(
      undefined,
      'GET',
      `/repos/${owner}/${repo}/labels?per_page=100`,
    );
    const spell = (name: string) =>
      (known.body as Label[]).find((label) => label.name.toLowerCase() === name.toLowerCase())
        ?.name ?? name;
    if (asked) url.searchParams.set('labels', asked.split(',').map(spell).join(','));
    if (inPath) url.pathname = url.pathname.replace(/[^/]+$/, encodeURIComponent(spell(inPath)));
    return [
      method,
      url.pathname + url.search,
      inBody ? { ...(body as object), labels: inBody.map(spell) } : body,
    ];
  }
}
