import type { InputReader } from './input-reader.ts';

/** Key and secret of the Fivetran account. */
export interface Credentials {
  apiKey: string;
  apiSecret: string;
  /** The secret before the last rotation: records signed with it still count. It is never sent. */
  previousApiSecret: string | undefined;
}

/** The secrets among the inputs; read before everything else, so that they are masked first. */
export function readCredentials(read: InputReader): Credentials {
  const apiSecret = read.text('fivetran-api-secret');
  const previous = read.text('previous-fivetran-api-secret');
  return {
    apiKey: read.text('fivetran-api-key'),
    apiSecret,
    previousApiSecret: previous && previous !== apiSecret ? previous : undefined,
  };
}

/** The account's key and secrets, checked as far as possible without Fivetran. */
export function checkCredentials(read: InputReader): Credentials {
  const credentials = readCredentials(read);
  const { apiKey, apiSecret, previousApiSecret } = credentials;
  for (const [input, value] of [
    ['fivetran-api-key', apiKey],
    ['fivetran-api-secret', apiSecret],
    ['previous-fivetran-api-secret', previousApiSecret],
  ] as const) {
    if (value === undefined) continue;
    if (!value) {
      read.wrong(
        input,
        'is missing or blank.',
        'Set it from a secret of the repository. GitHub passes no secrets to runs for a fork or for Dependabot: keep this step out of those.',
        'missing-credentials',
      );
    } else if (
      !/^[\x21-\x7e]+$/.test(value) ||
      (input === 'fivetran-api-key' && value.includes(':'))
    ) {
      read.wrong(
        input,
        'has a character in it that no key has (a line break, a space, a colon?).',
        'Save the secret again, with the key and nothing else in it.',
        'missing-credentials',
      );
    }
  }
  return credentials;
}

/** The API's base URL: always TLS, except on loopback. */
export function checkApiUrl(read: InputReader): string {
  const given = read.text('fivetran-api-url') || 'https://api.fivetran.com';
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const usable =
    url && !url.username && !url.password && !url.search && !url.hash
      ? url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
      : false;
  if (!usable) {
    read.wrong(
      'fivetran-api-url',
      'must be an https address without credentials or query; plain http is for loopback only.',
      'Leave it out to use https://api.fivetran.com.',
    );
  }
  return given;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
