import { type ErrorCode, LinkError, oneLine } from '../model/errors.ts';
import { isTlsError } from './retry.ts';

const CALL_AGAIN = 'Run the job again in a few minutes; what was made is found then.';

/** The error for a request that got no answer, with Node's or undici's code for the cause. */
export function networkError(
  thrown: unknown,
  { timeout, origin, baseUrlFrom }: { timeout: number; origin: string; baseUrlFrom: string },
): { code: string; error: LinkError } {
  const cause = thrown as Record<'code' | 'name' | 'message', unknown>;
  const code = networkCode(cause);
  const make = (kind: ErrorCode, message: string, fix: string) => ({
    code,
    error: new LinkError(kind, message, fix, { cause: thrown }),
  });
  if (cause.name === 'TimeoutError' || /_TIMEOUT$/.test(code)) {
    return make(
      'timeout',
      `${origin} didn't answer within ${timeout / 1000} s.`,
      `${CALL_AGAIN} If it is always slow, raise timeout.`,
    );
  }
  if (isTlsError(code)) {
    return make(
      'tls',
      `No secure connection to ${origin}: its certificate can't be verified, or it doesn't speak TLS (${code}).`,
      'If a proxy of your own signs it, give the runner its certificate in NODE_EXTRA_CA_CERTS. Never switch verification off.',
    );
  }
  if (code === 'PROXY_REFUSED') {
    return make(
      'proxy',
      `The proxy refused to connect to ${origin}: ${oneLine(String(cause.message), 200)}.`,
      'Check HTTPS_PROXY, and the credentials in it; NO_PROXY names hosts to reach directly.',
    );
  }
  return make(
    'network',
    `No connection to ${origin} (${code}).`,
    `Check ${baseUrlFrom}, and that the runner may reach it. ${CALL_AGAIN}`,
  );
}

function networkCode({
  code,
  name,
  message,
}: Record<'code' | 'name' | 'message', unknown>): string {
  // undici reports a proxy's refusal to open a tunnel as an aborted request.
  if (/^Proxy response/.test(String(message))) return 'PROXY_REFUSED';
  return typeof code === 'string' ? code : String(name ?? 'unknown');
}
