import type { Sandbox } from '../../sandbox/fivetran/server.ts';
import { forget, runStep, type StepOptions, type StepResult } from '../../sandbox/runner/run.ts';
import type { Clock } from './clock.ts';
import { runInProcess } from './in-process.ts';
import { remember } from './last-steps.ts';

export interface LinkOptions extends Omit<StepOptions, 'with'> {
  /** Unless it is false, `dist` runs as a process; else `src` in this one, which costs a fifth. */
  dist?: boolean;
}

/** Runs the action against a sandbox: one link for google_ads as acme, unless told otherwise. */
export async function linkStep(
  sandbox: Sandbox,
  given: Record<string, string> = {},
  { dist = true, ...options }: LinkOptions = {},
): Promise<StepResult> {
  const step = { ...options, with: linkInputs(sandbox, given) };
  const result = remember(await (dist ? runStep(step) : runInProcess(step)));
  await forget(result);
  return result;
}

/** As `linkStep`, but in this process and by a clock that doesn't wait; the sandbox uses the same one. */
export async function fastLinkStep(
  sandbox: Sandbox,
  clock: Clock,
  given: Record<string, string> = {},
): Promise<StepResult> {
  sandbox.options.now = clock.now;
  const inputs = linkInputs(sandbox, given);
  const result = remember(await runInProcess({ with: inputs }, clock));
  await forget(result);
  return result;
}

function linkInputs(sandbox: Sandbox, given: Record<string, string>): Record<string, string> {
  const existing = 'connection-id' in given;
  return {
    'fivetran-api-key': sandbox.apiKey,
    'fivetran-api-secret': sandbox.apiSecret,
    'fivetran-api-url': sandbox.url,
    // As every job has one; nothing here needs it, so it may be nowhere.
    'github-token': 'ghs_markedTokenOfTheJob',
    ...(existing ? {} : { 'group-id': 'acme_group', service: 'google_ads', schema: 'acme' }),
    ...given,
  };
}

/** What a run sent, as `GET /v1/connections` and so on, group and connection ids left out. */
export function sent(sandbox: Sandbox): string[] {
  return sandbox.requests.map(
    ({ method, path }) =>
      `${method} ${path.replace('acme_group', '{group}').replace(/(connect(?:ion|or)s\/)[^/]+/, '$1{id}')}`,
  );
}

/** The one object of the output `results`. */
export function onlyResult({ outputs }: StepResult) {
  const [result, ...more] = JSON.parse(outputs.results ?? '[]');
  if (more.length > 0) throw new Error('more than one result');
  return result;
}
