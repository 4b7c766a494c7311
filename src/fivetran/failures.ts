import { retryAfter, safetyOfStatus } from '../http/retry.ts';
import type { Failure, Response } from '../http/transport.ts';
import { type ErrorCode, LinkError, oneLine } from '../model/errors.ts';
import { isRecord } from '../model/json.ts';

/** A refusal by Fivetran, with its status and words for those who know more from the request. */
export class Refusal extends LinkError {
  readonly status: number;
  /** Fivetran's own code (`NotFound_Group`) and message, as a sentence. */
  readonly said: string;

  constructor(status: number, said: string, code: ErrorCode, message: string, fix: string) {
    super(code, `${message} ${said}`, fix);
    this.status = status;
    this.said = said;
  }
}

/** Distinguishes Fivetran's successes from failures: half a response leaves it open what was done. */
export function classifyResponse({ status, headers, body, date }: Response): Failure | undefined {
  const json = isRecord(body) ? body : undefined;
  const success = status >= 200 && status < 300;
  if (success && json) return undefined;
  return {
    error: responseError(status, json),
    retry: success ? 'in-doubt' : safetyOfStatus(status),
    wait: retryAfter(headers['retry-after']?.toString(), date),
  };
}

const RUN_AGAIN =
  'Run the job again in a few minutes: it continues from what was created until then.';

/** The error for a response that isn't a success, or is one that can't be read. */
function responseError(status: number, body?: Record<string, unknown>): LinkError {
  const refusal = (code: ErrorCode, message: string, fix: string) =>
    new Refusal(status, quote(body), code, message, fix);

  if (status >= 200 && status < 300) {
    return new LinkError(
      'bad-answer',
      `The response is a success (${status}), but not the JSON that Fivetran's API promises.`,
      `Check fivetran-api-url, and whether a proxy changes responses. ${RUN_AGAIN}`,
    );
  }
  if (status >= 300 && status < 400) {
    return refusal(
      'bad-answer',
      `The API responded with a redirect (${status}), which isn't followed with credentials.`,
      'Set fivetran-api-url to the address that it redirects to.',
    );
  }
  if (status === 401) {
    return refusal(
      'unauthorized',
      'API key rejected (401).',
      "Create a key in Fivetran (your user's name > API Key, or Account Settings > General for a system key) and save both halves as the secrets that fivetran-api-key and fivetran-api-secret use. A new key ends the same user's old one.",
    );
  }
  if (status === 403) {
    return refusal(
      'forbidden',
      "The API key isn't allowed to do this (403).",
      "Give the key's owner a role that may create connections in this group.",
    );
  }
  if (status === 429) {
    return refusal('rate-limited', "Fivetran's rate limit is reached (429).", RUN_AGAIN);
  }
  if (status === 408) return refusal('timeout', 'Fivetran timed out (408).', RUN_AGAIN);
  if (status >= 500) return refusal('server-error', `Fivetran failed (${status}).`, RUN_AGAIN);
  return refusal(
    'refused',
    `Fivetran refused the request (${status}).`,
    'Fix what the message names, or ask Fivetran support about it.',
  );
}

function quote(body: Record<string, unknown> | undefined): string {
  if (!body) return "The response isn't Fivetran's JSON: it may come from a proxy or gateway.";
  const said = [body.code, body.message]
    .filter((part) => typeof part === 'string')
    .map((part) => oneLine(part, 300))
    .filter(Boolean)
    .join(': ');
  return said ? `Fivetran says: ${said.replace(/\.+$/, '')}.` : "Fivetran doesn't say why.";
}
