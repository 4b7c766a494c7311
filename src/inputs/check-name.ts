import { nameFieldsOf } from '../fivetran/naming.ts';
import { shapeOf } from '../fivetran/services.ts';
import type { Fields, Report } from './fields.ts';

/** Stands in a schema for the connector type, so that several connections have names of their own. */
export const SERVICE_PLACEHOLDER = '{service}';

/** A schema with the connector type in the place of every `{service}`. */
export function withService(schema: string, service: string): string {
  return schema.replaceAll(SERVICE_PLACEHOLDER, () => service);
}

/** Checks schema and table, and that nothing else names the connection. */
export function checkName(fields: Fields, report: Report): void {
  const { service, schema, table, config, settings } = fields;
  const [schemaField, tableField] = nameFieldsOf(service);
  // Fivetran's naming is lower case throughout; the source's own naming keeps what the source has.
  const anyCase = settings.destination_schema_names === 'SOURCE_NAMING';
  for (const [input, value] of [
    ['schema', schema],
    ['table', table],
  ] as const) {
    if (value && !(anyCase ? /^[a-z_]\w*$/i : /^[a-z_][a-z0-9_]*$/).test(value)) {
      report(
        input,
        `must start with a letter and have only ${anyCase ? '' : 'lower-case '}letters, digits and underscores.`,
        `For example ${asIdentifier(value) || 'acme'}.`,
      );
    }
  }
  if (!schema) {
    report(
      'schema',
      'is missing.',
      'Set the name that the destination schema will have, or use connection-id.',
    );
  }
  if (tableField && !table) {
    report(
      'table',
      `is missing: ${service} names a connection by schema and table.`,
      'Set table to the second half of the name, for example leads.',
    );
  }
  if (!tableField && table && shapeOf(service)) {
    report(
      'table',
      `isn't used by ${service}, which is named by its schema alone.`,
      'Leave table out.',
    );
  }
  for (const field of [schemaField, tableField]) {
    if (field && Object.hasOwn(config, field)) {
      const input = field === tableField ? 'table' : 'schema';
      report(`config.${field}`, 'names the connection.', `Use the input ${input} instead.`);
    }
  }
}

/** A text as a name of Fivetran's naming would be: lower-case letters, digits, underscores; may be empty. */
export function asIdentifier(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(SERVICE_PLACEHOLDER, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 63);
}
