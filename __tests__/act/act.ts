import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { World } from './world.ts';

/** How a published workflow names this action; act takes what is shipped from here instead. */
export const PUBLISHED = 'connect-card-link/connect-card-link@v1';

export const ROOT = join(import.meta.dirname, '../..');

export interface Run {
  code: number | null;
  log: string;
}

/** Runs a workflow as it stands, on this machine, with everything outside of it in that world. */
export async function runWithAct(
  act: string,
  workflow: string,
  event: string,
  payload: object,
  world: World,
): Promise<Run> {
  const home = await mkdtemp(join(tmpdir(), 'act-'));
  try {
    await writeFile(join(home, 'event.json'), JSON.stringify(payload));
    await shipTo(join(home, 'action'), world.fivetran.url);

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
      env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, HOME: home, ...secrets },
    });
    const exited = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
    return { code, log: out + err };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The repository's secrets. None of them may stand in a log. */
export function secretsOf({ fivetran, github, webhook, mail }: World): Record<string, string> {
  return {
    FIVETRAN_API_KEY: fivetran.apiKey,
    FIVETRAN_API_SECRET: fivetran.apiSecret,
    GITHUB_TOKEN: github.token,
    WEBHOOK_URL: webhook.url,
    SLACK_WEBHOOK_URL: webhook.url,
    SMTP_URL: mail.url,
    SMTP_USER: 'us:mail-password',
  };
}

/**
 * What a release has. Examples run word for word, so the way to the sandbox is the one difference:
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
