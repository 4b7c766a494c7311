import type { Environment } from '../model/environment.ts';
import type { InputReader } from './input-reader.ts';

/** What opens the account; empty texts for what isn't given. */
export interface Credentials {
  apiKey: string;
  apiSecret: string;
  /** The secret before the last rotation: records signed with it still count. It is never sent. */
  previousApiSecret: string | undefined;
}

/** The credentials as they are, unchecked: the gate has to know them before anything else is read. */
export function readCredentials(read: InputReader): Credentials {
  const apiSecret = read.text('fivetran-api-secret');
  const previous = read.text('previous-fivetran-api-secret');
  return {
    apiKey: read.text('fivetran-api-key'),
    apiSecret,
    previousApiSecret: previous && previous !== apiSecret ? previous : undefined,
  };
}

/**
 * The account's key and secrets, checked as far as they can be without Fivetran.
 * @param env tells a workflow from a terminal, where other advice helps
 */
export function checkCredentials(read: InputReader, { GITHUB_ACTIONS }: Environment): Credentials {
  const credentials = readCredentials(read);
  const advice = GITHUB_ACTIONS === 'true' ? IN_WORKFLOW : IN_TERMINAL;
  for (const [input, value] of [
    ['fivetran-api-key', credentials.apiKey],
    ['fivetran-api-secret', credentials.apiSecret],
    ['previous-fivetran-api-secret', credentials.previousApiSecret],
  ] as const) {
    if (value === undefined) continue;
    if (!value) {
      read.wrong(input, 'is missing or blank.', advice.missing, 'missing-credentials');
    } else if (
      !/^[\x21-\x7e]+$/.test(value) ||
      (input === 'fivetran-api-key' && value.includes(':'))
    ) {
      read.wrong(
        input,
        'contains a character that is not allowed there, perhaps a line break, a space or a colon.',
        advice.malformed,
        'missing-credentials',
      );
    }
  }
  return credentials;
}

const IN_WORKFLOW = {
  missing:
    'Pass it from a secret of the repository. GitHub passes no secrets to runs for a fork or for Dependabot: skip this step in them.',
  malformed: 'Save the secret again, with nothing else in it.',
};

const IN_TERMINAL = {
  missing:
    "Set FIVETRAN_API_KEY and FIVETRAN_API_SECRET in the environment or in a file .env. Keys are created in Fivetran under your user's name > API Key. Without an account, try --sandbox.",
  malformed: 'Copy it again from Fivetran, with nothing else around it.',
};

/** Where the API is: always over TLS, except on this machine. */
export function checkApiUrl(read: InputReader): string {
  const given = read.text('fivetran-api-url') || 'https://api.fivetran.com';
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!isPlain || !isSafe) {
    read.wrong(
      'fivetran-api-url',
      'must be an https address without credentials or query; plain http is for loopback only.',
      'Leave it out to use https://api.fivetran.com.',
    );
  } else if (/\/v1\/*$/.test(url.pathname)) {
    // A gateway may have a /v1 of its own.
    read.warning(
      'fivetran-api-url: it ends with /v1, and the action adds /v1 itself. Leave it out, unless a gateway of yours needs it.',
    );
  }
  return given;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
