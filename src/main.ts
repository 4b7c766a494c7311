import { Connections } from './fivetran/connections.ts';
import { openFivetran } from './fivetran/open.ts';
import type { TransportOptions } from './http/transport.ts';
import { type Time, WaitBudget } from './http/wait-budget.ts';
import { type Inputs, mayComment, readInputs, readTarget } from './inputs/read-inputs.ts';
import type { Environment } from './model/environment.ts';
import { asLinkError, InputError } from './model/errors.ts';
import { guardCredentials, guardInputs } from './operations/guard.ts';
import { linkOne } from './operations/link/one-link.ts';
import { reportResults } from './operations/report-result.ts';
import type { RunContext } from './operations/run-context.ts';
import { shownLink } from './report/link-text.ts';
import { Cancellation } from './runner/cancellation.ts';
import type { Runner } from './runner/runner.ts';
import { keepYoungGenerationSmall } from './runner/v8.ts';

/**
 * One run of the action: reads the inputs, does what they ask for, reports.
 * @param time the clock that waiting goes by; the machine's unless a test passes in another
 * @param open opens the way to an API; through the network unless a test passes in another
 * @returns whether it succeeded; every failure has been reported by then
 */
export async function run(
  env: Environment,
  runner: Runner,
  cancellation = new Cancellation(),
  time?: Time,
  open?: TransportOptions['open'],
): Promise<boolean> {
  guardCredentials(env, runner);
  cancellation.signal.addEventListener('abort', () =>
    runner.info('Cancelled: nothing new is begun, and requests in progress have 5 s to finish.'),
  );
  if (env.INPUT_REQUESTS?.trim()) keepYoungGenerationSmall();
  try {
    const inputs = await readInputs(env);
    guardInputs(inputs, runner.gate);
    for (const { message, position } of inputs.warnings) runner.warning(message, position);
    return await runWith(inputs, { env, runner, cancellation, open }, time);
  } catch (thrown) {
    const warnings = thrown instanceof InputError ? thrown.warnings : [];
    for (const { message, position } of warnings) runner.warning(message, position);
    const error = asLinkError(thrown);
    const result = { target: readTarget(env), outcome: 'failed' as const, error };
    return reportResults([result], {}, { env, runner });
  }
}

/** Opens Fivetran, and has the operation do its work and report it. */
async function runWith(
  inputs: Inputs,
  { env, runner, cancellation, open }: Pick<RunContext, 'env' | 'runner' | 'cancellation' | 'open'>,
  time: Time | undefined,
): Promise<boolean> {
  const budget = new WaitBudget(inputs.maxWait, cancellation.signal, time);
  const options = { budget, env, log: runner, open };
  const transport = openFivetran(inputs, { ...options, ...(await trafficOf(inputs, options)) });
  const connections = new Connections(transport, inputs.api);
  const maskCard: RunContext['maskCard'] = ({ link, token }) => {
    // A comment may write it in another way.
    for (const text of new Set([link, shownLink(link), token ?? ''])) {
      if (!text) continue;
      runner.gate.protect(text);
      if (inputs.maskLink) runner.mask(text);
    }
  };
  const context = {
    env,
    runner,
    cancellation,
    budget,
    open,
    fivetran: transport,
    connections,
    maskCard,
  };
  try {
    return await operate(inputs, context);
  } finally {
    await transport.close();
  }
}

/** How requests are sent: one after the other for one link, side by side for more. */
async function trafficOf(
  inputs: Inputs,
  options: { budget: WaitBudget; log: Runner; env: Environment },
) {
  const { task, concurrency } = inputs;
  if (task.operation === 'onboard') return { sockets: concurrency };
  const requests = task.operation === 'link' ? task.requests : [];
  // What a comment calls the source is asked for beside the link.
  if (requests.length === 1) return mayComment(inputs, options.env) ? { sockets: 2 } : {};
  const { traffic } = await import('./operations/link/traffic.ts');
  return traffic(requests, concurrency, options);
}

async function operate(inputs: Inputs, context: RunContext): Promise<boolean> {
  const { task } = inputs;
  if (task.operation === 'link') {
    const [only, ...others] = task.requests;
    if (only && others.length === 0) return linkOne(only, inputs, context);
    const { linkMany } = await import('./operations/link/batch.ts');
    return linkMany(task.requests, inputs, context);
  }
  const { startFollowUp, startOnboarding } = await import('./operations/issues.ts');
  return task.operation === 'onboard'
    ? startOnboarding(inputs, task.onboarding, context)
    : startFollowUp(inputs, task.followUp, context);
}
