/**
 * What a failed request means for the next step. The difference that matters is whether Fivetran
 * may have acted on it: a create request of which that is not known must never be simply repeated.
 */
export type RetrySafety =
  /** Repeating it would give the same answer. */
  | 'final'
  /** It wasn't acted upon; any request may be repeated. */
  | 'not-done'
  /** It may have been acted upon although the answer was lost. */
  | 'in-doubt';

/** Node's and undici's codes for failures before a request has left: no address, no connection. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What an HTTP status says about the request. Every 5xx may come from a gateway that gave up waiting. */
export function safetyOfStatus(status: number): RetrySafety {
  if (status === 429) return 'not-done';
  if (status === 408 || status >= 500) return 'in-doubt';
  return 'final';
}

/** What a network error's code says about the request. */
export function safetyOfNetworkError(code: string): RetrySafety {
  if (isTlsError(code) || code === 'PROXY_REFUSED') return 'final';
  return NEVER_SENT.has(code) ? 'not-done' : 'in-doubt';
}

/** Whether an error code is OpenSSL's or Node's for a failed handshake, a bad certificate above all. */
export function isTlsError(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|^ERR_(TLS|SSL)_|^EPROTO$/.test(code);
}

/**
 * Milliseconds to wait before attempt `attempt` + 1: doubling from half a second to at most eight,
 * of which a random half is taken off so that many jobs don't come back at the same moment.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  return Math.min(8000, 500 * 2 ** (attempt - 1)) * (1 - random() / 2);
}

/**
 * Milliseconds that a `Retry-After` header asks for: whole seconds or an HTTP date (RFC 9110,
 * 10.2.3). Undefined when there is none or it can't be read.
 */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
