import { parseArgs } from 'node:util';
import type { SandboxOptions } from './fivetran/server.ts';
import type { GitHubOptions } from './github/server.ts';

export const HELP = `A stand-in for Fivetran on this computer: its REST API and its Connect Card. With --github also one
for GitHub, and what act needs to run your own workflows against both.

  npm run sandbox -- [options]

  --port PORT            port on 127.0.0.1 (any free one)
  --api-key KEY          the key that it accepts (sandbox-key)
  --api-secret SECRET    the secret of that key (sandbox-secret)
  --group ID=NAME        a group; may be given more than once (acme_group=Acme, other_group=Other)
  --duplicates POLICY    a second connection with the same name: accept, refuse-400, refuse-409 (refuse-409)
  --rate-limit COUNT     requests per rolling hour (20000)
  --latency MS           added to every response of the API (0)
  --settling MS          how long new connections are missing from listings (0)
  --link-lifetime SEC    how long a card's link works (86400)
  --card-tokens FORM     jwt or opaque (jwt)

  --github               starts GitHub as well, with a repository, people in every role, and an issue
  --github-port PORT     its port on 127.0.0.1 (any free one)
  --repository NAME      its repository (acme/onboarding)
  --visibility WHO       who can read the repository: public, private or internal (private)
  --folder DIR           the folder with your workflows, in which you run act: it gets a .actrc, so that
                         commands are short; without it they have all options

  --help                 show this
`;

export interface Options {
  fivetran: SandboxOptions;
  /** Undefined without --github. */
  github: GitHubOptions | undefined;
  /** Where act will run. */
  folder: string | undefined;
}

/**
 * What was asked for on the command line; undefined for --help. Throws, naming the option, for one
 * that can't be used.
 */
export function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      'api-key': { type: 'string' },
      'api-secret': { type: 'string' },
      group: { type: 'string', multiple: true },
      duplicates: { type: 'string' },
      'rate-limit': { type: 'string' },
      latency: { type: 'string' },
      settling: { type: 'string' },
      'link-lifetime': { type: 'string' },
      'card-tokens': { type: 'string' },
      github: { type: 'boolean' },
      'github-port': { type: 'string' },
      repository: { type: 'string' },
      visibility: { type: 'string' },
      folder: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const fivetran = given<SandboxOptions>({
    port: number('port', values.port),
    apiKey: values['api-key'],
    apiSecret: values['api-secret'],
    groups: values.group?.map((group) => {
      const [id, name] = group.split('=', 2);
      if (!id || !name) throw new Error(`--group must be ID=NAME, not "${group}"`);
      return { id, name };
    }),
    duplicates: choice('duplicates', values.duplicates, ['accept', 'refuse-400', 'refuse-409']),
    rateLimit: number('rate-limit', values['rate-limit']),
    latency: number('latency', values.latency),
    settlingMs: number('settling', values.settling),
    linkLifetime: number('link-lifetime', values['link-lifetime']),
    cardTokens: choice('card-tokens', values['card-tokens'], ['jwt', 'opaque']),
  });
  const { repository = 'acme/onboarding' } = values;
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(repository) ?? [];
  if (!owner || !repo) throw new Error(`--repository must be OWNER/NAME, not "${repository}"`);
  const github = given<GitHubOptions>({
    port: number('github-port', values['github-port']),
    owner,
    repo,
    visibility: choice('visibility', values.visibility, ['public', 'private', 'internal']),
  });
  for (const name of ['github-port', 'repository', 'visibility', 'folder'] as const) {
    if (values[name] !== undefined && !values.github) throw new Error(`--${name} needs --github`);
  }
  return { fivetran, github: values.github ? github : undefined, folder: values.folder };
}

/** What wasn't given must be absent for the sandbox's own defaults to hold. */
function given<T extends object>(options: { [Name in keyof T]: T[Name] | undefined }): T {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as T;
}

function number(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value)) throw new Error(`--${name} must be a whole number, not "${value}"`);
  return Number(value);
}

function choice<T extends string>(
  name: string,
  value: string | undefined,
  allowed: readonly T[],
): T | undefined {
  const found = allowed.find((one) => one === value);
  if (value !== undefined && !found) {
    throw new Error(`--${name} must be one of ${allowed.join(', ')}, not "${value}"`);
  }
  return found;
}
