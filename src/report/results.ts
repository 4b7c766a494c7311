import { nameFromType } from '../fivetran/service-names.ts';
import { errorOf, type LinkOutcome, type LinkResult } from '../model/link.ts';

/** One request's result as the outputs `results` and `results-file` have it; null where unknown. */
export function resultJson(result: LinkResult) {
  const { target, outcome, connection, card, created } = result;
  const error = errorOf(result);
  const service = target.service ?? connection?.service ?? null;
  return {
    name: target.name ?? null,
    service,
    service_name: service && nameFromType(service),
    schema: target.schema ?? connection?.name ?? null,
    table: target.table ?? null,
    connection_name: connection?.name ?? null,
    outcome,
    // A connection given by its id may be in another group than the step's others.
    group_id: connection?.groupId || (target.groupId ?? null),
    connection_id: connection?.id ?? target.connectionId ?? null,
    link: card?.link ?? null,
    created: created ?? null,
    setup_state: connection?.setupState ?? null,
    expires_at: card?.expiresAt.toISOString() ?? null,
    extra: target.extra ?? null,
    error: error ? { code: error.code, message: error.message, fix: error.fix } : null,
  };
}

/** The single-value outputs of a run with exactly one request; null where unknown. */
export function singleValues(result: LinkResult) {
  const known = resultJson(result);
  return {
    link: known.link,
    token: result.card?.token ?? null,
    'connection-id': known.connection_id,
    service: known.service,
    schema: known.schema,
    'group-id': known.group_id,
    created: known.created,
    'setup-state': known.setup_state,
    'expires-at': known.expires_at,
  };
}

/** How many results have which outcome: `98 linked, 2 failed`. */
export function tally(results: readonly LinkResult[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}

/** Of several outcomes the one that the run has: what most concerns whoever reads only that. */
const PRECEDENCE: readonly LinkOutcome[] = ['failed', 'dry-run', 'linked', 'connected', 'skipped'];

/** The outcome of the whole run: `failed` if any request failed. */
export function overall(results: readonly LinkResult[]): LinkOutcome {
  const outcomes = new Set(results.map(({ outcome }) => outcome));
  return PRECEDENCE.find((outcome) => outcomes.has(outcome)) ?? 'skipped';
}
