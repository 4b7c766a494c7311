import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type LocalSandbox,
  openSandbox,
  type SandboxOptions,
} from '../../sandbox/fivetran/server.ts';
import { type Comment, type LocalGitHub, openGitHub } from '../../sandbox/github/server.ts';
import { type StepOptions, type StepResult, stepEnvironment } from '../../sandbox/runner/run.ts';
import { type Journal, keepJournal } from '../../sandbox/wire/journal.ts';
import { run } from '../../src/main.ts';
import { Cancellation, GRACE_MS } from '../../src/runner/cancellation.ts';
import { withEnvironment } from '../support/in-process.ts';
import { recorder } from './recorder.ts';
import { VirtualTime } from './time.ts';
import { type Conditions, type Sent, Wire } from './wire.ts';

/** What a second connection of one name leads to. */
export type Duplicates = NonNullable<SandboxOptions['duplicates']>;

export type Step = Pick<StepOptions, 'with' | 'event' | 'attempt'> & {
  /** The number of the workflow's run (4711). */
  runId?: string;
};

/** What became of a run. */
export interface Ran {
  /** Null for one that was killed. */
  exitCode: 0 | 1 | null;
  step: StepResult;
  env: Record<string, string>;
  inputs: Record<string, string>;
  sent: Sent[];
  /** The requests that arrived, word for word. */
  journal: Journal;
  /** The connections that there were before. */
  before: ReadonlySet<string>;
  /** When it began, ended and was cancelled, in milliseconds. */
  began: number;
  ended: number;
  cancelled: number | undefined;
}

export const GROUP = 'acme_group';
export const ISSUE_LABEL = 'connect-card';

const ONE_SECOND_MS = 1000;

let temp: string | undefined;

/** One folder for the files of all steps, which run one after the other. */
function temporaryFolder(): string {
  if (temp === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'connect-card-proof-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    temp = folder;
  }
  return temp;
}

const environments = new Map<string, ReturnType<typeof stepEnvironment>>();

/** The environment of a step. Its files are written once for the same inputs, but for the event. */
async function environmentOf({ event, ...step }: Step): Promise<Record<string, string>> {
  const sender = (event?.payload as { sender?: object } | undefined)?.sender;
  const key = JSON.stringify([step, event?.name, sender]);
  const known =
    environments.get(key) ??
    stepEnvironment(temporaryFolder(), { ...step, ...(event && { event }) });
  environments.set(key, known);
  const environment = await known;
  writeFileSync(environment.GITHUB_EVENT_PATH, JSON.stringify(event?.payload ?? {}));
  return environment as Record<string, string>;
}

/** Loads all of the action, so that loading takes no time on the clock of a run. */
export async function loadAction(): Promise<void> {
  const source = join(import.meta.dirname, '../../src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  const modules = files.filter((name) => /(?<!\.d|^index)\.ts$/.test(name));
  for (const name of modules) await import(join(source, name));
  await import('../../sandbox/github/graphql/answer.ts');
}

/** A Fivetran, a GitHub and a clock, and the runs of a workflow with them. */
export class ProofWorld {
  readonly time = new VirtualTime();
  readonly fivetran: LocalSandbox;
  readonly github: LocalGitHub;

  constructor(duplicates: Duplicates) {
    const { now } = this.time;
    this.fivetran = openSandbox({ now, duplicates });
    this.github = openGitHub({ now });
  }

  /** Runs the action once. */
  async run(
    { with: given = {}, event, attempt = 1, runId = '4711' }: Step,
    strike: Conditions['strike'] = () => undefined,
  ): Promise<Ran> {
    const { time, fivetran, github } = this;
    const inputs = {
      'fivetran-api-key': fivetran.apiKey,
      'fivetran-api-secret': fivetran.apiSecret,
      'fivetran-api-url': fivetran.url,
      'github-token': github.token,
      ...given,
    };
    const env = {
      ...(await environmentOf({ with: inputs, attempt, ...(event && { event }) })),
      GITHUB_RUN_ID: runId,
      GITHUB_API_URL: github.url,
      GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
      GITHUB_REPOSITORY: `${github.owner}/${github.repo}`,
      GITHUB_REPOSITORY_ID: String(github.repositoryId),
    };
    const { runner, seen } = recorder();
    const clock = time.forRun();
    const killed = Promise.withResolvers<null>();
    let cancelled: number | undefined;
    const cancellation = new Cancellation((over) => clock.time.after?.(GRACE_MS, over));
    const services = { fivetran: fivetran.fetch, github: github.fetch };
    const wire = new Wire(time, services, {
      strike,
      kill() {
        clock.stop();
        wire.die();
        killed.resolve(null);
      },
      cancel() {
        cancelled ??= time.now();
        cancellation.request();
      },
    });
    const before = new Set(fivetran.connections.map(({ id }) => id));
    const journal = keepJournal();
    const began = time.now();
    const succeeded = await withEnvironment(env, () =>
      time.until(
        Promise.race([
          run(env, runner, cancellation, clock.time, async () => wire),
          killed.promise,
        ]),
      ),
    );
    const ended = time.now();
    // What was sent arrives; nobody hears of it any more.
    clock.stop();
    wire.die();
    await time.settle(ONE_SECOND_MS);
    journal.end();
    const file = seen.outputs['results-file'];
    const log = seen.lines.join('\n');
    const exitCode = succeeded === null ? null : succeeded ? 0 : 1;
    const step: StepResult = {
      ...seen,
      exitCode,
      log,
      raw: log,
      stderr: '',
      resultsFile: file ? readFileSync(file, 'utf8') : '',
      took: ended - began,
    };
    const { sent } = wire;
    return { exitCode, step, env, inputs, sent, journal, before, began, ended, cancelled };
  }

  /** The action's comments on an issue. */
  readonly own = async (issue: number): Promise<Comment[]> => {
    const comments = await this.github.comments(issue);
    return comments.filter(({ user }) => user.login === 'github-actions[bot]');
  };
}
