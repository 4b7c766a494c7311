import { retryAfter, safetyOfStatus } from '../http/retry.ts';
import type { Failure, Response } from '../http/transport.ts';
import { type ErrorCode, LinkError, oneLine } from '../model/errors.ts';
import { isRecord } from '../model/json.ts';

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

/** Tells Fivetran's successes from failures: half an answer leaves it open what was done. */
export function classifyResponse(
  { status, headers, body, date }: Response,
  sent?: object,
): Failure | undefined {
  const json = isRecord(body) ? body : undefined;
  const success = status >= 200 && status < 300;
  if (success && json) return undefined;
  return {
    error: answerError(status, json, sent),
    retry: success ? 'in-doubt' : safetyOfStatus(status),
    wait: retryAfter(headers['retry-after']?.toString(), date),
  };
}

const CALL_AGAIN = 'Run the job again in a few minutes; what was made is found then.';

/**
 * The error for an answer that isn't a success, or is one that can't be read.
 * @param sent the request's body: should the answer quote a value of its `config` or `auth`, which
 *   may be a secret, that is taken out
 */
function answerError(status: number, body?: Record<string, unknown>, sent?: object): LinkError {
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
