import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Api } from './api.ts';
import { Emulator } from './emulator.ts';
import { answerOf, FaultQueue } from './faults.ts';
import { commentEvent, issueEvent } from './payloads.ts';
import { CAST, isBot, People, WORKFLOW } from './people.ts';
import type {
  Answer,
  Comment,
  GitHubOptions,
  GitHubSandbox,
  Issue,
  Label,
  RecordedRequest,
  Repository,
} from './types.ts';
import type { World } from './world.ts';

export type * from './types.ts';

/**
 * Starts a GitHub on loopback with one organization, one repository and a cast of people. Issues,
 * labels and comments are kept by the emulator of vercel-labs; what it lacks stands in front of it:
 * roles, token permissions, refusals, faults, and the shape of GitHub's own answers and events.
 */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubSandbox> {
  const faults = new FaultQueue();
  const requests: RecordedRequest[] = [];
  const tokens = new Map<string, string>();
  const world: World = {
    url: '',
    owner: options.owner ?? 'acme',
    repo: options.repo ?? 'onboarding',
    repositoryId: options.repositoryId ?? 700_000_001,
    visibility: options.visibility ?? 'private',
    permissions: { issues: 'write' },
    people: new People({ ...CAST, ...options.people }),
    pullRequests: new Set(),
    gone: new Map(),
  };

  const server = createAdaptorServer({
    fetch: (request, env) => exchange(request, env as HttpBindings),
    // Its own Request and Response would otherwise replace those of the process under test.
    overrideGlobalObjects: false,
    // Longer than a client keeps a socket, so that none is closed just as a request goes out on it.
    serverOptions: { keepAliveTimeout: 60_000 },
  }) as Server;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const emulator = await Emulator.start({
    owner: world.owner,
    repo: world.repo,
    logins: world.people.logins,
    baseUrl: world.url,
  });
  const api = new Api(world, emulator);

  /** One request from outside: recorded, delayed, perhaps struck by a fault, answered. */
  async function exchange(request: Request, wire: HttpBindings): Promise<Response> {
    const { pathname, search, searchParams } = new URL(request.url);
    const text = await request.text();
    const token = request.headers.get('authorization')?.replace(/^(token|bearer)\s+/i, '');
    const record: RecordedRequest = {
      kind: api.kindOf(request.method, pathname),
      method: request.method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      body: parse(text),
      by: tokens.get(token ?? ''),
      status: 0,
      at: Date.now(),
    };
    requests.push(record);
    const carryOut = () =>
      api.answer({ ...record, path: pathname + search, badToken: Boolean(token) && !record.by });
    const respond = ({ status, headers, body }: Answer): Response => {
      record.status = status;
      const payload = typeof body === 'string' ? body : JSON.stringify(body);
      return new Response(status === 204 ? null : payload, {
        status,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'x-github-media-type': 'github.v3; format=json',
          'x-github-request-id': `SANDBOX:${requests.indexOf(record)}`,
          ...headers,
        },
      });
    };

    // Unreferenced: a delay must not keep a test run alive.
    if (options.latency) await sleep(options.latency, undefined, { ref: false });
    const fault = faults.take(record.kind);
    await fault?.meanwhile?.();
    if (!fault?.answer) return respond(await carryOut());
    if (fault.effect === 'done') await carryOut();
    if (fault.answer === 'hang') await once(wire.outgoing, 'close');
    else if (fault.answer === 'reset') wire.incoming.socket.resetAndDestroy();
    else return respond(answerOf(fault.answer));
    return RESPONSE_ALREADY_SENT;
  }

  const base = `/repos/${world.owner}/${world.repo}`;
  /** What GitHub's own pages do: no rights asked, nothing recorded. */
  async function act<T>(by: string, method: string, path: string, body?: unknown): Promise<T> {
    world.people.get(by);
    const answer = await api.carryOut(by, method, `${base}${path}`, body);
    if (answer.status >= 400) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body as T;
  }
  const read = <T>(path: string) => act<T>(WORKFLOW, 'GET', path);
  const about = async (issue: number | Issue, by: string) => ({
    issue: await read<Issue>(`/issues/${numbered(issue)}`),
    repository: await read<Repository>(''),
    sender: await api.user(by),
  });
  const labelNamed = (labels: Label[], name: string) =>
    labels.find((label) => label.name.toLowerCase() === name.toLowerCase());

  return {
    url: world.url,
    token: tokenFor(WORKFLOW),
    tokenFor,
    owner: world.owner,
    repo: world.repo,
    repositoryId: world.repositoryId,
    permissions: world.permissions,
    get visibility() {
      return world.visibility;
    },
    set visibility(visibility) {
      world.visibility = visibility;
    },
    role: (login, role, association) => world.people.setRole(login, role, association),
    requests,
    fault: (fault) => faults.add(fault),

    async openIssue({ title = 'A new customer', body, author, labels, pullRequest }) {
      const issue = await act<Issue>(author, 'POST', '/issues', {
        title,
        body: asTyped(body, author),
        labels,
      });
      if (!pullRequest) return issue;
      world.pullRequests.add(issue.number);
      return read(`/issues/${issue.number}`);
    },
    async addLabel(issue, name, by) {
      const labels = await act<Label[]>(by, 'POST', `/issues/${numbered(issue)}/labels`, {
        labels: [name],
      });
      return issueEvent('labeled', {
        ...(await about(issue, by)),
        label: labelNamed(labels, name),
      });
    },
    async removeLabel(issue, name, by) {
      const path = `/issues/${numbered(issue)}/labels`;
      const label = labelNamed(await read<Label[]>(path), name);
      await act(by, 'DELETE', `${path}/${encodeURIComponent(name)}`);
      return issueEvent('unlabeled', { ...(await about(issue, by)), label });
    },
    async comment(issue, body, by) {
      const path = `/issues/${numbered(issue)}/comments`;
      const comment = await act<Comment>(by, 'POST', path, { body: asTyped(body, by) });
      return commentEvent({ ...(await about(issue, by)), comment });
    },
    async editIssue(issue, change, by) {
      await act(by, 'PATCH', `/issues/${numbered(issue)}`, {
        ...change,
        ...(change.body !== undefined && { body: asTyped(change.body, by) }),
      });
      const action = { open: 'reopened', closed: 'closed', '': 'edited' }[change.state ?? ''];
      return issueEvent(action, await about(issue, by));
    },
    editComment: (comment, body, by) =>
      act(by, 'PATCH', `/issues/comments/${identified(comment)}`, { body: asTyped(body, by) }),
    deleteComment: (comment) => act(WORKFLOW, 'DELETE', `/issues/comments/${identified(comment)}`),
    lock: (issue) => act(WORKFLOW, 'PUT', `/issues/${numbered(issue)}/lock`, {}),
    gone: (issue, how) => void world.gone.set(numbered(issue), how),
    issue: (issue) => read(`/issues/${numbered(issue)}`),
    async comments(issue) {
      const all: Comment[] = [];
      for (let page = 1; ; page += 1) {
        const path = `/issues/${numbered(issue)}/comments?per_page=100&page=${page}`;
        const some = await read<Comment[]>(path);
        all.push(...some);
        if (some.length < 100) return all;
      }
    },
    async close() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await Promise.all([once(server, 'close'), emulator.close()]);
    },
  };

  function tokenFor(login: string): string {
    const person = world.people.get(login);
    // Real ones tell by their beginning whose they are: an app's, or a person's.
    const token = `${isBot(login) ? 'ghs' : 'ghp'}_sandbox${Buffer.from(person.login).toString('hex')}`;
    tokens.set(token, person.login);
    return token;
  }
}

/**
 * A browser sends a text area's lines with CRLF ends, and GitHub keeps them; a text that came
 * through the API keeps its own. https://github.com/actions/runner/issues/1462
 */
function asTyped(text: string, by: string): string {
  return isBot(by) ? text : text.replace(/\r?\n/g, '\r\n');
}

function numbered(issue: number | Issue): number {
  return typeof issue === 'number' ? issue : issue.number;
}

function identified(comment: number | Comment): number {
  return typeof comment === 'number' ? comment : comment.id;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
