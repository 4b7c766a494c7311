import { expect, jest } from '@jest/globals';
import { PEOPLE, type Request, type Response, startEmulator } from './emulator.ts';
import { client, github } from './support.ts';

type Fields = Record<string, unknown>;

/** One of two GitHubs, and the ids of its comments in the order of their creation. */
interface Twin {
  url: string;
  send(request: Request): Promise<Response>;
  comments: number[];
}

export interface Twins {
  /**
   * Sends one request to both and compares the answers. In a path `{2}` is the third comment's id.
   * Returns the sandbox's answer.
   */
  ask(method: string, path: string, body?: unknown, by?: string): Promise<Response>;
  /** The statuses of all answers so far. */
  statuses: number[];
  close(): Promise<void>;
}

/** The sandbox and the emulator, with the same repository and the same clock: Jest's. */
export async function startTwins(): Promise<Twins> {
  const sandbox = await github({ now: () => Date.now() });
  const { owner, repo } = sandbox;
  const clients = new Map(PEOPLE.map((by) => [String(by), client(sandbox, sandbox.tokenFor(by))]));
  const emulator = await startEmulator(owner, repo);
  const ours: Twin = {
    url: sandbox.url,
    comments: [],
    async send({ by, method, path, body }) {
      const response = await clients.get(by)?.(method, path, body);
      if (!response) throw new Error(`${by} is in neither.`);
      return { ...response, link: response.headers.get('link') };
    },
  };
  const theirs: Twin = { url: emulator.url, comments: [], send: emulator.send };

  const statuses: number[] = [];

  return {
    statuses,
    async ask(method, path, body, by = 'ada') {
      jest.setSystemTime(Date.now() + 1000);
      const [mine, other] = await Promise.all(
        [ours, theirs].map(async (twin) => {
          const at = path.replace(/\{(\d+)\}/g, (_, index) => String(twin.comments[index] ?? 0));
          const full = at.startsWith('/') ? at : `/repos/${owner}/${repo}/${at}`;
          const response = await twin.send({ by, method, path: full, body });
          if (method === 'POST' && /\/comments$/.test(path) && response.status === 201) {
            twin.comments.push(Number((response.body as Fields).id));
          }
          return { response, comparable: comparable(response, twin) };
        }),
      );
      if (!mine || !other) throw new Error('There are two.');
      expect({ method, path, body, ...mine.comparable }).toMatchObject({
        ...{ method, path, body },
        ...other.comparable,
      });
      statuses.push(mine.response.status);
      return mine.response;
    },
    close: emulator.close,
  };
}

/** An answer in which nothing is left that two servers can't agree on. */
function comparable({ status, link, body }: Response, twin: Twin) {
  if (status < 400) return { status, link: linksOf(link), body: neutral(body, twin) };
  const { message, documentation_url } = body as Fields;
  // Both explain a refusal in words and by a link; GitHub has several of either for one status.
  return { status, explained: [typeof message, typeof documentation_url] };
}

/** Where each relation leads to. Their order has no meaning, and what isn't given may be written. */
function linksOf(link: string | null) {
  const pages: Fields = {};
  for (const [, target, relation] of link?.matchAll(/<([^>]+)>; rel="(\w+)"/g) ?? []) {
    const query = new URL(String(target)).searchParams;
    const size = Math.min(Number(query.get('per_page') ?? 30) || 30, 100);
    pages[String(relation)] = { ...Object.fromEntries(query), per_page: size };
  }
  return pages;
}

/** Without addresses and ids of one server, and with times to the second. */
function neutral(value: unknown, twin: Twin): unknown {
  if (Array.isArray(value)) return value.map((item) => neutral(item, twin));
  if (typeof value === 'string') {
    return value
      .replaceAll(twin.url, '')
      .replace(/(?<=\/comments\/|#issuecomment-)\d+/, (id) => ordinal(Number(id), twin))
      .replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z$/, '$1Z');
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields: Fields = {};
  for (const [key, inner] of Object.entries(value)) fields[key] = neutral(inner, twin);
  const { id } = value as Fields;
  if (id !== undefined) fields.id = 'issue_url' in value ? ordinal(Number(id), twin) : typeof id;
  if ('node_id' in fields) fields.node_id = typeof fields.node_id;
  return fields;
}

function ordinal(id: number, { comments }: Twin): string {
  const index = comments.indexOf(id);
  return `{${index < 0 ? comments.length : index}}`;
}
