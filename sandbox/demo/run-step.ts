import type { Sandbox } from '../fivetran/server.ts';
import type { GitHubSandbox, PageEvent } from '../github/server.ts';
import { forget, runStep, type StepResult } from '../runner/run.ts';

/** What starts a run. */
export type StepEvent = PageEvent;

/** The inputs of a step that onboards issues. */
export const ONBOARD = { operation: 'onboard', 'group-id': 'acme_group' };

/** Runs a step as the runner of GitHub does, against both stand-ins. */
export async function runStepFor(
  fivetran: Sandbox,
  github: GitHubSandbox,
  inputs: Record<string, string>,
  event?: StepEvent,
): Promise<StepResult> {
  const step = await runStep({
    with: {
      'fivetran-api-key': fivetran.apiKey,
      'fivetran-api-secret': fivetran.apiSecret,
      'fivetran-api-url': fivetran.url,
      'github-token': github.token,
      'redirect-uri': `${fivetran.url}/connect-card/thanks`,
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
  return step;
}
