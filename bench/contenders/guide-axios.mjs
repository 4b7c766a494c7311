// The guide of 2022, as somebody would write it for Node: two calls with axios.
import axios from 'axios';

const { API_URL, API_KEY, API_SECRET, GROUP_ID, SERVICE, SCHEMAS } = process.env;
const base = `${API_URL}/v1/connectors`;
const config = { auth: { username: API_KEY, password: API_SECRET } };
const payload = { service: SERVICE, group_id: GROUP_ID, config: { schema: SCHEMAS } };
const { data: created } = await axios.post(base, payload, config);
const path = `${base}/${created.data.id}/connect-card-token`;
const { data: card } = await axios.post(path, undefined, config);
console.log(`https://fivetran.com/connect-card/setup?redirect_uri=fivetran.com&auth=${card.token}`);
