import { type ErrorCode, LinkError, oneLine } from '../model/errors.ts';
import { isTlsError } from './retry.ts';

const RUN_AGAIN =
  'Run the job again in a few minutes: it continues from what was created until then.';

export interface Destination {
  origin: string;
  /** What a person changes to change the base URL: an input, a variable. */
  baseUrlSource: string;
  /** Milliseconds that the request was given. */
  timeout: number;
}

/** The error for a request that got no response, with Node's or undici's code for the cause. */
export function networkError(
  thrown: unknown,
  { timeout, origin, baseUrlSource }: Destination,
): { code: string; error: LinkError } {
  const cause = thrown as Record<'code' | 'name' | 'message', unknown>;
  const code = networkCode(cause);
  const failure = (kind: ErrorCode, message: string, fix: string) => ({
    code,
    error: new LinkError(kind, message, fix, { cause: thrown }),
  });
  if (cause.name === 'TimeoutError' || /_TIMEOUT$/.test(code)) {
    return failure(
      'timeout',
      `No response from ${origin} within ${timeout / 1000} s.`,
      `${RUN_AGAIN} If it is always slow, raise timeout.`,
    );
  }
  if (isTlsError(code)) {
    return failure(
      'tls',
      `No secure connection to ${origin}: its certificate can't be verified, or it doesn't speak TLS (${code}).`,
      'If a proxy of your own signs it, give the runner its certificate in NODE_EXTRA_CA_CERTS. Never turn verification off.',
    );
  }
  if (code === 'PROXY_REFUSED') {
    return failure(
      'proxy',
      `The proxy refused to connect to ${origin}: ${oneLine(String(cause.message), 200)}.`,
      'Check HTTPS_PROXY and the credentials in it; NO_PROXY names hosts to reach directly.',
    );
  }
  return failure(
    'network',
    `No connection to ${origin} (${code}).`,
    `Check ${baseUrlSource}, HTTPS_PROXY where it is set, and that the runner may reach them. ${RUN_AGAIN}`,
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
