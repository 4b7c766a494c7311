import { parseArgs } from 'node:util';
import { type RecordedRequest, type SandboxOptions, startSandbox } from './server.ts';

const HELP = `A stand-in for Fivetran on this computer: its REST API and its Connect Card.

  node sandbox/fivetran/cli.ts [options]

  --port PORT            port on 127.0.0.1 (any free one)
  --api-key KEY          what clients sign in with (sandbox-key)
  --api-secret SECRET    (sandbox-secret)
  --group ID=NAME        a group; may be given more than once (acme_group=Acme, other_group=Other)
  --duplicates POLICY    second connection of a name: accept, refuse-400, refuse-409 (refuse-409)
  --rate-limit COUNT     requests per rolling hour (20000)
  --latency MS           added to every answer of the API (0)
  --settling MS          how long listings miss a new connection (0)
  --link-lifetime SEC    how long a card's link works (86400)
  --card-tokens FORM     jwt or opaque (jwt)
  --help                 show this
`;

function readOptions(): SandboxOptions | undefined {
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
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const options: { [Name in keyof SandboxOptions]: SandboxOptions[Name] | undefined } = {
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
    log,
  };
  // What wasn't given must be absent for the sandbox's own defaults to hold.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
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

function log({ at, method, path, query, status, response }: RecordedRequest): void {
  const search = Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : '';
  const { code } = (response ?? {}) as { code?: string };
  const outcome = status === 0 ? 'no answer' : `${status} ${code ?? ''}`;
  console.log(`${new Date(at).toISOString().slice(11, 19)} ${method} ${path}${search} ${outcome}`);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) {
    process.stdout.write(HELP);
    return;
  }
  const sandbox = await startSandbox(options);
  console.log(`Fivetran sandbox at ${sandbox.url} (stop with Ctrl-C)
  API key     ${sandbox.apiKey}
  API secret  ${sandbox.apiSecret}
  Groups      ${sandbox.options.groups.map(({ id, name }) => `${id} (${name})`).join(', ')}
`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, sandbox.close);
}

main().catch((error) => {
  console.error(`${error.message}\nSee --help.`);
  process.exitCode = 2;
});
