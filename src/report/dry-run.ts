import { isRecord } from '../model/json.ts';

/** The fields of `config` that name the connection; all others may hold a secret. */
const NAMES = ['schema', 'table', 'schema_prefix', 'table_group_name'];

/** A request that a dry run holds back, as lines for the log, without any value that may be secret. */
export function dryRunRequest({ path, body }: { path: string; body?: object }): string[] {
  if (!body) return [`POST ${path}`];
  const shown = Object.entries(body).map(([key, value]) => {
    const secret = (key === 'config' || key === 'auth') && isRecord(value);
    return [key, secret ? withoutValues(value) : value];
  });
  return [`POST ${path}`, ...JSON.stringify(Object.fromEntries(shown), null, 2).split('\n')];
}

function withoutValues(mapping: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(mapping).map(([key, value]) => [key, NAMES.includes(key) ? value : '(hidden)']),
  );
}
