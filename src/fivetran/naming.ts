import type { DestinationName } from '../model/connection.ts';
import { type NameShape, shapeOf } from './services.ts';

/** The fields of `config` that carry the name, for each shape: first the schema's, then the table's. */
const FIELDS: Readonly<Record<NameShape, readonly [string, string?]>> = {
  schema: ['schema'],
  'schema+table': ['schema', 'table'],
  schema_prefix: ['schema_prefix'],
  'schema+table_group_name': ['schema', 'table_group_name'],
};

/** The `config` fields that name a connection of this type; an unknown type is taken as `schema`. */
export function nameFieldsOf(service: string): readonly [string, string?] {
  return FIELDS[shapeOf(service) ?? 'schema'];
}

/** The part of a create request's `config` that says where the data will land. */
export function nameConfig({ service, schema, table }: DestinationName): Record<string, string> {
  const [schemaField, tableField = 'table'] = nameFieldsOf(service);
  return table === undefined
    ? { [schemaField]: schema }
    : { [schemaField]: schema, [tableField]: table };
}
