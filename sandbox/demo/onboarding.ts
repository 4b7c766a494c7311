import { EXAMPLE_ISSUE } from '../example-issue.ts';
import type { Sandbox } from '../fivetran/server.ts';
import type { GitHubSandbox } from '../github/server.ts';
import { ONBOARD, runStepFor, type StepEvent } from './run-step.ts';
import { chapter, heading, show, showPost } from './show.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One request's result as the output `results-file` has it. */
interface Result {
  service: string;
  link: string;
}

/**
 * One issue with two sources: approved, answered with two links, connected one after the other, and
 * followed up. It begins three days ago, by the clocks of both stand-ins, and ends now.
 */
export async function onboarding(fivetran: Sandbox, github: GitHubSandbox): Promise<void> {
  chapter('A labelled issue gets a link for each source');
  const timeIs = (msAgo: number) => {
    const now = () => Date.now() - msAgo;
    fivetran.options.now = now;
    github.options.now = now;
  };
  const run = (inputs: Record<string, string>, event?: StepEvent) =>
    runAndShow(fivetran, github, inputs, event);
  const followUp = { operation: 'follow-up', 'remind-after': '3' };

  timeIs(3 * DAY_MS + 3 * HOUR_MS);
  heading('nina opens an issue from the form', 'three days ago');
  const issue = await github.openIssue(EXAMPLE_ISSUE);
  showPost(issue.title, EXAMPLE_ISSUE.body.replaceAll('\n\n', '\n'));

  heading('tess, who has triage rights, adds the label connect-card', 'and the action runs');
  const labelled = await github.addLabel(issue, 'connect-card', 'tess');
  github.fault({ on: 'update-comment', meanwhile: () => showComment(github, 'comments at once') });
  const links = await run(ONBOARD, { name: 'issues', payload: labelled });
  await showComment(github, 'has finished the comment');

  heading('The customer opens the link for Google Ads, signs in and clicks Save & Test');
  await complete(fivetran, links, 'google_ads');

  timeIs(3 * DAY_MS + 2 * HOUR_MS);
  heading('An hour later, follow-up runs on its schedule');
  await run(followUp);
  await showComment(github, 'says in the comment', 'brief');

  timeIs(2 * HOUR_MS);
  heading('Three days later, follow-up sends a reminder', 'as remind-after asks it to');
  await run(followUp);
  await showComment(github, 'comments', 'brief');

  timeIs(HOUR_MS);
  heading('nina comments /connect-card Stripe for a new link', 'and the action runs');
  const commented = await github.comment(issue, '/connect-card Stripe', 'nina');
  const fresh = await run(ONBOARD, { name: 'issue_comment', payload: commented });
  await showComment(github, 'comments', 'brief');

  heading('The customer opens the new link, signs in and clicks Save & Test');
  await complete(fivetran, fresh, 'stripe');

  timeIs(0);
  heading('An hour later, follow-up runs again');
  await run(followUp);
  await showComment(github, 'comments');
  const { labels } = await github.issue(issue);
  show([`labels: ${labels.map(({ name }) => name).join(', ')}`]);
}

/** Runs a step as the runner does and shows its log; returns its results. */
async function runAndShow(
  fivetran: Sandbox,
  github: GitHubSandbox,
  inputs: Record<string, string>,
  event?: StepEvent,
): Promise<Result[]> {
  const step = await runStepFor(fivetran, github, inputs, event);
  if (step.exitCode !== 0) throw new Error(`The step failed:\n${step.log}\n${step.stderr}`);
  show(['Its log:', ...step.log.trim().split('\n')]);
  return JSON.parse(step.resultsFile);
}

/** Shows the action's one comment as it is now. */
async function showComment(github: GitHubSandbox, verb: string, length?: 'brief'): Promise<void> {
  const comments = await github.comments(1);
  const own = comments.filter(({ user }) => user.login === 'github-actions[bot]');
  for (const { user, body } of own) showPost(`${user.login} ${verb}`, body, length);
}

/** Does what a customer does with the link for a connector type. */
async function complete(fivetran: Sandbox, results: Result[], service: string): Promise<void> {
  const link = results.find((result) => result.service === service)?.link ?? '';
  await fivetran.completeCard(link);
  const connection = fivetran.connections.findLast((one) => one.service === service);
  show([`Fivetran reports ${connection?.id} (${service}): ${connection?.status.setup_state}.`]);
}
