import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commentOn, completeAll, form, linksOn, namesIn, onboard, statesIn } from '../issues.ts';
import type { World } from '../world.ts';
import type { Scenario } from './scenario.ts';

const MESSAGES = join(import.meta.dirname, '../../../examples/messages');

/** A labelled issue, as its workflow sees it. */
async function labelled({ github }: World, answers: Record<string, string>): Promise<object> {
  const issue = await github.openIssue({ body: form(answers), author: 'nina' });
  return github.addLabel(issue, 'connect-card', 'tess');
}

function add(fivetran: World['fivetran'], setupState: 'connected' | 'incomplete'): void {
  const name = { groupId: 'acme_group', service: 'google_ads', schema: 'acme' };
  fivetran.addConnection({ ...name, setupState });
}

/** What the documents show, run as it stands. docs/try-it.md has a test of its own (try-it.ts). */
export const documents: Scenario[] = [
  {
    example: 'README.md',
    snippet: 'name: Connect Card',
    event: 'workflow_dispatch',
    prepare: () => ({ inputs: { service: 'google_ads', schema: 'acme_google_ads' } }),
    check(world, _, log) {
      assert.deepEqual(namesIn(world), ['acme_google_ads']);
      assert.match(log, /Send \*\*\* to the customer\. It works until 20\d\d-/);
    },
  },
  {
    example: 'README.md',
    snippet: 'name: Connect Card',
    suggested: 'mask-link',
    event: 'workflow_dispatch',
    shows: 'links',
    prepare: () => ({ inputs: { service: 'google_ads', schema: 'acme_google_ads' } }),
    async check(world, _, log) {
      await world.fivetran.completeCard(/Send (http\S+) to the customer/.exec(log)?.[1] ?? '');
      assert.deepEqual(statesIn(world), ['connected']);
    },
  },
  {
    example: 'README.md',
    snippet: 'requests: customers.csv',
    event: 'workflow_dispatch',
    prepare: () => ({}),
    check(world) {
      assert.deepEqual(namesIn(world), ['acme_ads', 'acme_stripe', 'globex.budget']);
    },
  },
  {
    example: 'docs/getting-started.md',
    snippet: 'connection-id: polished_headland',
    event: 'workflow_dispatch',
    prepare({ fivetran }) {
      add(fivetran, 'connected');
      return {};
    },
    replace: ({ fivetran }) => ({ polished_headland: fivetran.connections[0]?.id ?? '' }),
    check({ fivetran }) {
      const cards = fivetran.requests.filter(({ path }) => path.endsWith('/connect-card'));
      assert.equal(cards.length, 1, 'a link although the source is connected');
    },
  },
  {
    example: 'docs/many-customers.md',
    snippet: 'name: Acme Ads',
    event: 'workflow_dispatch',
    prepare: () => ({}),
    check(world) {
      assert.deepEqual(namesIn(world), ['acme', 'acme_ads']);
    },
  },
  {
    example: 'docs/onboarding.md',
    snippet: 'onboarding_',
    event: 'issues',
    prepare: (world) => labelled(world, {}),
    async check(world) {
      assert.deepEqual(namesIn(world), ['onboarding_1_google_ads', 'onboarding_1_stripe']);
      await completeAll(world, await linksOn(world, 1));
    },
  },
  {
    example: 'docs/onboarding.md',
    snippet: 'connection-id: polished_headland',
    event: 'workflow_dispatch',
    async prepare({ fivetran, github }) {
      add(fivetran, 'incomplete');
      for (let number = 1; number <= 12; number++) {
        await github.openIssue({ body: form({}), author: 'nina' });
      }
      return {};
    },
    replace: ({ fivetran }) => ({ polished_headland: fivetran.connections[0]?.id ?? '' }),
    async check(world) {
      assert.equal((await linksOn(world, 12)).length, 1, 'the link is on the issue');
    },
  },
  {
    example: 'docs/follow-up.md',
    snippet: 'start-connected: true',
    event: 'schedule',
    async prepare(world) {
      await onboard(world, 'acme');
      await completeAll(world, await linksOn(world, 1));
      return { schedule: '17 * * * *' };
    },
    async check({ github }) {
      const { state, labels } = await github.issue(1);
      assert.equal(state, 'closed');
      assert.ok(labels.some(({ name }) => name === 'connected'));
    },
  },
  {
    example: 'docs/performance.md',
    snippet: 'requests: customers-',
    event: 'workflow_dispatch',
    prepare: () => ({}),
    async addFiles(repository) {
      for (const account of ['americas', 'europe']) {
        const list = `service,schema\ngoogle_ads,${account}\n`;
        await writeFile(join(repository, `customers-${account}.csv`), list);
      }
    },
    check(world) {
      assert.deepEqual(namesIn(world), ['americas', 'europe']);
    },
  },
  {
    example: 'examples/messages/README.md',
    snippet: 'steps.message.outputs.text',
    event: 'issues',
    prepare: (world) => labelled(world, { Schema: 'acme' }),
    async addFiles(repository) {
      const text = await readFile(join(MESSAGES, 'de.txt'), 'utf8');
      await mkdir(join(repository, '.github/messages'));
      await writeFile(join(repository, '.github/messages/de.txt'), text);
    },
    async check(world) {
      assert.match(await commentOn(world, 1), /Google Ads/);
      assert.match(await commentOn(world, 1), /Guten Tag/);
    },
  },
];
