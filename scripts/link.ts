import { existsSync } from 'node:fs';
import { readCommandLine } from '../sandbox/command-line.ts';
import { startSandbox } from '../sandbox/fivetran/server.ts';
import { run } from '../src/main.ts';
import { terminalRunner } from './terminal.ts';

// `npm run link -- --service google_ads --schema acme --group-id …`: a link from a terminal.
// Every input that is about one link is an option here. Standard output has the link and nothing else.

const HELP = `Creates a Connect Card link from a terminal.

  npm run --silent link -- --service google_ads --schema acme --group-id ID

Every input that is about one link is an option. --hide-setup-guide, --all-fields, --dry-run and
--allow-unknown-service have no value. The API key and secret are read from FIVETRAN_API_KEY and
FIVETRAN_API_SECRET, in the environment or in a file .env (API_KEY and API_SECRET, the names in the guide
of 2022, work as well). Create them in Fivetran under your user's name > API Key.

  --sandbox   use a stand-in for Fivetran on this machine: no account needed, and any group exists. On a
              terminal it runs on, so that the link can be opened in a browser, until you press Ctrl+C
  --keep      the same where standard output isn't a terminal
  --help      this text
`;

const flags = [
  'sandbox',
  'keep',
  'dry-run',
  'hide-setup-guide',
  'all-fields',
  'allow-unknown-service',
];
const texts = [
  'fivetran-api-url',
  'fivetran-api',
  'group-id',
  'service',
  'schema',
  'table',
  'config',
  'settings',
  'connection-id',
  'redirect-uri',
  'on-existing',
  'timeout',
  'max-wait',
];

process.exitCode = await main();

async function main(): Promise<number> {
  const options = Object.fromEntries([
    ...flags.map((name) => [name, { type: 'boolean' }] as const),
    ...texts.map((name) => [name, { type: 'string' }] as const),
  ]);
  const given: Record<string, unknown> = readCommandLine({ options }, HELP).values;
  const { keep, sandbox: useSandbox, ...inputs } = given;
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { env } = process;
  const group = inputs['group-id'] === undefined ? 'acme_group' : String(inputs['group-id']);
  const sandbox = useSandbox
    ? await startSandbox({ groups: [{ id: group, name: group }] })
    : undefined;
  const credentials = sandbox
    ? {
        'fivetran-api-key': sandbox.apiKey,
        'fivetran-api-secret': sandbox.apiSecret,
        'fivetran-api-url': sandbox.url,
        'group-id': group,
      }
    : {
        'fivetran-api-key': env.FIVETRAN_API_KEY ?? env.API_KEY,
        'fivetran-api-secret': env.FIVETRAN_API_SECRET ?? env.API_SECRET,
      };
  let printed = false;
  const printLink = (link: string) => {
    printed = true;
    console.log(link);
  };
  const succeeded = await run(
    { ...proxies(env), ...asInputs(credentials), ...asInputs(inputs) },
    terminalRunner(printLink),
  );
  if (sandbox) {
    // Without one, as after a dry run, there is nothing to open.
    if (printed) await letOpen(Boolean(keep || process.stdout.isTTY));
    await sandbox.close();
  }
  return succeeded ? 0 : 1;
}

/**
 * A sandbox's link works as long as the sandbox runs. Somebody at a terminal can open it until they
 * press Ctrl+C; a script that reads standard output waits for the end of the command, so this ends.
 */
async function letOpen(stays: boolean): Promise<void> {
  if (!stays) {
    console.error('The link can’t be opened: the sandbox stops now. Add --keep to let it run.');
    return;
  }
  console.error('\nOpen the link in a browser: it works while this runs. Press Ctrl+C to stop.');
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
}

function asInputs(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [`INPUT_${name.toUpperCase()}`, String(value)]),
  );
}

/** The environment's proxies; a stray `INPUT_…` isn't meant for this. */
function proxies(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => /_proxy$/i.test(name)));
}
