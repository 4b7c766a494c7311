import { createRequire } from 'node:module';
import type { WebhookDefinition } from '@octokit/webhooks-examples';
import { isBot, rightsOf, WORKFLOW } from './people.ts';
import type { User } from './types.ts';
import type { World } from './world.ts';

type Fields = Record<string, unknown>;

export const examples: WebhookDefinition[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
);

/** GitHub Actions, the app, as GitHub delivers it. */
const ACTIONS = examples
  .find(({ name }) => name === 'workflow_job')
  ?.examples.map((example) => (example as { deployment?: Fields }).deployment)
  .find((deployment) => deployment?.performed_via_github_app)?.performed_via_github_app as Fields;

/**
 * Gives the emulator's answers the shape of GitHub's own, all through: apps are Bots, times end at
 * the second, `author_association` follows from the person, and the repository is as visible as
 * the test says.
 */
export function shape<T>(world: World, by: string | undefined, value: T): T {
  if (Array.isArray(value)) return value.map((item) => shape(world, by, item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const fields: Fields = {};
  for (const [key, inner] of Object.entries(value)) {
    fields[key] =
      key.endsWith('_at') && typeof inner === 'string'
        ? inner.replace(/\.\d+Z$/, 'Z')
        : shape(world, by, inner);
  }
  if ('login' in fields && 'node_id' in fields) Object.assign(fields, asUser(world, fields));
  if ('full_name' in fields) Object.assign(fields, asRepository(world, by));
  if ('author_association' in fields) Object.assign(fields, asWriting(world, fields));
  return fields as T;
}

function asUser({ url }: World, { login }: Fields): Fields {
  if (!isBot(String(login))) return {};
  return {
    type: 'Bot',
    html_url: `${url}/apps/${slugOf(String(login))}`,
    ...(login === WORKFLOW && { id: 41_898_282, node_id: 'MDM6Qm90NDE4OTgyODI=' }),
  };
}

/** https://docs.github.com/rest/repos/repos#get-a-repository: an internal one is private, too. */
function asRepository({ repositoryId, visibility, people }: World, by: string | undefined): Fields {
  return {
    id: repositoryId,
    visibility,
    private: visibility !== 'public',
    permissions: rightsOf(by && !isBot(by) ? people.get(by).role : 'none'),
  };
}

/** An issue or a comment. */
function asWriting(world: World, fields: Fields): Fields {
  const { login } = fields.user as User;
  const number = Number(fields.number);
  const pull = `${world.owner}/${world.repo}/pull/${number}`;
  return {
    author_association: world.people.find(login)?.association ?? 'NONE',
    performed_via_github_app: isBot(login) ? appOf(login) : null,
    ...(world.pullRequests.has(number) && {
      pull_request: {
        url: `${world.url}/repos/${pull.replace('/pull/', '/pulls/')}`,
        html_url: `${world.url}/${pull}`,
        diff_url: `${world.url}/${pull}.diff`,
        patch_url: `${world.url}/${pull}.patch`,
        merged_at: null,
      },
    }),
  };
}

function appOf(login: string): Fields {
  return login === WORKFLOW
    ? ACTIONS
    : { ...ACTIONS, id: 900_000 + login.length, slug: slugOf(login), name: slugOf(login) };
}

function slugOf(login: string): string {
  return login.replace('[bot]', '');
}
