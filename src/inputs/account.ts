import type { InputReader } from './input-reader.ts';

/** The secrets among the inputs; read before everything else, so that they are masked first. */
export function readCredentials(read: InputReader): { apiKey: string; apiSecret: string } {
  return {
    apiKey: read.text('fivetran-api-key'),
    apiSecret: read.text('fivetran-api-secret'),
  };
}

/** The account's key and secret, checked as far as they can be without Fivetran. */
export function checkCredentials(read: InputReader): { apiKey: string; apiSecret: string } {
  const credentials = readCredentials(read);
  for (const [input, value] of [
    ['fivetran-api-key', credentials.apiKey],
    ['fivetran-api-secret', credentials.apiSecret],
  ] as const) {
    if (!value) {
      read.wrong(
        input,
        'is missing or blank.',
        'Give it from a secret of the repository. GitHub gives no secrets to runs for a fork or for Dependabot: keep this step out of those.',
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

/** Where the API is: TLS always, but for this machine. */
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
      'must be an https address without credentials or query; plain http is for this machine only.',
      'Leave it out to use https://api.fivetran.com.',
    );
  }
  return given;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
