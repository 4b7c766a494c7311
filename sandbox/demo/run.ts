import { readCommandLine } from '../command-line.ts';
import { startSandbox } from '../fivetran/server.ts';
import { startGitHub } from '../github/server.ts';
import { onboarding } from './onboarding.ts';
import { oneLink } from './one-link.ts';
import { Playground } from './playground.ts';
import { heading, show } from './show.ts';

// The whole story, with no account and no network: what `npm run demo` shows. With `--keep` the pages
// can be opened afterwards.

const HELP = `Onboarding on this computer, with stand-ins for Fivetran and GitHub.

  npm run demo               shows one issue with two sources, from the label to the end
  npm run demo -- --keep     lets its pages be opened in a browser afterwards, until you press Ctrl+C
`;

const { values } = readCommandLine(
  { options: { keep: { type: 'boolean', default: false } } },
  HELP,
);
const fivetran = await startSandbox();
heading('A stand-in for Fivetran', `on ${fivetran.url}, with an empty group acme_group`);

const link = await oneLink(fivetran);
if (!values.keep) {
  heading('The customer opens it, fills in the card and clicks Save & Test');
  const landed = await fivetran.completeCard(link);
  const [connection] = fivetran.connections;
  show([
    `The card leads on to ${landed}`,
    `Fivetran reports ${connection?.id}: ${connection?.status.setup_state}.`,
  ]);
}
const playground = new Playground(fivetran);
const github = await startGitHub({ onEvent: playground.onEvent });
await onboarding(fivetran, github);
if (values.keep) {
  await playground.open(github, link);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => playground.close());
} else {
  await Promise.all([github.close(), fivetran.close()]);
  heading('To open the pages in a browser', 'run npm run demo -- --keep');
}
