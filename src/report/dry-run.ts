import { isRecord } from '../model/json.ts';
import type { DryRunRequest } from '../model/link.ts';

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

/** Fields of the create request that every request has, or that the table shows in another column. */
const EVERYWHERE = [
  'group_id',
  'service',
  'run_setup_tests',
  'destination_schema_names',
  'connect_card_config',
];

/** The names of what `config` and `settings` would set, without any value. */
export function fieldsSet(request: DryRunRequest | undefined): string[] {
  const { config, ...others } = request?.body ?? {};
  const inConfig = Object.keys(isRecord(config) ? config : {});
  return [
    ...inConfig.filter((key) => !NAMES.includes(key)).map((key) => `config.${key}`),
    ...Object.keys(others).filter((key) => !EVERYWHERE.includes(key)),
  ];
}

function withoutValues(mapping: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(mapping).map(([key, value]) => [key, NAMES.includes(key) ? value : '(hidden)']),
  );
}
