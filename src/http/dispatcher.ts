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
    // Nothing here needs HTTP/2, and offering it costs start-up time.
    allowH2: false,
    // undici's other parser isn't shipped (packages/left-out.ts); the environment must not switch it on.
    useMilo: false,
    // The transport's signal limits the whole request; these would only limit its parts.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Said, because NODE_TLS_REJECT_UNAUTHORIZED=0 decides otherwise where nothing is.
    connect: { timeout, rejectUnauthorized: true },
  };
  const { httpProxy, httpsProxy, noProxy } = proxiesIn(env);
  if (!httpProxy && !httpsProxy) return new Agent(options);
  const { proxyAgent } = await import('./proxy.ts');
  try {
    return proxyAgent(options, { httpProxy, httpsProxy, noProxy });
  } catch {
    // What undici throws names no variable, and could quote the address with its password.
    throw Object.assign(new Error(), { code: NO_PROXY_ADDRESS });
  }
}

/** The code of the error for a proxy's address that can't be one. */
export const NO_PROXY_ADDRESS = 'PROXY_ADDRESS';

/**
 * The proxies that the environment names, as curl and GitHub's runner read it: lower case first, and
 * `proxy:3128` is `http://proxy:3128`.
 */
export function proxiesIn(env: Environment) {
  const address = (given: string | undefined) =>
    given && !given.includes('://') ? `http://${given}` : given;
  return {
    httpProxy: address(env.http_proxy ?? env.HTTP_PROXY),
    httpsProxy: address(env.https_proxy ?? env.HTTPS_PROXY),
    noProxy: env.no_proxy ?? env.NO_PROXY,
  };
}
