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
import type { World } from '../world.ts';
import type { Scenario } from './scenario.ts';

/** Onboarding by issue, and follow-up. */
export const onboarding: Scenario[] = [
  {
    example: 'onboard.yml',
    event: 'issues',
    async prepare({ github }) {
      const issue = await github.openIssue({ body: form({ Schema: 'acme' }), author: 'nina' });
      // As this repository happens to spell it: GitHub compares labels without case.
      return github.addLabel(issue, 'Connect-Card', 'tess');
    },
    async check(world) {
      assert.deepEqual(namesIn(world), ['acme_google_ads', 'acme_stripe']);
      const links = await linksOn(world, 1);
      assert.equal(links.length, 2, 'a link for each source');
      await completeAll(world, links);
      assert.deepEqual(statesIn(world), ['connected', 'connected']);
    },
  },
  {
    example: 'onboard.yml',
    event: 'issues',
    suggested: 'schema',
    async prepare({ github }) {
      const issue = await github.openIssue({ body: form({}), author: 'nina' });
      return github.addLabel(issue, 'connect-card', 'tess');
    },
    async check(world) {
      assert.deepEqual(namesIn(world), ['onboarding_1_google_ads', 'onboarding_1_stripe']);
      await completeAll(world, await linksOn(world, 1));
    },
  },
  {
    example: 'onboard.yml',
    event: 'issues',
    fails: true,
    async prepare({ github }) {
      const issue = await github.openIssue({ body: form({ Schema: 'acme' }), author: 'nina' });
      // A form that has the label among its own adds it like this.
      return github.addLabel(issue, 'connect-card', 'nina');
    },
    async check(world) {
      assert.deepEqual(namesIn(world), [], 'nothing was created');
      assert.match(await commentOn(world, 1), /Waiting for approval/);
    },
  },
  {
    example: 'connect-card-command.yml',
    event: 'issue_comment',
    async prepare(world) {
      await onboard(world, 'acme');
      return world.github.comment(1, '\r\n/connect-card\r\nThank you!', 'nina');
    },
    before: (world) => linksOn(world, 1),
    async check(world, before) {
      assert.equal(world.fivetran.connections.length, 2, 'no further connection');
      const links = await linksOn(world, 1);
      assert.equal(links.length, 2);
      assert.deepEqual(
        links.filter((link) => before.includes(link)),
        [],
        'both links are fresh',
      );
      await completeAll(world, links);
      assert.deepEqual(statesIn(world), ['connected', 'connected']);
    },
  },
  {
    example: 'connect-card-command.yml',
    event: 'issue_comment',
    async prepare(world) {
      await onboard(world, 'acme');
      return world.github.comment(1, '/connect-card Stripe', 'nina');
    },
    before: (world) => linksOn(world, 1),
    async check(world, before) {
      const [ads, stripe] = await linksOn(world, 1);
      assert.equal(ads, before[0], 'the link of the other source stays');
      assert.notEqual(stripe, before[1], 'the link of the named source is fresh');
      await completeAll(world, [ads ?? '', stripe ?? '']);
    },
  },
  {
    example: 'follow-up.yml',
    event: 'schedule',
    async prepare(world) {
      // One customer has connected both sources, one the first of two, and one none.
      for (const schema of ['acme', 'globex', 'initech']) await onboard(world, schema);
      await completeAll(world, await linksOn(world, 1));
      await completeAll(world, (await linksOn(world, 2)).slice(0, 1));
      return { schedule: '17 * * * *' };
    },
    before: (world) => linksOn(world, 3),
    async check(world, before) {
      const { github, webhook } = world;
      assert.deepEqual(webhook.received, [
        { text: 'Issue 1: 2 of 2 connected (connected)' },
        { text: 'Issue 2: 1 of 2 connected (waiting)' },
      ]);
      assert.match(await commentOn(world, 1), /^### .*\bconnected\b/im);
      assert.deepEqual(await linksOn(world, 1), [], 'no link that has been used');
      assert.match(await commentOn(world, 2), /1 of 2 connected/);
      assert.equal((await linksOn(world, 2)).length, 1, 'the link that still waits');
      assert.deepEqual(await linksOn(world, 3), before, 'nothing has changed');
      const labels = async (issue: number) =>
        (await github.issue(issue)).labels.map(({ name }) => name);
      assert.deepEqual(await labels(1), ['connect-card', 'connected']);
      assert.deepEqual(await labels(2), ['connect-card']);
    },
  },
  {
    example: 'follow-up.yml',
    event: 'schedule',
    suggested: 'previous-fivetran-api-secret',
    async prepare(world) {
      await onboard(world, 'acme');
      world.fivetran.options.apiSecret = 'rotated-secret';
      return { schedule: '17 * * * *' };
    },
    before: async (world) => [await commentOn(world, 1)],
    async check(world, [before = '']) {
      const [text, ...marker] = (await commentOn(world, 1)).split('<!-- connect-card-link');
      const [oldText, ...oldMarker] = before.split('<!-- connect-card-link');
      assert.equal(text, oldText, 'the words stay');
      assert.notDeepEqual(marker, oldMarker, 'the record is signed anew');
    },
  },
  {
    example: 'onboard-public.yml',
    event: 'issues',
    async prepare({ github }) {
      github.visibility = 'public';
      const issue = await github.openIssue({ body: form({ Schema: 'acme' }), author: 'nina' });
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

/** In a public repository only the webhook has the links. */
async function passedOn(world: World, comments: number): Promise<void> {
  const { github, webhook } = world;
  assert.doesNotMatch(await commentOn(world, 1), /auth=/, 'the comment has no link');
  assert.equal((await github.comments(1)).length, comments, 'no further comment');
  assert.equal(webhook.received.length, 1, 'the webhook received one message');
  const { issue, message = '' } = webhook.received[0] ?? {};
  assert.match(issue ?? '', /\/issues\/1$/);
  assert.match(message, /^Valid until: .+ UTC$/m);
  const links = linksIn(message);
  assert.equal(links.length, 2, 'the message has a link for each source');
  await completeAll(world, links);
  assert.deepEqual(statesIn(world), ['connected', 'connected']);
}
