import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LinkResult } from '../fivetran/link.ts';
import type { Environment } from '../inputs.ts';
import type { Runner } from './runner.ts';

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
) {
  const [only, ...others] = results;
  if (only && others.length === 0) {
    const known = resultJson(only);
    const values = {
      link: known.link,
      token: only.card?.token,
      'connection-id': known.connection_id,
      service: known.service,
      schema: known.schema,
      'group-id': known.group_id,
      created: known.created,
      'setup-state': known.setup_state,
      'expires-at': known.expires_at,
      'comment-url': only.commentUrl,
    };
    for (const [name, value] of Object.entries(values)) {
      if (value !== null && value !== undefined) runner.output(name, String(value));
    }
  }
  setResults(results.map(resultJson), outcome, runner, env);
}

/** Sets what every run has: its outcome, and one object for each thing that it did. */
export function setResults(results: object[], outcome: string, runner: Runner, env: Environment) {
  runner.output('outcome', outcome);
  const json = JSON.stringify(results);
  const file = join(env.RUNNER_TEMP || tmpdir(), FILE_NAME);
  writeFileSync(file, json, { mode: 0o600 });
  runner.output('results-file', file);
  if (json.length <= MOST_CHARACTERS) runner.output('results', json);
  else runner.warning(`results is too large for an output of GitHub's; read it from results-file.`);
}
