import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../model/environment.ts';
import type { Outputs, Runner } from './runner.ts';

/**
 * GitHub allows a job one megabyte of outputs, and counts two bytes per character:
 * docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 * A little is left for the other outputs.
 */
const MOST_CHARACTERS = 500_000;

/** One file per run, however often it is written. */
const FILE_NAME = `connect-card-link-${randomUUID()}.json`;

/**
 * Sets what every run has, its outcome and one object for each thing that it did, and whatever else
 * is known. May be called again with more: the last values count.
 * @returns whether the results fit into an output; otherwise only `results-file` has them
 */
export function writeOutputs(
  results: readonly object[],
  others: Outputs & { outcome: string },
  { runner, env }: { runner: Pick<Runner, 'outputs' | 'gate'>; env: Environment },
): boolean {
  const json = JSON.stringify(runner.gate.redactData(results));
  const file = join(env.RUNNER_TEMP || tmpdir(), FILE_NAME);
  writeFileSync(file, json, { mode: 0o600 });
  const fits = json.length <= MOST_CHARACTERS;
  runner.outputs({ ...others, 'results-file': file, ...(fits && { results: json }) });
  return fits;
}
