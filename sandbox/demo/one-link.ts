import type { Sandbox } from '../fivetran/server.ts';
import { forget, runStep } from '../runner/run.ts';
import { chapter, heading, shorten, show } from './show.ts';

/** Runs a workflow step that creates a link, and returns the link. */
export async function oneLink(sandbox: Sandbox): Promise<string> {
  chapter('A workflow step creates a link');
  const step = {
    'fivetran-api-key': sandbox.apiKey,
    'fivetran-api-secret': sandbox.apiSecret,
    'fivetran-api-url': sandbox.url,
    'group-id': 'acme_group',
    service: 'google_ads',
    schema: 'acme_marketing',
    'redirect-uri': `${sandbox.url}/connect-card/thanks`,
  };
  heading('The step', 'run as the runner of GitHub does');
  show(
    ['- id: card', '  uses: connect-card-link/connect-card-link@v1', '  with:'].concat(
      Object.entries(step).map(([name, value]) => `    ${name}: ${value}`),
    ),
  );
  const run = await runStep({ with: step });
  await forget(run);
  if (run.exitCode !== 0) throw new Error(`The step failed:\n${run.log}\n${run.stderr}`);
  heading('Its log', `${Math.round(run.took)} ms; link and token are masked`);
  show(run.log.trim().split('\n'));
  heading('Its outputs', 'for the steps that follow');
  show(
    Object.entries(run.outputs)
      // A temporary file's name says nothing.
      .filter(([name]) => name !== 'results-file')
      .map(([name, value]) => shorten(`${name}: ${value.replace(/\s+/g, ' ')}`)),
  );
  return run.outputs.link ?? '';
}
