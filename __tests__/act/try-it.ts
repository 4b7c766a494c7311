import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cardLinks } from '../../sandbox/card-links.ts';
import { completeCard } from '../../sandbox/fivetran/customer.ts';
import { ROOT } from './act.ts';

// Follows docs/try-it.md: runs its commands as they stand and saves its files, in the page's order. It
// does what the page says in words as well: opens addresses, fills in cards, comments on the issue.

/** One thing that the page has readers do. */
export type PageStep = { run: string } | { save: string; text: string };

/** The steps of a page: its blocks of shell commands, and its files with the names that the text says. */
export function stepsOf(page: string): PageStep[] {
  const blocks = page.matchAll(/(?:Save this as `([^`]+)`:\n\n)?```(\w+)\n(.*?)```/gs);
  return [...blocks].map(([, save, language, text = '']) => {
    if (language === 'sh' && !save) return { run: text };
    if (save) return { save, text };
    throw new Error(`The page doesn't say what to do with its block of ${language}.`);
  });
}

/** @param act path of the program */
export async function followTryIt(act: string): Promise<void> {
  const [install, start, ...steps] = stepsOf(await readFile(join(ROOT, 'docs/try-it.md'), 'utf8'));
  // Whoever runs this has done that: cloned the project, installed its packages and act.
  assert.ok(install && 'run' in install && install.run.includes('npm ci'), 'installs first');
  assert.ok(start && 'run' in start, 'starts the sandbox second');
  const home = await mkdtemp(join(tmpdir(), 'try-it-'));
  let sandbox: Sandbox | undefined;
  try {
    await symlink(ROOT, join(home, 'connect-card-link'));
    await mkdir(join(home, 'bin'));
    if (act.includes('/')) await symlink(resolve(act), join(home, 'bin/act'));
    sandbox = await startSandbox(start.run, home);
    const folder = join(home, 'try-connect-card');
    for (const step of steps) {
      if ('save' in step) await writeFile(join(folder, step.save), step.text);
      else await follow(step.run, folder, home, sandbox);
    }
    await sandbox.stop();
    assert.ok(!existsSync(join(folder, '.actrc')), 'Ctrl+C removes what the sandbox wrote');
    assert.ok(!existsSync(join(folder, '.sandbox')), 'Ctrl+C removes what the sandbox wrote');
  } finally {
    await sandbox?.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** Runs commands, does what the page says before and after them, and checks that it promises no more. */
async function follow(commands: string, folder: string, home: string, { issue }: Sandbox) {
  const log = () => run(commands, folder, home);
  if (commands.startsWith('act workflow_dispatch')) {
    const first = await log();
    const [{ link } = { link: '' }] = cardLinks(first);
    assert.match(first, new RegExp(`Open ${link.slice(0, 40)}`), first);
    await fillIn(link);
    const second = await log();
    assert.deepEqual(cardLinks(second), [], 'no link for a source that is connected');
  } else if (commands.includes('act issues')) {
    await log();
    const links = await linksOn(issue);
    assert.deepEqual(Object.keys(links), ['Google Ads', 'Stripe']);
    await fillIn(links['Google Ads'] ?? '');
  } else if (commands.startsWith('act issue_comment')) {
    const before = await linksOn(issue);
    await comment(issue, '/connect-card Stripe', 'nina');
    const page = await pageOf(issue);
    assert.ok(page.includes(`<pre>${commands.trim()}</pre>`), 'the page shows the command');
    await log();
    const { Stripe: fresh } = await linksOn(issue);
    assert.ok(fresh && fresh !== before.Stripe, 'a fresh link for Stripe');
    assert.match(await pageOf(issue), /👍/);
  } else if (commands.startsWith('act schedule')) {
    await log();
    assert.match(await pageOf(issue), /1 of 2 connected/);
  } else {
    await log();
  }
}

interface Sandbox {
  /** The address of the issue's page, as it was printed. */
  issue: string;
  stop(): Promise<void>;
}

async function startSandbox(command: string, home: string): Promise<Sandbox> {
  const child = shell(command, home, home);
  const closed = once(child, 'close');
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  while (!printed.includes('shown there and here')) {
    const next = once(child.stdout as NodeJS.ReadableStream, 'data').then(() => false);
    if (await Promise.race([next, closed.then(() => true)])) throw new Error(printed);
  }
  const [issue = ''] = /http\S+\/issues\/1$/m.exec(printed) ?? [];
  let stopped = false;
  const stop = async () => {
    // As Ctrl+C does: to all processes that the command has started.
    if (!stopped && child.pid) process.kill(-child.pid, 'SIGINT');
    stopped = true;
    await closed;
  };
  return { issue, stop };
}

async function run(commands: string, folder: string, home: string): Promise<string> {
  const child = shell(commands, existsSync(folder) ? folder : home, home);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const [code] = await once(child, 'close');
  assert.equal(code, 0, `${commands}\n${log}`);
  return log;
}

function shell(commands: string, cwd: string, home: string): ChildProcess {
  const git = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.com' };
  return spawn('bash', ['-e', '-c', commands], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
    env: {
      PATH: `${join(home, 'bin')}:${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: home,
      ...git,
      GIT_COMMITTER_NAME: git.GIT_AUTHOR_NAME,
      GIT_COMMITTER_EMAIL: git.GIT_AUTHOR_EMAIL,
    },
  });
}

async function pageOf(address: string): Promise<string> {
  return (await fetch(address)).text();
}

/** The links under «Be the customer», by the names of the sources. */
async function linksOn(address: string): Promise<Record<string, string>> {
  const [, list = ''] = (await pageOf(address)).split('Be the customer');
  const links = list.matchAll(/<a href="([^"]+)"[^>]*>([^<]+)<\/a>/g);
  return Object.fromEntries(
    [...links].map(([, link = '', name = '']) => [name, link.replaceAll('&amp;', '&')]),
  );
}

/** Does what a customer does, without a browser. */
function fillIn(link: string): Promise<string> {
  return completeCard(link, new URL(link).origin);
}

async function comment(address: string, body: string, by: string): Promise<void> {
  const response = await fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: new URL(address).origin },
    body: new URLSearchParams({ action: 'comment', body, by }),
  });
  assert.equal(response.status, 303);
}
