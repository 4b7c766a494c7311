import { parseArgs } from 'node:util';
import { startSandbox } from '../fivetran/server.ts';
import { onboarding } from './onboarding.ts';
import { oneLink } from './one-link.ts';
import { heading, show } from './show.ts';

// The whole story, with no account and no network: what `npm run demo` shows.

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
const sandbox = await startSandbox();
heading('A stand-in for Fivetran', `on ${sandbox.url}, with an empty group acme_group`);

const link = await oneLink(sandbox);
if (values.keep) {
  heading('Open the link in a browser', 'and press Ctrl+C when you are done');
} else {
  const landed = await sandbox.completeCard(link);
  heading('The customer opens it, fills in the card and clicks Save & Test');
  const [connection] = sandbox.connections;
  show([
    `The card leads on to ${landed}`,
    `Fivetran reports ${connection?.id}: ${connection?.status.setup_state}.`,
  ]);
  await onboarding(sandbox);
  await sandbox.close();
}
