// Both sandboxes in a process of their own, with issues to work on.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../sandbox/fivetran/server.ts';
import { startGitHub } from '../sandbox/github/server.ts';
import { RecordSigner } from '../src/github/record.ts';
import type { Entry } from '../src/model/issue-record.ts';

/** What a workflow's step says and finds in its environment. */
export interface Step {
  with: Record<string, string>;
  env: Record<string, string>;
}

/** How many requests were sent. */
export interface Requests {
  github: number;
  fivetran: number;
}

export type Event = { name: string; payload: object };

/** What can be asked of the process with the sandboxes. */
interface Tasks {
  /** Opens an issue from the form for that many sources, and adds the label. */
  label(sources: number): Promise<Event>;
  /** Comments the command on an issue that was onboarded. */
  command(issue: number): Promise<Event>;
  /** Puts approved issues there, each waiting for one connection. */
  seed(issues: number): Promise<undefined>;
  /** The requests since this was last asked. */
  requests(): Promise<Requests>;
}

type Ask = { [T in keyof Tasks]: [T, ...Parameters<Tasks[T]>] }[keyof Tasks];

/** A Fivetran and a GitHub on loopback that take `latency` milliseconds more for every response. */
export class IssueServer {
  readonly step: Step;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, step: Step) {
    this.#child = child;
    this.step = step;
  }

  static async start(latency: number): Promise<IssueServer> {
    const child = fork(fileURLToPath(import.meta.url), [String(latency)]);
    const [step] = await once(child, 'message');
    return new IssueServer(child, step);
  }

  async ask<T extends keyof Tasks>(
    task: T,
    ...given: Parameters<Tasks[T]>
  ): Promise<Awaited<ReturnType<Tasks[T]>>> {
    this.#child.send([task, ...given]);
    const [answer] = await once(this.#child, 'message');
    return answer.value;
  }

  stop(): void {
    this.#child.disconnect();
  }
}

const SOURCES = ['google_ads', 'stripe', 'facebook_ads'];
const DAY_MS = 86_400_000;

async function serve(latency: number): Promise<void> {
  const fivetran = await startSandbox({ latency, rateLimit: 1e9 });
  const github = await startGitHub({ latency, rateLimit: 1e9 });
  let number = 0;
  const tasks: Tasks = {
    async label(sources) {
      const services = SOURCES.slice(0, sources).join(', ');
      const body = `### Service\n\n${services}\n\n### Schema\n\nbench_${++number}`;
      const issue = await github.openIssue({ body, author: 'nina' });
      return { name: 'issues', payload: await github.addLabel(issue, 'connect-card', 'tess') };
    },
    command: async (issue) => ({
      name: 'issue_comment',
      payload: await github.comment(issue, '/connect-card', 'nina'),
    }),
    async seed(issues) {
      const signer = new RecordSigner(fivetran.apiSecret);
      github.seed(
        Array.from({ length: issues }, (_, index) => {
          const ref = { repositoryId: github.repositoryId, issue: index + 1 };
          const entries = [entry(`seeded_${index}`)];
          const body = (id: number) =>
            `Waiting\n\n${signer.sign({ generation: 1, entries }, ref, id)}`;
          return {
            body: '',
            author: 'nina',
            labels: ['connect-card'],
            comments: [{ author: 'github-actions[bot]', body }],
          };
        }),
      );
      return undefined;
    },
    requests: async () => ({
      github: github.requests.splice(0).length,
      fivetran: fivetran.requests.splice(0).length,
    }),
  };
  function entry(schema: string): Entry {
    const request = { group: 'acme_group', service: 'google_ads', schema };
    const { id } = fivetran.addConnection({
      groupId: request.group,
      service: request.service,
      schema,
    });
    const expires = Date.now() + DAY_MS;
    return { request, connection: id, intents: [], state: 'ready', expires, renewed: Date.now() };
  }
  process.on('message', async ([task, ...given]: Ask) => {
    const work = tasks[task] as (...given: unknown[]) => Promise<unknown>;
    process.send?.({ value: await work(...given) });
  });
  process.on('disconnect', () => process.exit());
  process.send?.({
    with: {
      'fivetran-api-key': fivetran.apiKey,
      'fivetran-api-secret': fivetran.apiSecret,
      'fivetran-api-url': fivetran.url,
      'github-token': github.token,
    },
    env: {
      GITHUB_API_URL: github.url,
      GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
      GITHUB_REPOSITORY: `${github.owner}/${github.repo}`,
      GITHUB_REPOSITORY_ID: String(github.repositoryId),
    },
  } satisfies Step);
}

if (process.send) await serve(Number(process.argv[2]));
