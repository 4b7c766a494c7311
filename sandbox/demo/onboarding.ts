import { EXAMPLE_ISSUE } from '../example-issue.ts';
import type { Sandbox } from '../fivetran/server.ts';
import {
  type CommentEvent,
  type GitHubSandbox,
  type IssueEvent,
  startGitHub,
} from '../github/server.ts';
import { forget, runStep } from '../runner/run.ts';
import { chapter, heading, show, showPost } from './show.ts';

/** One request's result as the output `results-file` has it. */
interface Result {
  service: string;
  link: string;
}

type Event = { name: 'issues'; payload: IssueEvent } | { name: string; payload: CommentEvent };

/**
 * One issue with two sources: approved, answered with two links, connected one after the other, and
 * followed up.
 */
export async function onboarding(fivetran: Sandbox): Promise<void> {
  chapter('A labelled issue gets a link for each source');
  const github = await startGitHub();
  const run = (inputs: Record<string, string>, event?: Event) =>
    runAndShow(fivetran, github, inputs, event);
  const onboard = { operation: 'onboard', 'group-id': 'acme_group' };

  heading('nina opens an issue from the form');
  const issue = await github.openIssue(EXAMPLE_ISSUE);
  showPost(issue.title, EXAMPLE_ISSUE.body.replaceAll('\n\n', '\n'));

  heading('tess, who has triage rights, adds the label connect-card', 'and the action runs');
  const labelled = await github.addLabel(issue, 'connect-card', 'tess');
  github.fault({ on: 'update-comment', meanwhile: () => showComment(github, 'comments at once') });
  const links = await run(onboard, { name: 'issues', payload: labelled });
  await showComment(github, 'has finished the comment');

  heading('The customer opens the link for Google Ads, signs in and clicks Save & Test');
  await complete(fivetran, links, 'google_ads');

  heading('An hour later, follow-up runs on its schedule');
  await run({ operation: 'follow-up' });
  await showComment(github, 'comments');

  heading(
    'The link for Stripe got lost: nina comments /connect-card Stripe',
    'and the action runs',
  );
  const commented = await github.comment(issue, '/connect-card Stripe', 'nina');
  const fresh = await run(onboard, { name: 'issue_comment', payload: commented });
  await showComment(github, 'comments');

  heading('The customer opens the new link, signs in and clicks Save & Test');
  await complete(fivetran, fresh, 'stripe');

  heading('An hour later, follow-up runs again');
  await run({ operation: 'follow-up' });
  await showComment(github, 'comments');
  const { labels } = await github.issue(issue);
  show([`labels: ${labels.map(({ name }) => name).join(', ')}`]);
  await github.close();
}

/** Runs a step as the runner does and shows its log; returns its results. */
async function runAndShow(
  fivetran: Sandbox,
  github: GitHubSandbox,
  inputs: Record<string, string>,
  event?: Event,
): Promise<Result[]> {
  const step = await runStep({
    with: {
      'fivetran-api-key': fivetran.apiKey,
      'fivetran-api-secret': fivetran.apiSecret,
      'fivetran-api-url': fivetran.url,
      'github-token': github.token,
      ...inputs,
    },
    ...(event && { event }),
    env: {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: `${github.owner}/${github.repo}`,
      GITHUB_REPOSITORY_ID: String(github.repositoryId),
    },
  });
  await forget(step);
  if (step.exitCode !== 0) throw new Error(`The step failed:\n${step.log}\n${step.stderr}`);
  show(['Its log:', ...step.log.trim().split('\n')]);
  return JSON.parse(step.resultsFile);
}

/** Shows the action's one comment as it is now. */
async function showComment(github: GitHubSandbox, verb: string): Promise<void> {
  const comments = await github.comments(1);
  const own = comments.filter(({ user }) => user.login === 'github-actions[bot]');
  for (const { user, body } of own) showPost(`${user.login} ${verb}`, body);
}

/** Does what a customer does with the link for a connector type. */
async function complete(fivetran: Sandbox, results: Result[], service: string): Promise<void> {
  const link = results.find((result) => result.service === service)?.link ?? '';
  await fivetran.completeCard(link);
  const connection = fivetran.connections.findLast((one) => one.service === service);
  show([`Fivetran reports ${connection?.id} (${service}): ${connection?.status.setup_state}.`]);
}
