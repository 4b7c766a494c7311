import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';

/** What answers requests: with a network, which its faults need, or without one. */
export type Handler = (request: Request, wire?: HttpBindings) => Promise<Response>;

/** Puts what answers requests on loopback; `close` drops open sockets. */
export async function listen(handler: Handler, port = 0) {
  const server = createAdaptorServer({
    fetch: (request, env) => handler(request, env as HttpBindings),
    // Its own Request and Response would otherwise replace those of the process under test.
    overrideGlobalObjects: false,
    // Longer than a client keeps a socket, so that none is closed just as a request goes out on it.
    serverOptions: { keepAliveTimeout: 60_000 },
  }) as Server;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close(): Promise<void> {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
