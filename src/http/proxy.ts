import type { Agent, Dispatcher } from 'undici';
import { LinkError } from '../model/errors.ts';
import { connect, EnvHttpProxyAgent, Pool } from '../packages/undici-proxy.ts';

/** Addresses of proxies, and the hosts to reach directly, as the environment's variables name them. */
export interface Proxies {
  httpProxy: string | undefined;
  httpsProxy: string | undefined;
  noProxy: string | undefined;
}

/**
 * A dispatcher that sends requests through the proxies, except to the hosts that `noProxy` names.
 * @throws LinkError `proxy` where an address is none of a proxy
 */
export function proxyAgent(options: Agent.Options, proxies: Proxies): Dispatcher {
  // undici's proxy agent opens a tunnel with `connect`, a method that only undici's index adds.
  const pool = (origin: string | URL, poolOptions: object) =>
    Object.assign(new Pool(origin, { ...poolOptions, useMilo: false }), { connect });
  const { httpProxy, httpsProxy, noProxy } = proxies;
  // As in dispatcher.ts, for the server behind the tunnel and for a proxy that is spoken to over TLS.
  const tls = { rejectUnauthorized: true, allowH2: false };
  try {
    return new EnvHttpProxyAgent({
      ...options,
      requestTls: tls,
      proxyTls: tls,
      factory: pool,
      clientFactory: pool,
      ...(httpProxy && { httpProxy }),
      ...(httpsProxy && { httpsProxy }),
      ...(noProxy && { noProxy }),
    });
  } catch {
    // The error may quote the address, with credentials in it.
    throw new LinkError(
      'proxy',
      "HTTPS_PROXY or HTTP_PROXY isn't the address of a proxy.",
      'Write it as http://proxy.example.com:3128; in a user name or password, write signs such as @ and % percent-encoded (%40, %25).',
    );
  }
}
