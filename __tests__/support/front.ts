import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A certificate for localhost that nobody trusts, and its key; made for these tests. */
export const CERTIFICATE = fileURLToPath(new URL('tls/certificate.pem', import.meta.url));
const KEY = fileURLToPath(new URL('tls/key.pem', import.meta.url));

export interface Front {
  port: number;
  /** How many connections were opened to it. */
  connections(): number;
  close(): Promise<void>;
}

/**
 * HTTPS in front of a plain server on loopback, with the certificate that nobody trusts.
 * @param pathOf where the server has what is asked for here
 */
export async function secureFront(target: string, pathOf = (path: string) => path): Promise<Front> {
  const tls = { cert: readFileSync(CERTIFICATE), key: readFileSync(KEY) };
  return listen(
    createSecureServer(tls, (incoming, outgoing) =>
      forward(incoming, outgoing, target + pathOf(incoming.url ?? '')),
    ),
  );
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, url: string): void {
  const { method, headers } = incoming;
  incoming.pipe(
    request(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    }),
  );
}

/**
 * An HTTP proxy that opens tunnels, or refuses to with a status, and passes plain requests on;
 * `asked` has what it was asked for.
 */
export async function proxy(refusal?: number): Promise<Front & { asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    asked.push(new URL(incoming.url ?? '').host);
    forward(incoming, outgoing, incoming.url ?? '');
  }).on('connect', (incoming, socket: Socket) => {
    asked.push(incoming.url ?? '');
    if (refusal) {
      socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
      return;
    }
    const [host, port] = (incoming.url ?? '').split(':');
    const tunnel = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
    socket.on('error', () => tunnel.destroy());
  });
  return { asked, ...(await listen(server)) };
}

/** A server that answers every request with these bytes. */
export async function answering(status: number, type: string, body: string): Promise<Front> {
  return listen(
    createServer((_, outgoing) => {
      outgoing.writeHead(status, { 'content-type': type }).end(body);
    }),
  );
}

async function listen(server: Server): Promise<Front> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    connections: () => sockets.size,
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
