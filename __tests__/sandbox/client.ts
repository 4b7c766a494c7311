import type { Sandbox } from '../../sandbox/fivetran/server.ts';

export interface Reply {
  status: number;
  headers: Headers;
  code: string;
  message: string;
  // biome-ignore lint/suspicious/noExplicitAny: what is in an answer is what the tests are about
  data: any;
  // biome-ignore lint/suspicious/noExplicitAny: likewise
  json: any;
}

interface Extras {
  headers?: Record<string, string>;
  /** Sent as it is, instead of JSON. */
  text?: string;
  signal?: AbortSignal | undefined;
}

/** A well-behaved client of the API, which a test can make misbehave. */
export async function call(
  { url, apiKey, apiSecret }: Sandbox,
  method: string,
  path: string,
  body?: unknown,
  { headers, text, signal }: Extras = {},
): Promise<Reply> {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${url}${path}`, {
    method,
    ...(sent !== undefined && { body: sent }),
    ...(signal && { signal }),
    headers: {
      Authorization: `Basic ${btoa(`${apiKey}:${apiSecret}`)}`,
      Accept: 'application/json;version=2',
      ...(sent !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
  });
  const answer = await response.text();
  const json = answer.startsWith('{') ? JSON.parse(answer) : undefined;
  return { status: response.status, headers: response.headers, ...json, json };
}

/** A create request that is right in every way. */
export function google(schema: string, more: object = {}): Record<string, unknown> {
  return {
    group_id: 'acme_group',
    service: 'google_ads',
    run_setup_tests: false,
    destination_schema_names: 'FIVETRAN_NAMING',
    config: { schema },
    connect_card_config: { redirect_uri: 'https://example.com/done?from=card&n=1' },
    ...more,
  };
}

/** Makes a connection and gives its link. */
export async function linkFor(sandbox: Sandbox, schema: string, card: object = {}) {
  const redirect = 'https://example.com/done?from=card&n=1';
  const { data } = await call(
    sandbox,
    'POST',
    '/v1/connections',
    google(schema, { connect_card_config: { redirect_uri: redirect, ...card } }),
  );
  return { id: data.id as string, link: data.connect_card.uri as string, redirect };
}
