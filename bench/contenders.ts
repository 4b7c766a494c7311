import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stepEnvironment } from '../sandbox/runner/run.ts';
import type { Command } from './measure.ts';
import type { Account } from './server.ts';

const SCRIPTS = fileURLToPath(new URL('contenders', import.meta.url));
const AXIOS = '1.21.1';
const REQUESTS = '2.34.2';
const ENVIRON = '0.14.0';

/** The links to make: one for each schema. */
export interface Job {
  account: Account;
  schemas: string[];
  /** A folder for what a run needs and leaves. */
  temp: string;
}

export interface Contender {
  name: string;
  /** Links that one process makes; it is started as often as that takes. */
  linksPerProcess: number;
  /** Whether many links take it as much longer as there are more: then not all need to be made. */
  linear?: boolean;
  command(job: Job): Promise<Command>;
}

/** Everything that can be measured here, and why the rest can't. */
export function prepare(temp: string, action: string) {
  const missing: string[] = [];
  const node = (name: string, script: string, linksPerProcess = 1): Contender => ({
    name,
    linksPerProcess,
    linear: true,
    command: async (job) => ({
      file: process.execPath,
      args: [script],
      env: await environment(job, action),
    }),
  });
  const dist = (name: string, onExisting: string): Contender => ({
    name,
    linksPerProcess: Number.POSITIVE_INFINITY,
    command: async (job) => ({
      file: process.execPath,
      args: [join(action, 'dist/index.js')],
      env: await environment(job, action, { 'on-existing': onExisting }),
    }),
  });
  const attempt = (name: string, make: () => Contender): Contender | undefined => {
    try {
      return make();
    } catch (error) {
      const [reason] = String((error as Error).message).split('\n');
      missing.push(`${name}: left out, it can't be installed here (${reason}).`);
      return undefined;
    }
  };

  const guide = `the guide, Python with requests ${REQUESTS}`;
  const axios = `the guide, Node with axios ${AXIOS}`;
  return {
    missing,
    empty: node('an empty script', join(SCRIPTS, 'empty.mjs')),
    fetch: node('bare `fetch`, one request', join(SCRIPTS, 'fetch.mjs')),
    sequential: node(
      'one process, two calls a link',
      join(SCRIPTS, 'sequential.mjs'),
      Number.POSITIVE_INFINITY,
    ),
    guide: attempt(guide, () => {
      const python = installPython(temp);
      const script = node(guide, join(SCRIPTS, 'guide.py'));
      return {
        ...script,
        command: async (job) => ({ ...(await script.command(job)), file: python }),
      };
    }),
    axios: attempt(axios, () => node(axios, installAxios(temp))),
    dist: dist('**the action**, `on-existing: ignore`', 'ignore'),
    distLooking: dist('**the action**, default: looks first', 'reuse'),
  };
}

/** The whole environment of a step, and the same for scripts in their own words. */
async function environment(
  { account, schemas, temp }: Job,
  action: string,
  given: Record<string, string> = {},
) {
  const many = schemas.length > 1;
  const list = join(temp, 'requests.json');
  if (many) writeFileSync(list, JSON.stringify(schemas.map((schema) => ({ schema }))));
  const inputs = {
    'fivetran-api-key': account.apiKey,
    'fivetran-api-secret': account.apiSecret,
    'fivetran-api-url': account.url,
    'group-id': 'acme_group',
    service: 'google_ads',
    ...(many && 'on-existing' in given ? { requests: list } : { schema: schemas.join() }),
    ...given,
  };
  return {
    ...(await stepEnvironment(temp, { with: inputs }, action)),
    API_URL: account.url,
    API_KEY: account.apiKey,
    API_SECRET: account.apiSecret,
    GROUP_ID: 'acme_group',
    SERVICE: 'google_ads',
    SCHEMAS: schemas.join(),
  };
}

function installPython(temp: string): string {
  const folder = join(temp, 'python');
  execFileSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' });
  const python = join(folder, 'bin/python');
  const quiet = ['--quiet', '--disable-pip-version-check'];
  const packages = [`requests==${REQUESTS}`, `django-environ==${ENVIRON}`];
  execFileSync(python, ['-m', 'pip', 'install', ...quiet, ...packages], { stdio: 'ignore' });
  return python;
}

/** Beside the script, where Node looks for what it imports. */
function installAxios(temp: string): string {
  const folder = join(temp, 'axios');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{}');
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', `axios@${AXIOS}`], {
    cwd: folder,
    stdio: 'ignore',
  });
  if (!existsSync(join(folder, 'node_modules/axios'))) throw new Error('npm installed nothing');
  copyFileSync(join(SCRIPTS, 'guide-axios.mjs'), join(folder, 'guide-axios.mjs'));
  return join(folder, 'guide-axios.mjs');
}
