import type { Agent, Dispatcher } from 'undici';
import connect from 'undici/lib/api/api-connect.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';
import Pool from 'undici/lib/dispatcher/pool.js';

export interface Proxies {
  httpProxy: string | undefined;
  httpsProxy: string | undefined;
  noProxy: string | undefined;
}

/** Sends requests through the proxies, but for the hosts that `noProxy` names. */
export function proxyAgent(shape: Agent.Options, proxies: Proxies): Dispatcher {
  // undici's proxy agent opens a tunnel with `connect`, a method that only undici's index adds.
  const pool = (origin: string | URL, options: object) =>
    Object.assign(new Pool(origin, { ...options, useMilo: false }), { connect });
  const { httpProxy, httpsProxy, noProxy } = proxies;
  return new EnvHttpProxyAgent({
    ...shape,
    factory: pool,
    clientFactory: pool,
    ...(httpProxy && { httpProxy }),
    ...(httpsProxy && { httpsProxy }),
    ...(noProxy && { noProxy }),
  });
}
