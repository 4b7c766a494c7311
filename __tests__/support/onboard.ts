import { afterEach } from '@jest/globals';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/fivetran/server.ts';
import {
  type Comment,
  type CommentEvent,
  type GitHubOptions,
  type GitHubSandbox,
  type Issue,
  type IssueEvent,
  startGitHub,
} from '../../sandbox/github/server.ts';
import { forget, runStep, type StepOptions, type StepResult } from '../../sandbox/runner/run.ts';
import type { Clock } from './clock.ts';
import { type Fields, FORM, form, linksOf } from './form-fields.ts';
import { runInProcess } from './in-process.ts';
import { remember } from './last-steps.ts';

export { type Fields, FORM, form, linksOf, THREE } from './form-fields.ts';

const running: Array<{ close(): Promise<void> }> = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
});

/** A Fivetran and a GitHub, and a workflow that onboards from the issues of one to the other. */
export interface World {
  fivetran: Sandbox;
  github: GitHubSandbox;
  /** What the workflow's step says beyond account and group. */
  with: Record<string, string>;
  /** Runs the action for an event, as GitHub would: `src` in this process, or `dist` where a test asks for it. */
  run(event: IssueEvent | CommentEvent, options?: RunOptions): Promise<StepResult>;
  /** Opens an issue from the form, by somebody without rights. */
  open(fields?: Fields, author?: string): Promise<Issue>;
  /** Opens an issue and has it approved; the run that follows. */
  onboard(fields?: Fields, options?: RunOptions): Promise<StepResult>;
  /** Approves the issue again, by removing the label and adding it. */
  approve(issue?: number, options?: RunOptions & { by?: string }): Promise<StepResult>;
  /** Comments `/connect-card`, for one connection where a name is given. */
  command(
    issue?: number,
    options?: RunOptions & { by?: string; name?: string },
  ): Promise<StepResult>;
  /** The action's comments on an issue. */
  own(issue?: number): Promise<Comment[]>;
}

export type RunOptions = Omit<StepOptions, 'with' | 'event'> & {
  with?: Record<string, string>;
  /** Has the run go by this clock, which doesn't wait. */
  clock?: Clock;
  /**
   * Runs `dist` as a process, as the runner does, at five times the cost. So does whatever only a process
   * can: being killed or watched while it runs.
   */
  dist?: boolean;
};

export async function world(
  inputs: Record<string, string> = {},
  { fivetran: fivetranOptions, github: githubOptions }: WorldOptions = {},
): Promise<World> {
  const fivetran = await startSandbox(fivetranOptions);
  const github = await startGitHub(githubOptions);
  running.push(fivetran, github);
  const self: World = {
    fivetran,
    github,
    with: { operation: 'onboard', 'group-id': 'acme_group', ...inputs },
    async run(event, { clock, dist, ...options } = {}) {
      const step: StepOptions = {
        ...options,
        with: {
          'fivetran-api-key': fivetran.apiKey,
          'fivetran-api-secret': fivetran.apiSecret,
          'fivetran-api-url': fivetran.url,
          // It signed nothing here, and may be nowhere.
          'previous-fivetran-api-secret': 'marked-previous-secret',
          'github-token': github.token,
          ...self.with,
          ...options.with,
        },
        event: { name: 'comment' in event ? 'issue_comment' : 'issues', payload: event },
        env: {
          GITHUB_API_URL: github.url,
          GITHUB_REPOSITORY: `${github.owner}/${github.repo}`,
          GITHUB_REPOSITORY_ID: String(github.repositoryId),
          ...options.env,
        },
      };
      if (clock) {
        fivetran.options.now = clock.now;
        github.options.now = clock.now;
      }
      const { onStart, onOutput, limit, action } = options;
      const process = dist || onStart || onOutput || limit || action;
      const result = await (process ? runStep(step) : runInProcess(step, clock));
      await forget(result);
      remember(result);
      return result;
    },
    open: (fields = FORM, author = 'nina') => github.openIssue({ body: form(fields), author }),
    async onboard(fields, options) {
      const { number } = await self.open(fields);
      return self.run(await github.addLabel(number, 'connect-card', 'tess'), options);
    },
    async approve(issue = 1, { by = 'tess', ...options } = {}) {
      await github.removeLabel(issue, 'connect-card', by);
      return self.run(await github.addLabel(issue, 'connect-card', by), options);
    },
    async command(issue = 1, { by = 'nina', name = '', ...options } = {}) {
      return self.run(await github.comment(issue, `/connect-card ${name}`, by), options);
    },
    async own(issue = 1) {
      const comments = await github.comments(issue);
      return comments.filter(({ user }) => user.login === 'github-actions[bot]');
    },
  };
  return self;
}

interface WorldOptions {
  fivetran?: SandboxOptions;
  github?: GitHubOptions;
}

/** A comment as a person sees it in the page's source: the hidden marker is left out. */
export function shown(comment: Comment | undefined): string {
  return (comment?.body ?? '(no comment)').replace(/<!-- connect-card-link .*? -->/g, '').trim();
}

/** The entries of the output `results`. */
export function resultsOf({ outputs }: Pick<StepResult, 'outputs'>) {
  return JSON.parse(outputs.results ?? '[]') as Array<Record<string, unknown>>;
}

/** What an issue has come to: its connections, its comments, and how many of its links work. */
export async function outcomeOf(here: World, issue = 1) {
  const comments = await here.own(issue);
  let working = 0;
  for (const link of linksOf(comments[0])) {
    working += await here.fivetran.completeCard(link).then(
      () => 1,
      () => 0,
    );
  }
  return { connections: here.fivetran.connections.length, comments: comments.length, working };
}
