// Apart from undici.ts, so that only a run behind a proxy loads it. See left-out.ts.
export { default as connect } from 'undici/lib/api/api-connect.js';
export { default as EnvHttpProxyAgent } from 'undici/lib/dispatcher/env-http-proxy-agent.js';
export { default as Pool } from 'undici/lib/dispatcher/pool.js';
