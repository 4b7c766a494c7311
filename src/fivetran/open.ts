import { Transport, type TransportOptions } from '../http/transport.ts';
import { classifyResponse } from './failures.ts';

export interface Account {
  apiUrl: string;
  apiKey: string;
  apiSecret: string;
  /** Milliseconds for one request. */
  timeout: number;
}

/** A transport for Fivetran's API, with an account's key and secret. */
export function openFivetran(
  { apiUrl, apiKey, apiSecret, timeout }: Account,
  options: Pick<TransportOptions, 'budget' | 'env' | 'log' | 'sockets' | 'pace' | 'open'>,
): Transport {
  return new Transport({
    ...options,
    baseUrl: apiUrl,
    baseUrlSource: 'fivetran-api-url',
    headers: {
      accept: 'application/json;version=2',
      authorization: `Basic ${basicCredential(apiKey, apiSecret)}`,
    },
    timeout,
    classifyResponse,
  });
}

/** What follows `Basic` in the header; a secret as much as the API secret itself. */
export function basicCredential(apiKey: string, apiSecret: string): string {
  return Buffer.from(`${apiKey}:${apiSecret}`).toString('base64');
}
