import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { copyAction } from '../../sandbox/action-copy.ts';
import { filesIn } from '../../sandbox/runner/leaks.ts';
import { PUBLISHED } from '../../scripts/snippets/complete.ts';
import { copyExample } from '../../scripts/snippets/example-files.ts';
import { copySnippet } from '../../scripts/snippets.ts';
import type { RunSettings, Scenario } from './scenarios/scenario.ts';
import type { World } from './world.ts';

export { PUBLISHED };

export const ROOT = join(import.meta.dirname, '../..');

export interface Run {
  code: number | null;
  log: string;
  /** What act and the workflow left in their home, but for copies of the action and the event. */
  files: ReadonlyMap<string, string>;
}

/** A workflow of `examples/` or of a document, and what starts it. */
export interface WorkflowRun extends Pick<Scenario, 'example' | 'event' | 'snippet' | 'addFiles'> {
  payload: object;
  /** What a document has made up, with what is put in its place. */
  replaced?: Record<string, string> | undefined;
  /** An input that the workflow suggests in a comment, to run it with. */
  suggested?: string | undefined;
}

/**
 * Runs an example word for word, on this machine, with everything outside of it in that world.
 * @param act path of the program
 */
export async function runWithAct(
  act: string,
  { example, event, payload, suggested, snippet, addFiles, replaced = {} }: WorkflowRun,
  world: World,
  settings: RunSettings = {},
): Promise<Run> {
  const home = await mkdtemp(join(tmpdir(), 'act-'));
  try {
    await writeFile(join(home, 'event.json'), JSON.stringify(payload));
    await copyAction(join(home, 'action'), settings.fivetranUrl ?? world.fivetran.url);

    const repository = join(home, 'repository');
    const workflow = snippet
      ? await copySnippet(example, { words: snippet, event }, repository)
      : await copyExample(example, repository);
    let text = await readFile(workflow, 'utf8');
    if (suggested) text = withSuggested(text, suggested);
    for (const [madeUp, value] of Object.entries(replaced)) text = text.replace(madeUp, value);
    await writeFile(workflow, text);
    await addFiles?.(repository);

    const { owner, repo } = world.github;
    const secrets = secretsOf(world);
    for (const name of settings.without ?? []) delete secrets[name];
    const args = [event, '--workflows', workflow, '--eventpath', join(home, 'event.json')];
    for (const label of ['ubuntu-latest', 'self-hosted']) {
      args.push('--platform', `${label}=-self-hosted`);
    }
    // act takes what is shipped from here.
    args.push('--local-repository', `${PUBLISHED}=${join(home, 'action')}`);
    for (const used of usedIn(text)) {
      const standIn = standInFor(used);
      if (standIn) args.push('--local-repository', `${used}=${standIn}`);
    }
    args.push('--action-cache-path', join(home, 'cache'), '--no-cache-server');
    // Otherwise act reads the .env in which a developer keeps real credentials.
    args.push('--env-file', '/dev/null');
    const env = {
      GITHUB_API_URL: world.github.url,
      GITHUB_GRAPHQL_URL: `${world.github.url}/graphql`,
      GITHUB_REPOSITORY: `${owner}/${repo}`,
      ...settings.env,
    };
    for (const [name, value] of Object.entries(env)) args.push('--env', `${name}=${value}`);
    const vars = { ...varsOf(world), ...settings.vars };
    for (const [name, value] of Object.entries(vars)) args.push('--var', `${name}=${value}`);
    // By name only: their values come from the environment.
    for (const name of Object.keys(secrets)) args.push('--secret', name);

    const child = spawn(act, args, {
      cwd: repository,
      timeout: 60_000,
      stdio: ['ignore', 'pipe', 'pipe'],
      // act runs actions with the first Node it finds: the one that runs this.
      env: {
        PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
        HOME: home,
        TMPDIR: home,
        ...secrets,
      },
    });
    const exited = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    const [out, err, code] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      exited,
    ]);
    const files = await filesIn(home, [workflow, join(home, 'event.json')]);
    for (const path of files.keys()) if (path.startsWith(join(home, 'action'))) files.delete(path);
    return { code, log: out + err, files };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** A workflow with one input set that it suggests in a comment. */
function withSuggested(workflow: string, input: string): string {
  const [before, after, ...more] = workflow.split(`# ${input}: `);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`The workflow should suggest ${input} once.`);
  }
  return `${before}${input}: ${after}`;
}

/** The actions of others that a workflow uses, with their versions. */
export function usedIn(workflow: string): string[] {
  return [...workflow.matchAll(/\buses: ([\w-]+\/[\w-]+@\S+)/g)].map(([, used = '']) => used);
}

/** The folder with what runs in place of another's action, where there is one. */
export function standInFor(used: string): string | undefined {
  const folder = join(import.meta.dirname, 'stand-ins', used.replace(/@.*/, ''));
  return existsSync(folder) ? folder : undefined;
}

/** The repository's secrets. None of them may appear in a log. */
export function secretsOf({ fivetran, github, webhook, mail, app }: World): Record<string, string> {
  return {
    FIVETRAN_API_KEY: fivetran.apiKey,
    // Rotated where a scenario has changed it.
    FIVETRAN_API_SECRET: fivetran.options.apiSecret,
    PREVIOUS_FIVETRAN_API_SECRET: fivetran.apiSecret,
    GITHUB_TOKEN: github.token,
    // Its stand-in exchanges the key for itself.
    APP_PRIVATE_KEY: github.tokenFor(app),
    HAND_OVER_KEY: 'c2FuZGJveCBrZXkgb2YgdGhpcnR5LXR3byBieXRlcyE=',
    WEBHOOK_URL: webhook.url,
    SLACK_WEBHOOK_URL: `${webhook.url}/slack`,
    SLACK_PRIVATE_WEBHOOK_URL: `${webhook.url}/slack-private`,
    TEAMS_WEBHOOK_URL: `${webhook.url}/teams`,
    TEAMS_PRIVATE_WEBHOOK_URL: `${webhook.url}/teams-private`,
    SMTP_URL: mail.url,
    SMTP_USER: 'us:mail-password',
    SMTP_PASSWORD: 'mail-password',
  };
}

/** The repository's variables. */
function varsOf({ mail }: World): Record<string, string> {
  const { hostname, port } = new URL(mail.url);
  return {
    FIVETRAN_GROUP_ID: 'acme_group',
    MAIL_FROM: 'us@example.com',
    SMTP_SERVER: hostname,
    SMTP_PORT: port,
    SMTP_USERNAME: 'us',
    APP_CLIENT_ID: 'Iv1.sandbox',
  };
}

/** The action's inputs in an example, as far as they are secret or say where links may go. */
export function environmentOf(
  world: World,
  { suggested }: Pick<WorkflowRun, 'suggested'>,
): Record<string, string | undefined> {
  const secrets = secretsOf(world);
  return {
    'INPUT_FIVETRAN-API-KEY': secrets.FIVETRAN_API_KEY,
    'INPUT_FIVETRAN-API-SECRET': secrets.FIVETRAN_API_SECRET,
    ...(suggested === 'previous-fivetran-api-secret' && {
      'INPUT_PREVIOUS-FIVETRAN-API-SECRET': secrets.PREVIOUS_FIVETRAN_API_SECRET,
    }),
    'INPUT_GITHUB-TOKEN': secrets.GITHUB_TOKEN,
    // One that hands links to another job can't have them masked: what it prints is looked at all the same.
    'INPUT_MASK-LINK': 'false',
  };
}
