import { type Inputs, mayComment } from '../../inputs/read-inputs.ts';
import type { RunContext } from '../run-context.ts';
import type { LinkJob, OnIssue } from './link-job.ts';

/** Creates links, and comments them where the run has an issue; ends early when it is cancelled. */
export async function createLinks(
  job: LinkJob,
  inputs: Inputs,
  context: RunContext,
): Promise<OnIssue> {
  const { connections, cancellation, env } = context;
  if (inputs.dryRun || !mayComment(inputs, env)) {
    await Promise.race([job.create([...job.requests.keys()], connections), cancellation.over]);
    return {};
  }
  const { createOnIssue } = await import('../issues.ts');
  return Promise.race([
    createOnIssue(job, inputs, context),
    cancellation.over.then(() => ({ error: job.results.uncommented })),
  ]);
}
