import type { Environment } from '../model/environment.ts';
import { InputError, type LinkError, type Problem } from '../model/errors.ts';
import type { LinkResult } from '../model/link.ts';
import { singleSummary } from '../report/summary.ts';
import { setOutputs } from '../runner/outputs.ts';
import type { Runner } from '../runner/runner.ts';

/** Tells what became of one request, wherever it is told; gives whether it went well. */
export function deliver(result: LinkResult, env: Environment, runner: Runner): boolean {
  setOutputs([result], result.outcome, runner, env);
  if (result.outcome !== 'skipped') runner.summary(singleSummary(result));
  if (result.error) reportError(result.error, runner);
  else if (result.card) {
    const comment = result.commentUrl ? ` The comment: ${result.commentUrl}` : '';
    const until = result.card.expiresAt.toISOString();
    runner.info(`The link works until ${until}. It is in the output link.${comment}`);
  }
  return result.outcome !== 'failed';
}

/** Says what is wrong as annotations: one for each problem with an input, one for anything else. */
export function reportError(error: LinkError, runner: Runner): void {
  const problems: Array<Pick<Problem, 'code' | 'message' | 'fix'> & { input?: string }> =
    error instanceof InputError ? error.problems : [error];
  for (const { code, input, message, fix } of problems) {
    const sentence = input ? `${input} ${message}` : message;
    runner.error(`${sentence} ${fix} (${code})`, 'Connect Card Link failed');
  }
  const origin = error.cause instanceof Error ? error.cause : error;
  runner.debug(origin.stack ?? origin.message);
}
