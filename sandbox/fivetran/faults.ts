import type { RequestKind } from './types.ts';

const KINDS: ReadonlyArray<[RequestKind, string, RegExp]> = [
  ['create', 'POST', /^\/v1\/(connections|connectors)$/],
  ['list', 'GET', /^\/v1\/(groups\/[^/]+\/)?connections$/],
  ['get', 'GET', /^\/v1\/connections\/[^/]+$/],
  ['update', 'PATCH', /^\/v1\/connections\/[^/]+$/],
  ['card', 'POST', /^\/v1\/connections\/[^/]+\/connect-card$/],
  ['token', 'POST', /^\/v1\/connectors\/[^/]+\/connect-card-token$/],
  ['metadata', 'GET', /^\/v1\/metadata\/connector-types\/[^/]+$/],
  ['metadata-list', 'GET', /^\/v1\/metadata\/connector-types$/],
  ['public-list', 'GET', /^\/public\/connector-types$/],
];

interface Request {
  method: string;
  path: string;
  query: Record<string, string>;
}

/** What a request asks for, as faults name it. */
export function kindOf({ method, path, query }: Request): RequestKind | undefined {
  const kind = KINDS.find(([, verb, pattern]) => verb === method && pattern.test(path))?.[0];
  return kind === 'list' && 'schema' in query ? 'look-up' : kind;
}
