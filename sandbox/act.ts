import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXAMPLE_ISSUE } from './example-issue.ts';
import type { Sandbox } from './fivetran/server.ts';
import type { GitHubSandbox } from './github/server.ts';

/** How a workflow names this action. act takes what is in this folder instead. */
const PUBLISHED = 'connect-card-link/connect-card-link@v1';

const ROOT = join(import.meta.dirname, '..');

/** The values that a workflow sees under act, by the way in which act passes them on. */
interface ActValues {
  env: Record<string, string>;
  secrets: Record<string, string>;
  vars: Record<string, string>;
}

/** Files for act in a temporary folder, and what to tell whoever wants to use them. */
export interface ActFiles {
  instructions: string;
  remove(): Promise<void>;
}

/**
 * Opens an issue that is ready for onboarding, and writes what act needs to run a workflow for it
 * against both stand-ins. act reads no `.env`, `.secrets` or `.vars` of the developer's then, in
 * which real credentials may be kept. https://nektosact.com/usage/index.html
 */
export async function prepareAct(fivetran: Sandbox, github: GitHubSandbox): Promise<ActFiles> {
  const issue = await github.openIssue(EXAMPLE_ISSUE);
  const event = await github.addLabel(issue, 'connect-card', 'tess');
  const values = valuesOf(fivetran, github);
  const folder = await mkdtemp(join(tmpdir(), 'connect-card-act-'));
  const write = (name: string, text: string) =>
    writeFile(join(folder, name), text, { mode: 0o600 });
  await Promise.all([
    write('event.json', JSON.stringify(event, undefined, 2)),
    ...Object.entries(values).map(([name, group]) => write(name, linesOf(group))),
  ]);
  const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository } = values.env;
  const comments = `${api}/repos/${repository}/issues/${issue.number}/comments`;
  return {
    instructions: describe(values, folder, comments),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function valuesOf(fivetran: Sandbox, github: GitHubSandbox): ActValues {
  return {
    env: {
      GITHUB_API_URL: github.url,
      GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
      GITHUB_REPOSITORY: `${github.owner}/${github.repo}`,
    },
    secrets: {
      FIVETRAN_API_KEY: fivetran.apiKey,
      FIVETRAN_API_SECRET: fivetran.apiSecret,
      GITHUB_TOKEN: github.token,
    },
    vars: {
      FIVETRAN_API_URL: fivetran.url,
      FIVETRAN_GROUP_ID: fivetran.options.groups[0]?.id ?? '',
    },
  };
}

/** In the form of a `.env` file. */
function linesOf(values: Record<string, string>): string {
  const quoted = (value: string) =>
    /^[\w:/.-]*$/.test(value) ? value : JSON.stringify(value).replaceAll('$', '\\$');
  return Object.entries(values)
    .map(([name, value]) => `${name}=${quoted(value)}\n`)
    .join('');
}

function describe({ env, secrets, vars }: ActValues, folder: string, comments: string): string {
  const indented = (values: Record<string, string>) => linesOf(values).replace(/^(?=.)/gm, '  ');
  // On this machine and not in a container, from which loopback is another one on some systems.
  const command = [
    'act issues --platform ubuntu-latest=-self-hosted',
    `--local-repository ${inShell(`${PUBLISHED}=${ROOT}`)}`,
    `--eventpath ${inShell(join(folder, 'event.json'))}`,
    `--env-file ${inShell(join(folder, 'env'))}`,
    `--secret-file ${inShell(join(folder, 'secrets'))}`,
    `--var-file ${inShell(join(folder, 'vars'))}`,
  ].join(' ');
  return `Environment
${indented(env)}
Secrets
${indented(secrets)}
Variables
${indented(vars)}
In the workflow's step, let Fivetran's address be a variable:
  fivetran-api-url: \${{ vars.FIVETRAN_API_URL || 'https://api.fivetran.com' }}

Issue 1 asks for google_ads, and tess, who may approve, has added the label connect-card. To run your
workflow for that, in your repository:
  ${command}

To read the comments on the issue:
  curl -H 'Authorization: Bearer ${secrets.GITHUB_TOKEN}' ${comments}
`;
}

/** A word of a command line, in quotes where a shell would take it for something else. */
function inShell(word: string): string {
  return /^[\w@=:/.-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
