import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { type GitHubSandbox, startGitHub } from '../../sandbox/github/server.ts';
import { type Front, proxy, secureFront } from '../support/front.ts';

/** The account of the company's own GitHub App. */
const APP = 'acme-onboarding[bot]';

const GROUPS = ['acme_group', 'europe_group', 'america_group'].map((id) => ({ id, name: id }));

/** All that a workflow can reach while an example runs. */
export interface World {
  fivetran: Sandbox;
  github: GitHubSandbox;
  /** Where a workflow hands its links to. */
  webhook: Webhook;
  mail: MailServer;
  app: string;
  /** The sandboxes behind HTTPS with a certificate that nobody trusts, and the way to them. */
  networks: Networks;
  close(): Promise<void>;
}

interface Networks {
  fivetran: Front;
  /** Its API is where that of GitHub Enterprise Server is. */
  enterprise: Front;
  proxy: Awaited<ReturnType<typeof proxy>>;
}

interface Webhook {
  url: string;
  /** The fields of every form, or JSON object, that was sent there. */
  received: Array<Record<string, string>>;
  /** What was sent to one of its addresses, as it was sent. */
  sentTo(path: string): string[];
  close(): Promise<void>;
}

interface MailServer {
  url: string;
  /** Every mail that was sent, its headers and all. */
  received: string[];
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const [fivetran, github, webhook, mail] = await Promise.all([
    startSandbox({ groups: GROUPS }),
    startGitHub({ people: { [APP]: 'none' } }),
    startWebhook(),
    startMailServer(),
  ]);
  const networks: Networks = {
    fivetran: await secureFront(fivetran.url),
    enterprise: await secureFront(github.url, (path) =>
      path.replace(/^\/api\/graphql\b/, '/graphql').replace(/^\/api\/v3\b/, ''),
    ),
    proxy: await proxy(),
  };
  const all = [fivetran, github, webhook, mail, ...Object.values(networks)];
  return {
    ...{ fivetran, github, webhook, mail, app: APP, networks },
    close: async () => {
      await Promise.all(all.map((one) => one.close()));
    },
  };
}

async function startWebhook(): Promise<Webhook> {
  const received: Webhook['received'] = [];
  const sent: Array<{ path: string; body: string }> = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    sent.push({ path: request.url ?? '', body });
    const json = request.headers['content-type'] === 'application/json';
    received.push(json ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body)));
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    sentTo: (path) => sent.filter((one) => one.path === `/hook/${path}`).map(({ body }) => body),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** As much of SMTP as it takes to get a mail (RFC 5321). */
async function startMailServer(): Promise<MailServer> {
  const received: string[] = [];
  const server = createTcpServer((socket) => {
    let mail: string[] | undefined;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 sandbox');
    createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      if (mail && line !== '.') return mail.push(line);
      if (mail) {
        received.push(mail.join('\n'));
        mail = undefined;
        return say('250 accepted');
      }
      if (/^EHLO/i.test(line)) return say('250-sandbox\r\n250 AUTH PLAIN');
      if (/^AUTH/i.test(line)) return say(/^AUTH PLAIN \S+/i.test(line) ? '235 welcome' : '334 ');
      if (/^DATA/i.test(line)) {
        mail = [];
        return say('354 go on');
      }
      if (/^QUIT/i.test(line)) {
        say('221 bye');
        return socket.end();
      }
      return say(/^(MAIL|RCPT)/i.test(line) ? '250 fine' : '235 welcome');
    });
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
