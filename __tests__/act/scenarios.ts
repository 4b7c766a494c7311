import assert from 'node:assert/strict';
import type { World } from './world.ts';

export interface Scenario {
  /** A workflow in `examples/`, and the event that starts it. */
  example: string;
  event: string;
  /** Brings the world to the moment of the event. Gives its payload, as GitHub would send it. */
  prepare(world: World): object | Promise<object>;
  /** Throws where the run, which succeeded, left the world other than it should be. */
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
];
