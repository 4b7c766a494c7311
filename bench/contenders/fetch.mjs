// The least that makes a link: Node's own fetch, the one request that the action sends, no checks.
const { API_URL, API_KEY, API_SECRET, GROUP_ID, SERVICE, SCHEMAS } = process.env;
const credential = Buffer.from(`${API_KEY}:${API_SECRET}`).toString('base64');
const answer = await fetch(`${API_URL}/v1/connections`, {
  method: 'POST',
  headers: {
    accept: 'application/json;version=2',
    authorization: `Basic ${credential}`,
    'content-type': 'application/json',
  },
  body: JSON.stringify({
    group_id: GROUP_ID,
    service: SERVICE,
    destination_schema_names: 'FIVETRAN_NAMING',
    run_setup_tests: false,
    config: { schema: SCHEMAS },
    connect_card_config: { redirect_uri: 'https://fivetran.com' },
  }),
});
console.log((await answer.json()).data.connect_card.uri);
