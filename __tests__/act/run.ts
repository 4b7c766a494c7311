/**
 * Runs workflow files with `act`, on this machine and against the sandbox:
 *
 *     node __tests__/act/run.ts [--act path/to/act] [--report file.json]
 *
 * Not a Jest test, because `act` has to be installed (`go install github.com/nektos/act@latest`).
 */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';

interface Scenario {
  workflow: string;
  event: string;
  /** What the event brings, as GitHub would send it. */
  payload?: object;
  /** For the steps, and for the `github` context: `GITHUB_API_URL` and `GITHUB_REPOSITORY` too. */
  env?: Record<string, string>;
  /** Says what is wrong, one line each, with a run that succeeded. */
  problems(log: string, sandbox: Sandbox): string[];
}

const scenarios: Scenario[] = [
  {
    workflow: '__tests__/act/one-link.yml',
    event: 'workflow_dispatch',
    problems(log, { connections, requests }) {
      const made = requests.find(({ method }) => method === 'POST')?.response;
      const link = (made as { data: { connect_card: { uri: string } } }).data.connect_card.uri;
      return [
        ...(log.includes('The card answers 200') ? [] : ['the link did not reach the next step']),
        ...(log.includes(link) ? ['the link can be read in the log'] : []),
        ...(connections.length === 1 ? [] : [`${connections.length} connections were made, not 1`]),
      ];
    },
  },
];

const root = join(import.meta.dirname, '../..');

/** How a published workflow names this action; act takes what is shipped from here instead. */
const PUBLISHED = 'your-org/connect-card-link@v1';

async function run(scenario: Scenario, act: string): Promise<{ log: string; problems: string[] }> {
  const sandbox = await startSandbox();
  const home = await mkdtemp(join(tmpdir(), 'act-'));
  try {
    await writeFile(join(home, 'event.json'), JSON.stringify(scenario.payload ?? {}));
    await cp(join(root, 'action.yml'), join(home, 'action/action.yml'));
    await cp(join(root, 'dist'), join(home, 'action/dist'), { recursive: true });

    const args = [scenario.event, '--workflows', scenario.workflow];
    args.push('--eventpath', join(home, 'event.json'));
    args.push('--platform', 'ubuntu-latest=-self-hosted');
    args.push('--local-repository', `${PUBLISHED}=${join(home, 'action')}`);
    args.push('--action-cache-path', join(home, 'cache'), '--no-cache-server');
    // Otherwise act reads the .env in which a developer keeps real credentials.
    args.push('--env-file', '/dev/null');
    args.push('--secret', 'FIVETRAN_API_KEY', '--secret', 'FIVETRAN_API_SECRET');
    args.push('--var', `FIVETRAN_API_URL=${sandbox.url}`);
    for (const [name, value] of Object.entries(scenario.env ?? {})) {
      args.push('--env', `${name}=${value}`);
    }

    const child = spawn(act, args, {
      cwd: root,
      timeout: 60_000,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        // act runs actions with the first Node it finds: the one that runs this.
        PATH: `${join(process.execPath, '..')}:${process.env.PATH}`,
        HOME: home,
        FIVETRAN_API_KEY: sandbox.apiKey,
        FIVETRAN_API_SECRET: sandbox.apiSecret,
      },
    });
    const exited = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
    const log = out + err;
    const problems = code === 0 ? scenario.problems(log, sandbox) : [`act ended with ${code}`];
    if (log.includes(sandbox.apiSecret)) problems.push('the secret can be read in the log');
    return { log, problems };
  } finally {
    await sandbox.close();
    await rm(home, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: { act: { type: 'string', default: 'act' }, report: { type: 'string' } },
});

let failed = 0;
for (const scenario of scenarios) {
  const { log, problems } = await run(scenario, values.act);
  console.log(`${problems.length === 0 ? 'ok' : 'FAILED'}: ${scenario.workflow}`);
  if (problems.length > 0) {
    failed += 1;
    console.log(`${log}\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

if (values.report) {
  const counts = { numPassedTests: scenarios.length - failed, numFailedTests: failed };
  await writeFile(values.report, JSON.stringify(counts));
}
process.exitCode = failed === 0 ? 0 : 1;
