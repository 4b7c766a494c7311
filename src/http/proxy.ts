import type { Agent, Dispatcher } from 'undici';
import { connect, EnvHttpProxyAgent, Pool } from '../packages/undici-proxy.ts';

/** Addresses of proxies, and the hosts to reach directly, as the environment's variables name them. */
export interface Proxies {
  httpProxy: string | undefined;
  httpsProxy: string | undefined;
  noProxy: string | undefined;
}

/** A dispatcher that sends requests through the proxies, except to the hosts that `noProxy` names. */
export function proxyAgent(options: Agent.Options, proxies: Proxies): Dispatcher {
  // undici's proxy agent opens a tunnel with `connect`, a method that only undici's index adds.
  const pool = (origin: string | URL, poolOptions: object) =>
    Object.assign(new Pool(origin, { ...poolOptions, useMilo: false }), { connect });
  const { httpProxy, httpsProxy, noProxy } = proxies;
  // As in dispatcher.ts, for the server behind the tunnel and for a proxy that is spoken to over TLS.
  const verified = { rejectUnauthorized: true };
  return new EnvHttpProxyAgent({
    ...options,
    requestTls: verified,
    proxyTls: verified,
    factory: pool,
    clientFactory: pool,
    ...(httpProxy && { httpProxy }),
    ...(httpsProxy && { httpsProxy }),
    ...(noProxy && { noProxy }),
  });
}
