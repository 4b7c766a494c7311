import { parseArgs } from 'node:util';
import { startSandbox } from './fivetran/server.ts';
import { runStep } from './runner/run.ts';

// The main job, with no account and no network: what `npm run demo` shows.

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
const sandbox = await startSandbox();

heading('A Fivetran of its own', `on ${sandbox.url}, with the group acme_group and nothing in it`);

const step = {
  'fivetran-api-key': sandbox.apiKey,
  'fivetran-api-secret': sandbox.apiSecret,
  'fivetran-api-url': sandbox.url,
  'group-id': 'acme_group',
  service: 'google_ads',
  schema: 'acme_marketing',
  'redirect-uri': `${sandbox.url}/connect-card/thanks`,
};
heading('A workflow step', 'run as the runner runs it, dist/index.js and all');
show(
  ['- id: card', '  uses: ./', '  with:'].concat(
    Object.entries(step).map(([name, value]) => `    ${name}: ${value}`),
  ),
);
const run = await runStep({ with: step });
if (run.exitCode !== 0) throw new Error(`The step failed:\n${run.log}\n${run.stderr}`);
heading('Its log', `${Math.round(run.took)} ms; the link is masked in it`);
show(run.log.trim().split('\n'));
heading('Its outputs', 'for the steps that follow');
show(Object.entries(run.outputs).map(([name, value]) => `${name}: ${shorten(value)}`));
heading('The link', 'for the customer');
console.log(`  ${run.outputs.link}`);

if (values.keep) {
  heading('Over to you', 'open the link in a browser; Ctrl+C ends the sandbox');
} else {
  const landed = await sandbox.completeCard(run.outputs.link ?? '');
  heading('The customer', 'opens it, fills in the card and presses Save & Test');
  const [connection] = sandbox.connections;
  show([`sent on to ${landed}`, `${connection?.id} is ${connection?.status.setup_state}`]);

  const again = await runStep({ with: step });
  heading('The same step again', 'finds the connection, and nothing is left to do');
  show(again.log.trim().split('\n'));
  await sandbox.close();
}

function heading(title: string, rest: string): void {
  console.log(`\n\u001b[1m${title}\u001b[0m, ${rest}`);
}

function show(lines: string[]): void {
  for (const line of lines) console.log(`  ${line}`);
}

function shorten(text: string): string {
  return text.length > 90 ? `${text.slice(0, 87)}...` : text;
}
