import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
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
 * @returns what to warn of: where the results aren't
 */
export function writeOutputs(
  results: readonly object[],
  others: Outputs & { outcome: string },
  { runner, env }: { runner: Pick<Runner, 'outputs' | 'gate'>; env: Environment },
): string | undefined {
  const json = JSON.stringify(runner.gate.redactData(results));
  const file = writeResultsFile(json, env);
  const fits = json.length <= MOST_CHARACTERS;
  runner.outputs({ ...others, 'results-file': file, ...(fits && { results: json }) });
  // In a terminal nobody reads either.
  if (!env.GITHUB_OUTPUT || (fits && file)) return undefined;
  const noFile = "RUNNER_TEMP isn't a folder that can be written to, so there is no results-file";
  if (fits) return `${noFile}: read the output results instead.`;
  const noOutput = 'The output results is too large for GitHub, so it is left out';
  if (file) return `${noOutput}: read results-file instead.`;
  return `${noOutput}. ${noFile} either. Set RUNNER_TEMP and run the job again.`;
}

/**
 * Writes the results, links and all, to a file that nobody else can read.
 * @returns its path; undefined without a usable RUNNER_TEMP, which the runner empties after each job:
 *   in any other folder the links would stay
 */
function writeResultsFile(json: string, { RUNNER_TEMP }: Environment): string | undefined {
  if (!RUNNER_TEMP) return undefined;
  const file = join(RUNNER_TEMP, FILE_NAME);
  try {
    writeFileSync(file, json, { mode: 0o600 });
    return file;
  } catch {
    return undefined;
  }
}
