import assert from 'node:assert/strict';
import { forget, runStep } from '../../sandbox/runner/run.ts';
import type { World } from './world.ts';

/** The body that GitHub creates from answers to `examples/issue-form.yml`, several services and all. */
export function form(answers: Record<string, string>): string {
  const fields = { Customer: 'Acme Ltd', Service: 'Google Ads, Stripe', ...answers };
  return Object.entries({ ...fields, Table: '_No response_' })
    .map(([label, answer]) => `### ${label}\r\n\r\n${answer}`)
    .join('\r\n\r\n');
}

/** Opens an issue with two sources and has it onboarded, without act. */
export async function onboard({ fivetran, github }: World, schema: string): Promise<void> {
  const issue = await github.openIssue({ body: form({ Schema: schema }), author: 'nina' });
  const step = await runStep({
    with: {
      operation: 'onboard',
      'fivetran-api-key': fivetran.apiKey,
      'fivetran-api-secret': fivetran.apiSecret,
      'fivetran-api-url': fivetran.url,
      'group-id': 'acme_group',
      'github-token': github.token,
    },
    event: { name: 'issues', payload: await github.addLabel(issue, 'connect-card', 'tess') },
    env: {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: `${github.owner}/${github.repo}`,
    },
  });
  await forget(step);
  assert.equal(step.outputs.outcome, 'linked', step.log);
}

/**
 * The action's one comment on an issue.
 * @param author the account whose token the action has
 */
export async function commentOn(
  { github }: World,
  issue: number,
  author = 'github-actions[bot]',
): Promise<string> {
  const comments = await github.comments(issue);
  const own = comments.filter(({ user }) => user.login === author);
  assert.equal(own.length, 1, 'one comment by the action');
  return own[0]?.body ?? '';
}

/** The links in the action's comment on an issue, each once, in the order of its sources. */
export async function linksOn(world: World, issue: number): Promise<string[]> {
  return linksIn(await commentOn(world, issue));
}

/** The links in a text, each once. */
export function linksIn(text: string): string[] {
  return [...new Set(text.match(/https?:[^\s<>"'`)\]]+\/connect-card\/setup[^\s<>"'`)\]]+/g))];
}

/** A customer opens every link and fills in its card. */
export async function completeAll({ fivetran }: World, links: readonly string[]): Promise<void> {
  for (const link of links) await fivetran.completeCard(link);
}

/** The names of all connections, in alphabetical order. */
export function namesIn({ fivetran }: World): string[] {
  return fivetran.connections.map(({ schema }) => schema).sort();
}

/** How far each connection's setup is. */
export function statesIn({ fivetran }: World): string[] {
  return fivetran.connections.map(({ status }) => status.setup_state);
}
