import { EXAMPLE_ISSUE } from '../example-issue.ts';
import type { Sandbox } from '../fivetran/server.ts';
import { type CommentEvent, type IssueEvent, startGitHub } from '../github/server.ts';
import { forget, runStep } from '../runner/run.ts';
import { chapter, heading, show, showPost } from './show.ts';

/** An issue, a label, a comment; a new link; and follow-up, once the customer has finished. */
export async function onboarding(fivetran: Sandbox): Promise<void> {
  chapter('A labelled issue becomes a link');
  const github = await startGitHub();
  const account = {
    'fivetran-api-key': fivetran.apiKey,
    'fivetran-api-secret': fivetran.apiSecret,
    'fivetran-api-url': fivetran.url,
    'github-token': github.token,
  };
  const run = async (
    inputs: Record<string, string>,
    event?: { name: string; payload: IssueEvent | CommentEvent },
  ) => {
    const step = await runStep({
      with: { ...account, ...inputs },
      ...(event && { event }),
      env: {
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: `${github.owner}/${github.repo}`,
        GITHUB_REPOSITORY_ID: String(github.repositoryId),
      },
    });
    await forget(step);
    if (step.exitCode !== 0) throw new Error(`The step failed:\n${step.log}\n${step.stderr}`);
    show(step.log.trim().split('\n'));
    const [comment] = await github.comments(1);
    if (comment) showPost(`${comment.user.login} commented`, comment.body);
    return step.outputs.link ?? '';
  };
  const onboard = { operation: 'onboard', 'group-id': 'acme_group' };

  heading('nina opens an issue from the form');
  const issue = await github.openIssue(EXAMPLE_ISSUE);
  showPost(issue.title, EXAMPLE_ISSUE.body.replaceAll('\n\n', '\n'));

  heading('tess, who has triage rights, adds the label connect-card', 'and the action runs');
  const labelled = await github.addLabel(issue, 'connect-card', 'tess');
  await run(onboard, { name: 'issues', payload: labelled });

  heading('nina comments /connect-card', 'and the same comment gets a new link');
  const commented = await github.comment(issue, '/connect-card', 'nina');
  const link = await run(onboard, { name: 'issue_comment', payload: commented });

  heading('The customer opens the link, signs in and presses Save & Test');
  await fivetran.completeCard(link);
  const globex = fivetran.connections.find(({ schema }) => schema === 'globex');
  show([`Fivetran says of ${globex?.id}: ${globex?.status.setup_state}.`]);

  heading('An hour later: operation: follow-up', 'on a schedule');
  await run({ operation: 'follow-up' });
  const { labels } = await github.issue(issue);
  show([`labels: ${labels.map(({ name }) => name).join(', ')}`]);
  await github.close();
}
