import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../model/environment.ts';
import type { LinkResult } from '../model/link.ts';
import type { Outputs, Runner } from './runner.ts';

/**
 * GitHub allows a job one megabyte of outputs, and counts two bytes a character:
 * docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 * A little is left for the other outputs.
 */
const MOST_CHARACTERS = 500_000;

/** One file a run, however often it is written. */
const FILE_NAME = `connect-card-link-${randomUUID()}.json`;

/** One request's result as the outputs `results` and `results-file` have it. */
export function resultJson({ asked, outcome, connection, card, created, error }: LinkResult) {
  return {
    name: asked.name ?? null,
    service: asked.service ?? connection?.service ?? null,
    schema: asked.schema ?? connection?.name ?? null,
    table: asked.table ?? null,
    connection_name: connection?.name ?? null,
    outcome,
    group_id: asked.groupId ?? connection?.groupId ?? null,
    connection_id: connection?.id ?? asked.connectionId ?? null,
    link: card?.link ?? null,
    created: created ?? null,
    setup_state: connection?.setupState ?? null,
    expires_at: card?.expiresAt.toISOString() ?? null,
    error: error ? { code: error.code, message: error.message } : null,
  };
}

/** Sets every output of a run: the single values where there was one request, and all results. */
export function setOutputs(
  results: LinkResult[],
  outcome: string,
  runner: Runner,
  env: Environment,
): void {
  const [only, ...others] = results;
  const single = only && others.length === 0 ? singleValues(only) : {};
  setResults(results.map(resultJson), outcome, runner, env, single);
}

function singleValues(result: LinkResult): Outputs {
  const known = resultJson(result);
  return {
    link: known.link,
    token: result.card?.token,
    'connection-id': known.connection_id,
    service: known.service,
    schema: known.schema,
    'group-id': known.group_id,
    created: known.created,
    'setup-state': known.setup_state,
    'expires-at': known.expires_at,
    'comment-url': result.commentUrl,
  };
}

/** Sets what every run has: its outcome, and one object for each thing that it did. */
export function setResults(
  results: object[],
  outcome: string,
  runner: Runner,
  env: Environment,
  others: Outputs = {},
): void {
  const json = JSON.stringify(runner.gate.redactData(results));
  const file = join(env.RUNNER_TEMP || tmpdir(), FILE_NAME);
  writeFileSync(file, json, { mode: 0o600 });
  const fits = json.length <= MOST_CHARACTERS;
  runner.outputs({ ...others, outcome, 'results-file': file, ...(fits && { results: json }) });
  if (!fits) {
    runner.warning("results is too large for an output of GitHub's; read it from results-file.");
  }
}
