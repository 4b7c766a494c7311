// Many links in one process: the guide's two calls for one after the other, with Node's own fetch.
const { API_URL, API_KEY, API_SECRET, GROUP_ID, SERVICE, SCHEMAS } = process.env;
const credential = Buffer.from(`${API_KEY}:${API_SECRET}`).toString('base64');

async function post(path, body) {
  const answer = await fetch(`${API_URL}/v1/connectors${path}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${credential}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return answer.json();
}

for (const schema of SCHEMAS.split(',')) {
  const payload = { service: SERVICE, group_id: GROUP_ID, config: { schema } };
  const created = await post('', payload);
  const { token } = await post(`/${created.data.id}/connect-card-token`);
  console.log(`https://fivetran.com/connect-card/setup?redirect_uri=fivetran.com&auth=${token}`);
}
