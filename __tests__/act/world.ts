import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { type GitHubSandbox, startGitHub } from '../../sandbox/github/server.ts';

/** All that a workflow can reach while an example runs. */
export interface World {
  fivetran: Sandbox;
  github: GitHubSandbox;
  /** Where a workflow hands its links to. */
  webhook: Webhook;
  close(): Promise<void>;
}

interface Webhook {
  url: string;
  /** The fields of every form that was sent there. */
  received: Array<Record<string, string>>;
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const [fivetran, github, webhook] = await Promise.all([
    startSandbox(),
    startGitHub(),
    startWebhook(),
  ]);
  return {
    fivetran,
    github,
    webhook,
    close: async () => {
      await Promise.all([fivetran.close(), github.close(), webhook.close()]);
    },
  };
}

async function startWebhook(): Promise<Webhook> {
  const received: Webhook['received'] = [];
  const server = createServer(async (request, response) => {
    received.push(Object.fromEntries(new URLSearchParams(await text(request))));
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
