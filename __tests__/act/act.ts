import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { filesIn } from '../../sandbox/runner/leaks.ts';
import type { World } from './world.ts';

/** How a published workflow names this action; act takes what is shipped from here instead. */
export const PUBLISHED = 'connect-card-link/connect-card-link@v1';

export const ROOT = join(import.meta.dirname, '../..');

export interface Run {
  code: number | null;
  log: string;
  /** What act and the workflow left in their home, but for copies of the action and the event. */
  files: ReadonlyMap<string, string>;
}

/** A workflow of `examples/`, and what starts it. */
export interface WorkflowRun {
  example: string;
  event: string;
  payload: object;
  /** An input that the workflow suggests in a comment, to run it with. */
  suggested?: string | undefined;
}

/**
 * Runs an example word for word, on this machine, with everything outside of it in that world.
 * @param act path of the program
 */
export async function runWithAct(
  act: string,
  { example, event, payload, suggested }: WorkflowRun,
  world: World,
): Promise<Run> {
  const home = await mkdtemp(join(tmpdir(), 'act-'));
  try {
    await writeFile(join(home, 'event.json'), JSON.stringify(payload));
    await shipTo(join(home, 'action'), world.fivetran.url);

    const workflow = join(home, example);
    const text = await readFile(join(ROOT, 'examples', example), 'utf8');
    await writeFile(workflow, suggested ? withSuggested(text, suggested) : text);

    const { owner, repo } = world.github;
    const secrets = secretsOf(world);
    const args = [event, '--workflows', workflow, '--eventpath', join(home, 'event.json')];
    args.push('--platform', 'ubuntu-latest=-self-hosted');
    args.push('--local-repository', `${PUBLISHED}=${join(home, 'action')}`);
    args.push('--action-cache-path', join(home, 'cache'), '--no-cache-server');
    // Otherwise act reads the .env in which a developer keeps real credentials.
    args.push('--env-file', '/dev/null');
    args.push('--env', `GITHUB_API_URL=${world.github.url}`);
    args.push('--env', `GITHUB_GRAPHQL_URL=${world.github.url}/graphql`);
    args.push('--env', `GITHUB_REPOSITORY=${owner}/${repo}`);
    args.push('--var', 'FIVETRAN_GROUP_ID=acme_group', '--var', 'MAIL_FROM=us@example.com');
    // By name only: their values come from the environment.
    for (const name of Object.keys(secrets)) args.push('--secret', name);

    const child = spawn(act, args, {
      cwd: ROOT,
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

/** The repository's secrets. None of them may appear in a log. */
export function secretsOf({ fivetran, github, webhook, mail }: World): Record<string, string> {
  return {
    FIVETRAN_API_KEY: fivetran.apiKey,
    // Rotated where a scenario has changed it.
    FIVETRAN_API_SECRET: fivetran.options.apiSecret,
    PREVIOUS_FIVETRAN_API_SECRET: fivetran.apiSecret,
    GITHUB_TOKEN: github.token,
    WEBHOOK_URL: webhook.url,
    SLACK_WEBHOOK_URL: webhook.url,
    SMTP_URL: mail.url,
    SMTP_USER: 'us:mail-password',
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

/**
 * Writes what a release has. Examples run word for word, so the one difference leads to the sandbox:
 * another default for `fivetran-api-url`.
 */
async function shipTo(folder: string, fivetranUrl: string): Promise<void> {
  const fallback = 'default: https://api.fivetran.com\n';
  const [before, after, ...more] = (await readFile(join(ROOT, 'action.yml'), 'utf8')).split(
    fallback,
  );
  if (after === undefined || more.length > 0) {
    throw new Error(`action.yml should say once: ${fallback}`);
  }
  await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  await writeFile(join(folder, 'action.yml'), `${before}default: ${fivetranUrl}\n${after}`);
}
