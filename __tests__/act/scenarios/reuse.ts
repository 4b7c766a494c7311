import assert from 'node:assert/strict';
import {
  commentOn,
  completeAll,
  form,
  linksIn,
  linksOn,
  namesIn,
  onboard,
  statesIn,
} from '../issues.ts';
import type { Scenario } from './scenario.ts';

/** What request.yml asks the other repository's workflow for. */
const REQUEST = { issue: '1', service: 'google_ads', schema: 'acme' };

/** The action within an organization: reusable parts, other tokens, other repositories and accounts. */
export const reuse: Scenario[] = [
  {
    example: 'reusable-workflow/caller.yml',
    event: 'workflow_dispatch',
    prepare: () => ({ inputs: { schema: 'acme' } }),
    async check(world) {
      assert.deepEqual(namesIn(world), ['acme']);
      const { schema, link = '' } = world.webhook.received[0] ?? {};
      assert.equal(schema, 'acme', 'the called workflow has passed the link on');
      await completeAll(world, [link]);
      assert.deepEqual(statesIn(world), ['connected']);
    },
  },
  {
    example: 'composite-action/workflow.yml',
    event: 'workflow_dispatch',
    prepare: () => ({ inputs: { service: 'google_ads', customer: 'acme' } }),
    async check(world) {
      assert.deepEqual(namesIn(world), ['customer_acme_google_ads']);
      const [connection] = world.fivetran.connections;
      assert.deepEqual(connection?.sync_frequency, 1440);
      await completeAll(world, [world.webhook.received[0]?.link ?? '']);
      assert.deepEqual(statesIn(world), ['connected']);
    },
  },
  {
    example: 'github-app.yml',
    event: 'issues',
    async prepare({ github }) {
      const issue = await github.openIssue({ body: form({ Schema: 'acme' }), author: 'nina' });
      return github.addLabel(issue, 'connect-card', 'tess');
    },
    async check(world) {
      const links = linksIn(await commentOn(world, 1, world.app));
      assert.equal(links.length, 2, 'the app has commented the links');
      await completeAll(world, links);
    },
  },
  {
    example: 'github-app.yml',
    event: 'issue_comment',
    title: 'a comment of its own',
    async prepare({ github, app }) {
      const issue = await github.openIssue({ body: form({ Schema: 'acme' }), author: 'nina' });
      await github.addLabel(issue, 'connect-card', 'tess');
      return github.comment(issue, 'To get new links, comment `/connect-card`.', app);
    },
    check(_world, _before, log) {
      assert.doesNotMatch(log, /Run Main/, "the app's own comment starts no job");
    },
  },
  {
    example: 'github-app.yml',
    event: 'issue_comment',
    title: "after a run with the workflow's own token",
    async prepare(world) {
      await onboard(world, 'acme');
      return world.github.comment(1, '/connect-card', 'nina');
    },
    before: (world) => linksOn(world, 1),
    async check(world, before) {
      assert.equal(world.fivetran.connections.length, 2, 'no further connection');
      const links = linksIn(await commentOn(world, 1, world.app));
      assert.equal(new Set([...links, ...before]).size, 4, 'both links are fresh');
      const comments = await world.github.comments(1);
      assert.equal(comments.length, 2, 'the comment before it is gone');
      await completeAll(world, links);
    },
  },
  {
    example: 'another-repository/request.yml',
    event: 'workflow_dispatch',
    settings: () => ({ vars: { ISSUES_REPOSITORY: 'onboarding' } }),
    prepare({ github }) {
      github.fault({ on: 'any', answer: { status: 204 } });
      return { inputs: REQUEST };
    },
    check({ github, app, fivetran }) {
      const sent = github.requests.map(({ method, path, body, by }) => ({
        method,
        path,
        body,
        by,
      }));
      const path = '/repos/acme/onboarding/actions/workflows/connect-card-on-issue.yml/dispatches';
      assert.deepEqual(sent, [
        { method: 'POST', path, body: { ref: 'main', inputs: REQUEST }, by: app },
      ]);
      assert.deepEqual(fivetran.requests, [], 'the other repository has the key');
    },
  },
  {
    example: 'another-repository/comment.yml',
    event: 'workflow_dispatch',
    async prepare({ github }) {
      await github.openIssue({ body: 'Acme is new.', author: 'nina' });
      return { inputs: REQUEST };
    },
    async check(world) {
      assert.deepEqual(namesIn(world), ['acme']);
      const links = linksIn(await commentOn(world, 1));
      assert.equal(links.length, 1);
      await completeAll(world, links);
      assert.deepEqual(statesIn(world), ['connected']);
    },
  },
  {
    example: 'environment-reviewers.yml',
    event: 'issues',
    async prepare({ github }) {
      const issue = await github.openIssue({ body: form({ Schema: 'acme' }), author: 'nina' });
      return github.addLabel(issue, 'connect-card', 'tess');
    },
    async check(world) {
      const links = linksIn(await commentOn(world, 1));
      assert.equal(links.length, 2);
      await completeAll(world, links);
    },
  },
  {
    example: 'environment-reviewers.yml',
    event: 'issues',
    title: 'the label was removed while the job waited',
    async prepare({ github }) {
      const issue = await github.openIssue({ body: form({ Schema: 'acme' }), author: 'nina' });
      const event = await github.addLabel(issue, 'connect-card', 'tess');
      // While the job waited for a reviewer.
      await github.removeLabel(issue, 'connect-card', 'tess');
      return event;
    },
    check({ fivetran }) {
      assert.deepEqual(fivetran.connections, [], 'what is so now counts');
    },
  },
  {
    example: 'many-accounts/workflow.yml',
    event: 'workflow_dispatch',
    prepare: () => ({}),
    async check(world) {
      const created = world.fivetran.connections.map(({ group_id, schema }) => [group_id, schema]);
      assert.deepEqual(created.toSorted(), [
        ['america_group', 'globex'],
        ['europe_group', 'acme'],
        ['europe_group', 'initech'],
      ]);
      const sent = world.webhook.received.map(({ account, name }) => `${account}: ${name}`);
      assert.deepEqual(sent.toSorted(), ['america: Globex', 'europe: Acme Ltd', 'europe: Initech']);
      await completeAll(
        world,
        world.webhook.received.map(({ link = '' }) => link),
      );
    },
  },
];
