import { httpDate } from './http-date.ts';

/**
 * Whether a failed request may be repeated. The difference that matters is whether the server may
 * have acted on it: a create request for which that is unknown must never simply be repeated.
 */
export type RetrySafety =
  /** Repeating it would get the same response. */
  | 'final'
  /** It wasn't acted upon; any request may be repeated. */
  | 'not-done'
  /** It may have been acted upon although the response was lost. */
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
 * less a random part of up to a half, so that many jobs don't come back at the same moment. Never zero.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  return Math.min(8000, 500 * 2 ** (attempt - 1)) * (1 - random() / 2);
}

/** A number of seconds too large to count is taken for this one: rfc-editor.org/rfc/rfc9111#section-1.2.2 */
const MOST_SECONDS = 2 ** 31;

/**
 * Milliseconds that a `Retry-After` header asks to wait: whole seconds or an HTTP date
 * (rfc-editor.org/rfc/rfc9110#section-10.2.3).
 * @param now milliseconds since the epoch, by the clock of the server that sent the header
 * @returns undefined where there is no wait to keep to: no header, another form, zero, or a time in
 *   the past. Whoever repeats the request then backs off as after any other failure.
 */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const wait = /^\d+$/.test(text)
    ? Math.min(Number(text), MOST_SECONDS) * 1000
    : (httpDate(text, now) ?? now) - now;
  return wait > 0 ? wait : undefined;
}
