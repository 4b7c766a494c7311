import { createRequire } from 'node:module';
import type { WebhookDefinition } from '@octokit/webhooks-examples';

export type Fields = Record<string, unknown>;

const definitions: WebhookDefinition[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
);

/** An event that GitHub once sent in an organization's repository; of that action if there is one. */
export function exampleOf(name: 'issues' | 'issue_comment', action: string): Fields {
  const events = (definitions.find((definition) => definition.name === name)?.examples ??
    []) as Fields[];
  const inOrganization = events.filter((event) => 'organization' in event);
  const example = inOrganization.find((event) => event.action === action) ?? inOrganization[0];
  if (!example) throw new Error(`The package of examples has no event ${name} any more.`);
  return structuredClone(example);
}

/** GitHub Actions, the app, as GitHub describes it. */
export const ACTIONS_APP = definitions
  .find(({ name }) => name === 'workflow_job')
  ?.examples.map((example) => (example as { deployment?: Fields }).deployment)
  .find((deployment) => deployment?.performed_via_github_app)?.performed_via_github_app as Fields;

/** The example's organization, or its owner, under another name. */
export function rename<T extends Fields>(account: T, login: string): T {
  return JSON.parse(JSON.stringify(account).replaceAll(String(account.login), login));
}
