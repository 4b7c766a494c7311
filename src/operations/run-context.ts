import type { Environment } from '../model/environment.ts';
import type { LinkResult } from '../model/link.ts';
import type { Cancellation } from '../runner/cancellation.ts';
import type { Runner } from '../runner/runner.ts';
import type { LinkOptions } from './link/make-link.ts';

/** What every operation works with. */
export interface RunContext {
  env: Environment;
  runner: Runner;
  options: LinkOptions;
  cancellation: Cancellation;
  /** Sets the outputs of one request, before more is done about it. */
  keep(result: LinkResult): void;
}
