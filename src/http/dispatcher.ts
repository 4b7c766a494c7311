import type { Dispatcher } from 'undici';
import type { Environment } from '../model/environment.ts';
import { Agent } from '../packages/undici.ts';

export interface DispatcherOptions {
  /** The environment, for the proxies' addresses. */
  env: Environment;
  /** Milliseconds for opening a connection. */
  timeout: number;
  /** How many connections are kept open at most. */
  sockets: number;
}

/** Opens the way to an API: directly, or through a proxy where the environment names one. */
export async function openDispatcher({
  env,
  timeout,
  sockets,
}: DispatcherOptions): Promise<Dispatcher> {
  const options = {
    // With one, the second request waits a moment for the first one's connection instead of
    // opening its own.
    connections: sockets,
    // Nothing here needs HTTP/2, and it isn't shipped (packages/left-out.ts).
    allowH2: false,
    // undici's other parser isn't shipped (packages/left-out.ts); the environment must not switch it on.
    useMilo: false,
    // The transport's signal limits the whole request; these would only limit its parts.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Said, because NODE_TLS_REJECT_UNAUTHORIZED=0 decides otherwise where nothing is.
    connect: { timeout, rejectUnauthorized: true },
  };
  const proxies = proxiesIn(env);
  if (!proxies.httpProxy && !proxies.httpsProxy) return new Agent(options);
  const { proxyAgent } = await import('./proxy.ts');
  return proxyAgent(options, proxies);
}

/** The proxies that the environment names, as curl and GitHub's runner read it: lower case first. */
export function proxiesIn(env: Environment) {
  return {
    httpProxy: withScheme(env.http_proxy ?? env.HTTP_PROXY),
    httpsProxy: withScheme(env.https_proxy ?? env.HTTPS_PROXY),
    noProxy: env.no_proxy ?? env.NO_PROXY,
  };
}

/** As for curl, an address without a scheme is one of plain HTTP: `proxy.example.com:3128`. */
function withScheme(address: string | undefined): string | undefined {
  return !address || address.includes('://') ? address : `http://${address}`;
}
