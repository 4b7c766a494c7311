import type { Cancellation } from './cancellation.ts';
import type { LinkOptions, LinkResult } from './fivetran/link.ts';
import type { Environment } from './inputs.ts';
import type { Runner } from './report/runner.ts';

/** What every operation works with. */
export interface Surroundings {
  env: Environment;
  runner: Runner;
  options: LinkOptions;
  cancellation: Cancellation;
  /** Sets the outputs of one request, before more is done about it. */
  keep(result: LinkResult): void;
}
