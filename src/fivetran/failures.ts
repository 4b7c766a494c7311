import { type ErrorCode, LinkError } from '../errors.ts';
import { isTlsError } from './retry.ts';

/** A refusal in Fivetran's own words, kept for those who can tell more from the request. */
export class Refusal extends LinkError {
  readonly status: number;
  /** What Fivetran says, as a sentence: its code (`NotFound_Group`) and message. */
  readonly said: string;

  constructor(status: number, said: string, code: ErrorCode, message: string, fix: string) {
    super(code, `${message} ${said}`, fix);
    this.status = status;
    this.said = said;
  }
}

const CALL_AGAIN = 'Run the job again in a few minutes; what was made is found then.';

/**
 * The error for an answer that isn't a success, or is one that can't be read.
 * @param sent the request's body: should the answer quote a value of its `config` or `auth`, which
 *   may be a secret, that is taken out
 */
export function answerError(
  status: number,
  body?: Record<string, unknown>,
  sent?: object,
): LinkError {
  const make = (code: ErrorCode, message: string, fix: string) =>
    new Refusal(status, quote(body, sent), code, message, fix);

  if (status >= 200 && status < 300) {
    return new LinkError(
      'bad-answer',
      `Fivetran answered ${status}, but not with the JSON that its API promises.`,
      `Check fivetran-api-url, and whether a proxy changes answers. ${CALL_AGAIN}`,
    );
  }
  if (status >= 300 && status < 400) {
    return make(
      'bad-answer',
      `The API answered ${status}, a redirect, which isn't followed with credentials.`,
      'Set fivetran-api-url to the address that answers itself.',
    );
  }
  if (status === 401) {
    return make(
      'unauthorized',
      "Fivetran doesn't accept the API key and secret (401).",
      'Make a key in Fivetran under Settings > API Config, and put both halves into the secrets that fivetran-api-key and fivetran-api-secret are given.',
    );
  }
  if (status === 403) {
    return make(
      'forbidden',
      "The API key isn't allowed to do this (403).",
      "Give the key's owner a role that may create connections in this group.",
    );
  }
  if (status === 429) {
    return make('rate-limited', "Fivetran's rate limit is reached (429).", CALL_AGAIN);
  }
  if (status === 408) return make('timeout', 'Fivetran gave up waiting (408).', CALL_AGAIN);
  if (status >= 500) {
    return make('server-error', `Fivetran's side failed (${status}).`, CALL_AGAIN);
  }
  return make(
    'refused',
    `Fivetran refused the request (${status}).`,
    'Mend what the message names, or ask Fivetran support with it.',
  );
}

/** The error for a request that got no answer, with Node's or undici's code for the cause. */
export function networkError(
  thrown: unknown,
  { timeout, origin }: { timeout: number; origin: string },
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
    `Check fivetran-api-url, and that the runner may reach it. ${CALL_AGAIN}`,
  );
}

function quote(body: Record<string, unknown> | undefined, sent: object | undefined): string {
  if (!body) return "The answer isn't Fivetran's JSON: a proxy or gateway may stand in between.";
  const said = [body.code, body.message]
    .filter((part) => typeof part === 'string')
    .map((part) => oneLine(without(secretsOf(sent), part), 300))
    .filter(Boolean)
    .join(': ');
  return said ? `Fivetran says: ${said.replace(/\.+$/, '')}.` : "Fivetran doesn't say why.";
}

/** The values in `config` and `auth`, but for those that name the connection. */
function secretsOf(sent: object = {}): string[] {
  const { config, auth } = sent as { config?: object; auth?: object };
  const { schema, table, schema_prefix, table_group_name, ...rest } = { ...config } as Record<
    string,
    unknown
  >;
  const leaves = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
  return (
    leaves([rest, auth])
      .filter((value) => typeof value === 'string' || typeof value === 'number')
      .map(String)
      // Shorter ones are parts of ordinary words, and no secrets.
      .filter((text) => text.length > 3)
  );
}

function without(secrets: string[], text: string): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
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

/** Somebody else's words, fit for a log line: no line breaks or control characters, not endless. */
export function oneLine(text: string, most: number): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}
