import { createEmulator } from 'emulate';

type Fields = Record<string, unknown>;

/** A request by somebody, to the API of either GitHub. */
export interface Request {
  by: string;
  method: string;
  /** Behind the server's address, with its query. */
  path: string;
  body?: unknown;
}

export interface Response {
  status: number;
  link: string | null;
  body: unknown;
}

/** Those who may do everything in the sandbox: in the emulator, all members of an organization. */
export const PEOPLE = ['ada', 'max', 'will'] as const;

/**
 * GitHub as others have built it (https://emulate.dev), without what it is known to do differently
 * from GitHub. Whatever isn't named in this file counts.
 */
export async function startEmulator(owner: string, repo: string) {
  const { url, close } = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(PEOPLE.map((login) => [login, { login }])),
      github: {
        users: PEOPLE.map((login) => ({ login })),
        orgs: [{ login: owner }],
        repos: [{ owner, name: repo, auto_init: false }],
      },
    },
  });
  const colored = new Set<unknown>();

  async function ask({ by, method, path, body }: Request): Promise<Response> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status, headers } = response;
    return { status, link: headers.get('link'), body: text ? JSON.parse(text) : undefined };
  }

  async function send(request: Request): Promise<Response> {
    const response = await ask(await respell(request));
    if (response.status >= 400) return response;
    const { url: path, issue_url: issue, name, color } = (response.body ?? {}) as Fields;
    // Editing a comment doesn't touch its issue there; a change to the issue that changes nothing does.
    if (request.method === 'PATCH' && issue) {
      await ask({ ...request, path: new URL(String(issue)).pathname, body: {} });
    }
    if (path && color && (request.body as Fields | undefined)?.color) colored.add(name);
    return {
      ...response,
      link: withLabelsOf(request, response.link),
      body: withoutDifferences(response.body, colored),
    };
  }

  /**
   * Labels of another case are other labels there. GitHub compares them without case, and a label
   * keeps the spelling that it was created with.
   */
  async function respell(request: Request): Promise<Request> {
    const url = new URL(request.path, 'http://localhost');
    const { labels, name } = (request.body ?? {}) as Fields;
    const query = url.searchParams.get('labels');
    if (!query && !/\/labels\b/.test(url.pathname) && !labels) return request;
    const path = `/repos/${owner}/${repo}/labels?per_page=100`;
    const known = ((await ask({ by: request.by, method: 'GET', path })).body as Fields[]).map(
      (label) => label.name,
    );
    const spelling = (label: unknown) => {
      const same = (one: unknown) => String(one).toLowerCase() === String(label).toLowerCase();
      const first = known.find(same) ?? label;
      // Of several new ones in one request, the first decides.
      known.push(first);
      return first;
    };
    if (query) url.searchParams.set('labels', query.split(',').map(spelling).join(','));
    url.pathname = url.pathname.replace(/(?<=\d\/labels\/)[^/]+$/, (label) =>
      encodeURIComponent(String(spelling(decodeURIComponent(label)))),
    );
    const body = {
      ...(request.body as Fields | undefined),
      ...(Array.isArray(labels) && { labels: labels.map(spelling) }),
      ...(name !== undefined && { name: spelling(name) }),
    };
    return { ...request, path: url.pathname + url.search, ...(request.body ? { body } : {}) };
  }

  return { url, send, close };
}

/** Links to other pages, with labels spelled as they were in the request. */
function withLabelsOf({ path }: Request, link: string | null): string | null {
  const labels = new URL(path, 'http://localhost').searchParams.get('labels') ?? '';
  return link?.replace(/(?<=[?&]labels=)[^&>]*/g, encodeURIComponent(labels)) ?? null;
}

/** An answer without what the emulator says differently. */
function withoutDifferences(value: unknown, colored: ReadonlySet<unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutDifferences(item, colored));
  if (typeof value !== 'object' || value === null) return value;
  const fields: Fields = {};
  for (const [key, inner] of Object.entries(value)) {
    fields[key] = withoutDifferences(inner, colored);
  }
  // It derives this from teams. The sandbox has no teams.
  delete fields.author_association;
  // It names pictures by login. GitHub and the sandbox name them by id.
  delete fields.avatar_url;
  // It gives a label a random color where none is given. GitHub's is always this one.
  if ('color' in fields && !colored.has(fields.name)) fields.color = 'ededed';
  return fields;
}
