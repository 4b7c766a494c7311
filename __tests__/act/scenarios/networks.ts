import assert from 'node:assert/strict';
import { CERTIFICATE } from '../../support/front.ts';
import { commentOn, completeAll, form, linksIn } from '../issues.ts';
import type { World } from '../world.ts';
import type { Scenario } from './scenario.ts';

/** Servers and proxies of a company's own. */
export const networks: Scenario[] = [
  {
    example: 'ghes.yml',
    event: 'issues',
    settings: (world) => ({ env: enterprise(world), vars: { CA_FILE: CERTIFICATE } }),
    async prepare({ github }) {
      const issue = await github.openIssue({ body: form({ Schema: 'acme' }), author: 'nina' });
      return github.addLabel(issue, 'connect-card', 'tess');
    },
    async check(world) {
      assert.ok(world.networks.enterprise.connections() > 0, 'it went to the company’s own server');
      const links = linksIn(await commentOn(world, 1));
      assert.equal(links.length, 2);
      await completeAll(world, links);
    },
  },
  {
    example: 'self-hosted-proxy.yml',
    event: 'workflow_dispatch',
    settings: ({ networks: { fivetran, proxy } }) => ({
      fivetranUrl: `https://localhost:${fivetran.port}`,
      vars: {
        HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
        NO_PROXY: '127.0.0.1',
        CA_FILE: CERTIFICATE,
      },
    }),
    prepare: () => ({ inputs: { service: 'google_ads', schema: 'acme' } }),
    async check(world) {
      const { fivetran, proxy } = world.networks;
      assert.deepEqual(new Set(proxy.asked), new Set([`localhost:${fivetran.port}`]));
      await completeAll(world, [world.webhook.received[0]?.link ?? '']);
    },
  },
  {
    example: 'self-hosted-proxy.yml',
    event: 'workflow_dispatch',
    fails: true,
    title: 'without the certificate',
    settings: ({ networks: { fivetran, proxy } }) => ({
      fivetranUrl: `https://localhost:${fivetran.port}`,
      vars: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '127.0.0.1', CA_FILE: '' },
    }),
    prepare: () => ({ inputs: { service: 'google_ads', schema: 'acme' } }),
    check({ fivetran, networks: { proxy } }) {
      assert.ok(proxy.asked.length > 0, 'it asked the proxy');
      assert.deepEqual(fivetran.requests, []);
    },
  },
];

/** What a runner of GitHub Enterprise Server sets. */
function enterprise({ networks }: World): Record<string, string> {
  const server = `https://localhost:${networks.enterprise.port}`;
  return {
    GITHUB_SERVER_URL: server,
    GITHUB_API_URL: `${server}/api/v3`,
    GITHUB_GRAPHQL_URL: `${server}/api/graphql`,
  };
}
