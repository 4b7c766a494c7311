import assert from 'node:assert/strict';
import type { Scenario } from './scenario.ts';

/** Links that somebody starts by hand, from inputs or a list. */
export const links: Scenario[] = [
  {
    example: 'one-link.yml',
    event: 'workflow_dispatch',
    prepare: () => ({
      inputs: { service: 'google_sheets', schema: 'acme', table: 'leads' },
    }),
    async check({ fivetran, github, webhook }) {
      assert.equal(fivetran.connections.length, 1, 'one connection was created');
      assert.equal(webhook.received.length, 1, 'one message to the webhook');
      const { schema, link = '', until = '' } = webhook.received[0] ?? {};
      assert.equal(schema, 'acme');
      assert.ok(Date.parse(until) > Date.now(), 'it says how long the link works');
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
];
