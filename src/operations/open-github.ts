import { type OpenRepository, openRepository } from '../github/open.ts';
import type { Inputs } from '../inputs/read-inputs.ts';
import type { Context } from '../packages/github-context.ts';
import type { RunContext } from './run-context.ts';

/**
 * Opens the repository that the workflow runs in, for an operation.
 * @param sockets how many connections are kept open at most
 * @throws LinkError outside of a workflow
 */
export function openGitHub(
  { github, apiSecret, previousApiSecret, timeout }: Inputs,
  event: Context,
  { env, budget, runner, open }: RunContext,
  sockets = 2,
): OpenRepository {
  return openRepository(
    {
      context: event,
      token: github.token,
      apiSecret,
      previousApiSecret,
      timeout,
      redact: (text) => runner.gate.redact(text),
    },
    { env, budget, log: runner, sockets, open },
  );
}
