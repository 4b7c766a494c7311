import { parseArgs } from 'node:util';
import { startSandbox } from '../fivetran/server.ts';
import { onboarding } from './onboarding.ts';
import { oneLink } from './one-link.ts';
import { heading, show } from './show.ts';

// The whole story, with no account and no network: what `npm run demo` shows.

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
const sandbox = await startSandbox();
heading('A Fivetran of its own', `on ${sandbox.url}, with the group acme_group and nothing in it`);

const link = await oneLink(sandbox);
if (values.keep) {
  heading('Over to you', 'open the link in a browser; Ctrl+C ends the sandbox');
} else {
  const landed = await sandbox.completeCard(link);
  heading('The customer', 'opens it, fills in the card and presses Save & Test');
  const [connection] = sandbox.connections;
  show([`sent on to ${landed}`, `${connection?.id} is ${connection?.status.setup_state}`]);
  await onboarding(sandbox);
  await sandbox.close();
}
