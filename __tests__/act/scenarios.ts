import assert from 'node:assert/strict';
import { forget, runStep } from '../../sandbox/runner/run.ts';
import type { World } from './world.ts';

export interface Scenario {
  /** A workflow in `examples/`, and the event that starts it. */
  example: string;
  event: string;
  /** Brings the world to the moment of the event. Gives its payload, as GitHub would send it. */
  prepare(world: World): object | Promise<object>;
  /** Whether the workflow should fail. */
  fails?: boolean;
  /** Throws where the run left the world other than it should be. */
  check(world: World): void | Promise<void>;
}

/** At least one for every workflow in `examples/`: a test in `scripts/examples.test.ts` sees to it. */
export const scenarios: Scenario[] = [
  {
    example: 'one-link.yml',
    event: 'workflow_dispatch',
    prepare: () => ({
      inputs: { service: 'google_sheets', schema: 'acme', table: 'leads' },
    }),
    async check({ fivetran, github, webhook }) {
      assert.equal(fivetran.connections.length, 1, 'one connection was made');
      assert.equal(webhook.received.length, 1, 'the webhook was told once');
      const { schema, link = '', until = '' } = webhook.received[0] ?? {};
      assert.equal(schema, 'acme');
      assert.ok(Date.parse(until) > Date.now(), 'it says until when the link works');
      await fivetran.completeCard(link);
      assert.equal(fivetran.connections[0]?.status.setup_state, 'connected');
      assert.deepEqual(github.requests, [], 'it has no permissions, and needs none');
    },
  },
  {
    example: 'hand-over.yml',
    event: 'workflow_dispatch',
    prepare: () => ({
      inputs: { service: 'google_ads', schema: 'acme', email: 'nina@example.com' },
    }),
    async check({ fivetran, webhook, mail }) {
      const [message = '', ...more] = mail.received;
      assert.equal(more.length, 0, 'one mail was sent');
      assert.match(message, /^To: nina@example\.com$/m);
      await fivetran.completeCard(/^http\S+$/m.exec(message)?.[0] ?? '');
      assert.deepEqual(webhook.received, [{ text: 'Connect Card for acme: linked' }]);
    },
  },
  {
    example: 'batch-from-csv.yml',
    event: 'workflow_dispatch',
    prepare: () => ({}),
    async check({ fivetran, webhook }) {
      assert.equal(fivetran.connections.length, 3, 'a connection for each row');
      assert.deepEqual(
        webhook.received.map(({ name }) => name),
        ['Acme Ltd', 'Globex', 'Initech'],
      );
      for (const { link = '' } of webhook.received) await fivetran.completeCard(link);
    },
  },
  {
    example: 'matrix.yml',
    event: 'workflow_dispatch',
    prepare: () => ({}),
    async check({ fivetran, webhook }) {
      assert.equal(fivetran.connections.length, 3, 'a connection for each row');
      const names = webhook.received.map(({ name }) => name);
      assert.deepEqual(names.sort(), ['Acme Ltd', 'Globex', 'Initech']);
      for (const { link = '' } of webhook.received) await fivetran.completeCard(link);
    },
  },
  {
    example: 'onboard.yml',
    event: 'issues',
    async prepare({ github }) {
      const issue = await github.openIssue({ body: FORM, author: 'nina' });
      // As this repository happens to spell it: GitHub compares labels without case.
      return github.addLabel(issue, 'Connect-Card', 'tess');
    },
    async check(world) {
      assert.equal((await world.github.comments(1)).length, 1, 'one comment');
      await world.fivetran.completeCard(await linkIn(world, 1));
    },
  },
  {
    example: 'onboard.yml',
    event: 'issues',
    fails: true,
    async prepare({ github }) {
      const issue = await github.openIssue({ body: FORM, author: 'nina' });
      // A form that has the label among its own puts it on like this.
      return github.addLabel(issue, 'connect-card', 'nina');
    },
    async check({ fivetran, github }) {
      assert.deepEqual(fivetran.requests, [], 'Fivetran is not even asked');
      assert.match((await github.comments(1))[0]?.body ?? '', /Waiting for approval/);
    },
  },
  {
    example: 'connect-card-command.yml',
    event: 'issue_comment',
    async prepare(world) {
      await onboard(world, 'acme');
      return world.github.comment(1, '\r\n/connect-card\r\nThank you!', 'nina');
    },
    async check(world) {
      const [comment, ...others] = await world.github.comments(1);
      assert.equal(others.length, 1, 'no other comment than the one that asked');
      assert.match(comment?.body ?? '', /fresh link/);
      assert.equal(world.fivetran.connections.length, 1, 'one connection');
      await world.fivetran.completeCard(await linkIn(world, 1));
    },
  },
  {
    example: 'follow-up.yml',
    event: 'schedule',
    async prepare(world) {
      // An issue that was onboarded, and whose customer has finished since; and one that waits.
      for (const schema of ['acme', 'globex']) await onboard(world, schema);
      await world.fivetran.completeCard(await linkIn(world, 1));
      return { schedule: '17 * * * *' };
    },
    async check({ github, webhook }) {
      assert.deepEqual(webhook.received, [{ text: 'Issue 1 is connected' }]);
      const [comment, ...more] = await github.comments(1);
      assert.equal(more.length, 0, 'one comment');
      assert.match(comment?.body ?? '', /^### Connected$/m);
      const labels = (await github.issue(1)).labels.map(({ name }) => name);
      assert.deepEqual(labels, ['connect-card', 'connected']);
      assert.match((await github.comments(2))[0]?.body ?? '', /Open your Connect Card/);
    },
  },
  {
    example: 'onboard-public.yml',
    event: 'issues',
    async prepare({ github }) {
      github.visibility = 'public';
      const issue = await github.openIssue({ body: FORM, author: 'nina' });
      return github.addLabel(issue, 'connect-card', 'tess');
    },
    check: (world) => passedOn(world, 1),
  },
  {
    example: 'onboard-public.yml',
    event: 'issue_comment',
    async prepare(world) {
      world.github.visibility = 'public';
      await onboard(world, 'acme');
      return world.github.comment(1, '/connect-card', 'nina');
    },
    check: (world) => passedOn(world, 2),
  },
];

/** In a public repository only the webhook has the link. */
async function passedOn({ fivetran, github, webhook }: World, comments: number): Promise<void> {
  const [comment, ...others] = await github.comments(1);
  assert.equal(others.length, comments - 1, 'one comment of the action');
  assert.doesNotMatch(comment?.body ?? '', /auth=/, 'the comment has no link');
  assert.equal(webhook.received.length, 1, 'the webhook received one message');
  const { issue, message = '', link = '', until = '' } = webhook.received[0] ?? {};
  assert.match(issue ?? '', /\/issues\/1$/);
  assert.ok(link && message.includes(link), 'the message has the link');
  assert.ok(Date.parse(until) > Date.now(), 'it says until when the link works');
  await fivetran.completeCard(link);
}

/** What GitHub makes of the answers to `examples/issue-form.yml`. */
const FORM = [
  ['Customer', 'Acme Ltd'],
  ['Service', 'google_ads'],
  ['Schema', 'acme'],
  ['Table', '_No response_'],
]
  .map(([label, answer]) => `### ${label}\r\n\r\n${answer}`)
  .join('\r\n\r\n');

/** Opens an issue and has it approved and answered, without act. */
async function onboard({ fivetran, github }: World, schema: string): Promise<void> {
  const body = `### Service\n\ngoogle_ads\n\n### Schema\n\n${schema}`;
  const issue = await github.openIssue({ body, author: 'nina' });
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

/** The link in the action's comment on an issue. */
async function linkIn({ github }: World, issue: number): Promise<string> {
  const [comment] = await github.comments(issue);
  return /\]\(<(\S+)>\)/.exec(comment?.body ?? '')?.[1] ?? '';
}
