import { lstatSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { copyAction } from './action-copy.ts';
import { EXAMPLE_ISSUE } from './example-issue.ts';
import type { Sandbox } from './fivetran/server.ts';
import type { GitHubSandbox, PageEvent } from './github/server.ts';

/** How a workflow names this action. act takes a copy of what is in this folder instead. */
const PUBLISHED = 'connect-card-link/connect-card-link@v1';

/** act reads only lines that begin with a dash. */
const OURS = '# Written by the sandbox of connect-card-link, which removes it when it stops.';

/** The values that a workflow sees under act, by the way in which act passes them on. */
interface ActValues {
  env: Record<string, string>;
  secrets: Record<string, string>;
  vars: Record<string, string>;
}

/** Files for act, and what to tell whoever wants to use them. */
export interface ActFiles {
  instructions: string;
  /** Writes the file of an event; returns the command that runs the workflows for it. */
  writeEvent(event: PageEvent): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Opens an issue that is ready for onboarding, and writes what act needs to run workflows against
 * both stand-ins: a copy of the action that asks the stand-in by default, and files with values.
 * act reads no `.env`, `.secrets` or `.vars` of the developer's then, in which real credentials may
 * be kept. https://nektosact.com/usage/index.html
 * @param given the folder in which act will run; its `.actrc` has the options then
 */
export async function prepareAct(
  fivetran: Sandbox,
  github: GitHubSandbox,
  given?: string,
): Promise<ActFiles> {
  const values = valuesOf(fivetran, github);
  const place = given === undefined ? await temporary() : await within(resolve(given));
  const { folder, write } = place;
  await copyAction(join(folder, 'action'), fivetran.url);
  for (const [name, group] of Object.entries(values)) await write(name, linesOf(group));
  const options = [
    // On this machine and not in a container, from which loopback is another one on some systems.
    ['platform', 'ubuntu-latest=-self-hosted'],
    ['local-repository', `${PUBLISHED}=${join(folder, 'action')}`],
    ['env-file', join(folder, 'env')],
    ['secret-file', join(folder, 'secrets')],
    ['var-file', join(folder, 'vars')],
  ] as const;
  await place.writeOptions(options.map(([name, value]) => `--${name} ${value}\n`).join(''));
  const words = options.map(([name, value]) => `--${name} ${inShell(value)}`);
  const command = (...more: string[]) =>
    ['act', ...more, ...(given === undefined ? words : [])].join(' ');

  const writeEvent = async ({ name, payload }: PageEvent): Promise<string> => {
    await write(`${name}.json`, JSON.stringify(payload, undefined, 2));
    return command(name, '--eventpath', inShell(place.shown(`${name}.json`)));
  };
  const issue = await github.openIssue(EXAMPLE_ISSUE);
  const labelled = await github.addLabel(issue, 'connect-card', 'tess');
  return {
    instructions: describe(values, {
      folder: given === undefined ? undefined : resolve(given),
      dispatch: command('workflow_dispatch'),
      label: await writeEvent({ name: 'issues', payload: labelled }),
      schedule: command('schedule'),
      page: issue.html_url,
    }),
    writeEvent,
    remove: place.remove,
  };
}

/** Where the files are. */
interface Place {
  folder: string;
  write(name: string, text: string): Promise<void>;
  /** Writes what act takes as options without being told. */
  writeOptions(text: string): Promise<void>;
  /** A file's name as a command has it. */
  shown(name: string): string;
  remove(): Promise<void>;
}

const writerTo = (folder: string) => (name: string, text: string) =>
  writeFile(join(folder, name), text, { mode: 0o600 });

async function temporary(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-card-act-'));
  return {
    folder,
    write: writerTo(folder),
    writeOptions: async () => {},
    shown: (name) => join(folder, name),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** @throws where the folder has files of these names that no sandbox wrote */
async function within(parent: string): Promise<Place> {
  const folder = join(parent, '.sandbox');
  const options = join(parent, '.actrc');
  const note = join(folder, '.gitignore');
  for (const [path, written] of [
    [options, options],
    [folder, note],
  ] as const) {
    if (await mayReplace(path, written)) continue;
    throw new Error(`${path} exists: choose another --folder, or none.`);
  }
  const remove = async () => {
    for (const path of [options, folder]) await rm(path, { recursive: true, force: true });
  };
  await remove();
  await mkdir(folder, { recursive: true });
  await writeFile(note, `${OURS}\n*\n`);
  return {
    folder,
    write: writerTo(folder),
    writeOptions: (text) => writeFile(options, `${OURS}\n${text}`, { flag: 'wx' }),
    shown: (name) => `.sandbox/${name}`,
    remove,
  };
}

/**
 * Whether nothing is at this path, or what a sandbox has left there. A link is nobody's but whoever
 * created it.
 * @param written the file that says so: the path itself, or one in that folder
 */
async function mayReplace(path: string, written: string): Promise<boolean> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return true;
  if (written === path ? !found.isFile() : !found.isDirectory()) return false;
  return (await readFile(written, 'utf8').catch(() => '')).startsWith(OURS);
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

interface Commands {
  /** Where act has to run; anywhere if undefined. */
  folder: string | undefined;
  dispatch: string;
  label: string;
  schedule: string;
  /** The address of the issue's page. */
  page: string;
}

function describe({ env, secrets, vars }: ActValues, commands: Commands): string {
  const indented = (values: Record<string, string>) => linesOf(values).replace(/^(?=.)/gm, '  ');
  const { folder, dispatch, label, schedule, page } = commands;
  return `What a workflow sees under act
  Environment
${indented(env).replace(/^/gm, '  ').trimEnd()}
  Secrets
${indented(secrets).replace(/^/gm, '  ').trimEnd()}
  Variables
${indented(vars).replace(/^/gm, '  ').trimEnd()}

Your workflows stay as they are. For "uses: ${PUBLISHED}", act takes the
build in this folder, which sends its requests to the Fivetran sandbox unless the step sets
fivetran-api-url.

Issue 1 asks for Google Ads and Stripe, and tess, who may approve, has added the label connect-card:
  ${page}

Leave this running, and use another terminal. act needs a git repository with a commit, and workflows in
.github/workflows; docs/try-it.md has some to begin with. Where several have the event, it runs them all:
add --workflows .github/workflows/NAME.yml to run one.

To run your workflows, in ${folder ?? 'your repository'}:

  A workflow that somebody starts (workflow_dispatch); add --input NAME=VALUE for its inputs
    ${dispatch}
  Issue 1 has been labelled (issues)
    ${label}
  A schedule, such as follow-up
    ${schedule}

On the issue's page you can comment, add labels and open further issues as anybody. Each of these writes
an event file, and the command that runs your workflows for it is shown there and here.
`;
}

/** A word of a command line, in quotes where a shell would take it for something else. */
function inShell(word: string): string {
  return /^[\w@=:/.-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
