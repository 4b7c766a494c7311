import type { Sandbox } from '../../sandbox/fivetran/server.ts';
import { GROUP } from './world.ts';

/** Creates a connection in the sandbox, and returns the link of its card. */
export async function cardLink(sandbox: Sandbox): Promise<string> {
  const credential = Buffer.from(`${sandbox.apiKey}:${sandbox.apiSecret}`).toString('base64');
  const response = await fetch(`${sandbox.url}/v1/connections`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${credential}`,
      Accept: 'application/json;version=2',
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      group_id: GROUP,
      service: 'google_ads',
      config: { schema: 'globex_google_ads' },
      run_setup_tests: false,
      destination_schema_names: 'FIVETRAN_NAMING',
      connect_card_config: { redirect_uri: `${sandbox.url}/connect-card/thanks` },
    }),
  });
  const { data } = (await response.json()) as { data?: { connect_card?: { uri: string } } };
  const link = data?.connect_card?.uri;
  if (!link) throw new Error(`The sandbox created no card (${response.status}).`);
  return link;
}
