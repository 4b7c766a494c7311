import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import { FaultQueue, isWireFault, type Reply, strike } from '../wire/faults.ts';
import { note } from '../wire/journal.ts';
import { type Handler, listen } from '../wire/listen.ts';
import { answerRequest, kindOf } from './api.ts';
import { answerOf } from './faults.ts';
import type { Kind } from './operations.ts';
import { pagesOf } from './pages.ts';
import { CAST, isBot, People, WORKFLOW } from './people.ts';
import { HourlyLimit, limitHeaders } from './rate-limits.ts';
import { primaryLimit } from './refusals.ts';
import type { GitHubSandbox } from './sandbox.ts';
import { Store } from './store.ts';
import type { Fault, GitHubOptions, GitHubResponse, RecordedRequest } from './types.ts';
import { isPage, type World } from './world.ts';

export type * from './records.ts';
export type * from './sandbox.ts';
export type * from './types.ts';

/**
 * Starts a GitHub on loopback with one organization, one repository and a cast of people: REST and
 * GraphQL for issues, labels, comments and reactions, with GitHub's rules about who may do what,
 * its refusals and limits, faults, and the shape of its answers and events.
 */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubSandbox> {
  const github = openGitHub(options);
  const { url, close } = await listen(github.fetch, options.port);
  github.url = url;
  return Object.assign(github, { close });
}

/** A GitHub without a network: what comes in is passed to it. */
export type LocalGitHub = Omit<GitHubSandbox, 'close'> & { fetch: Handler };

/** The same without a network. Its `url` is where its REST API is found. */
export function openGitHub(options: GitHubOptions = {}): LocalGitHub {
  const faults = new FaultQueue<Kind, Fault>();
  const requests: RecordedRequest[] = [];
  const tokens = new Map<string, string>();
  const { latency = 0, now = Date.now, rateLimit = 15_000 } = options;
  const settings = { latency, now, rateLimit };
  const repositoryId = options.repositoryId ?? 700_000_001;
  const world: World = {
    url: 'https://api.github.test',
    owner: options.owner ?? 'acme',
    repo: options.repo ?? 'onboarding',
    repositoryId,
    visibility: options.visibility ?? 'private',
    permissions: { issues: 'write' },
    people: new People({ ...CAST, ...options.people }),
    store: new Store(repositoryId, () => settings.now()),
    settings,
    requests: new HourlyLimit(),
    points: new HourlyLimit(),
  };

  const pages = pagesOf(world);
  let site: Promise<Hono> | undefined;
  /** The pages for a browser, loaded when one asks for them: most tests never do. */
  const openSite = () => {
    site ??= import('./site.ts').then(({ buildSite }) => buildSite(world, pages, options.onEvent));
    return site;
  };

  /** One request from outside: recorded, delayed, perhaps struck by a fault, answered. */
  async function exchange(request: Request, wire?: HttpBindings): Promise<Response> {
    const { pathname, search, searchParams } = new URL(request.url);
    const text = await request.text();
    const token = request.headers.get('authorization')?.replace(/^(token|bearer)\s+/i, '');
    const body = parse(text);
    const record: RecordedRequest = {
      kind: kindOf(request.method, pathname, body),
      method: request.method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      body,
      by: tokens.get(token ?? ''),
      status: 0,
      at: settings.now(),
    };
    requests.push(record);
    note({
      to: 'github',
      method: request.method,
      path: pathname + search,
      headers: Object.fromEntries(request.headers),
      body: text,
      response: '',
      isPublic: world.visibility === 'public',
    });

    const carryOut = async (): Promise<Reply> => {
      const { by, kind } = record;
      // GraphQL counts points, once the query has been read.
      const counted = by && !kind?.startsWith('graphql');
      if (counted && !world.requests.spend(by, 1, settings)) {
        const { resetAt } = world.requests.left(by, settings);
        return complete(primaryLimit(resetAt));
      }
      const badToken = Boolean(token) && !by;
      return complete(await answerRequest(world, { ...record, path: pathname + search, badToken }));
    };
    const complete = ({ status, headers, body: answer }: GitHubResponse): Reply => {
      const graphql = record.kind?.startsWith('graphql') ?? false;
      const allowance =
        record.by && world[graphql ? 'points' : 'requests'].left(record.by, settings);
      return {
        status,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          date: new Date(settings.now()).toUTCString(),
          'x-github-media-type': 'github.v3; format=json',
          'x-github-request-id': `SANDBOX:${requests.indexOf(record)}`,
          ...(allowance && limitHeaders(allowance, graphql ? 'graphql' : 'core')),
          ...headers,
        },
        text: typeof answer === 'string' ? answer : (JSON.stringify(answer) ?? ''),
      };
    };
    const respond = ({ status, headers, text: payload }: Reply): Response => {
      record.status = status;
      return new Response(status === 204 ? null : payload, { status, headers });
    };

    try {
      // Unreferenced: a delay must not keep a test run alive.
      if (settings.latency > 0) await sleep(settings.latency, undefined, { ref: false });
      const fault = faults.take(record.kind);
      await fault?.meanwhile?.();
      if (!fault?.answer) return respond(await carryOut());
      const done = fault.effect === 'done' ? await carryOut() : undefined;
      if (!isWireFault(fault.answer)) {
        return respond(complete(answerOf(fault.answer, record.kind, settings.now())));
      }
      const whole = async () => {
        const reply = done ?? (await carryOut());
        record.status = reply.status;
        return reply;
      };
      const reply = await strike(fault.answer, whole, wire);
      return reply ? respond(reply) : RESPONSE_ALREADY_SENT;
    } finally {
      options.log?.(record);
    }
  }

  return {
    get url() {
      return world.url;
    },
    set url(url) {
      world.url = url;
    },
    fetch: async (request, wire) =>
      isPage(world, new URL(request.url).pathname)
        ? (await openSite()).fetch(request)
        : exchange(request, wire),
    token: tokenFor(WORKFLOW),
    tokenFor,
    owner: world.owner,
    repo: world.repo,
    repositoryId: world.repositoryId,
    permissions: world.permissions,
    options: settings,
    get visibility() {
      return world.visibility;
    },
    set visibility(visibility) {
      world.visibility = visibility;
    },
    role: (login, role, association) => world.people.setRole(login, role, association),
    ...pages,
    requests,
    fault: (fault) => faults.add(fault),
  };

  function tokenFor(login: string): string {
    const person = world.people.get(login);
    // Real ones tell by their beginning whose they are: an app's, or a person's.
    const token = `${isBot(login) ? 'ghs' : 'ghp'}_sandbox${Buffer.from(person.login).toString('hex')}`;
    tokens.set(token, person.login);
    return token;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
