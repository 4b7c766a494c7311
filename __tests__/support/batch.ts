import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/fivetran/server.ts';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { type LinkOptions, linkStep } from './step.ts';

/** Runs the action with the input `requests`; a file given with it lies in the workspace. */
export async function batchStep(
  sandbox: Sandbox,
  requests: string | Array<Record<string, unknown>>,
  given: Record<string, string> = {},
  { files = {}, ...options }: { files?: Record<string, string> } & LinkOptions = {},
): Promise<StepResult & { results: Array<Record<string, unknown>> }> {
  const workspace = await mkdtemp(join(tmpdir(), 'connect-card-workspace-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(workspace, name), text);
    const step = await linkStep(
      sandbox,
      {
        service: '',
        schema: '',
        requests: typeof requests === 'string' ? requests : JSON.stringify(requests),
        ...given,
      },
      { ...options, env: { GITHUB_WORKSPACE: workspace, ...options.env } },
    );
    return { ...step, results: JSON.parse(step.resultsFile || '[]') };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

/** A list of that many requests for google_ads. */
export function many(count: number): Array<Record<string, unknown>> {
  return Array.from({ length: count }, (_, index) => ({
    name: `Customer ${index + 1}`,
    service: 'google_ads',
    schema: `customer_${index + 1}`,
  }));
}
