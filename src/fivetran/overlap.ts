import type { Connection } from '../model/connection.ts';
import { nameFieldsOf } from './naming.ts';
import { shapeOf } from './services.ts';

/**
 * Whether two connections of a group would write into a schema of the destination's that both have.
 * A database's connection has a prefix for a name, and writes into `PREFIX_anything`; any other writes
 * into one schema, the first half of its name. Of an unknown connector type it isn't known which, so it
 * is taken for both. Destinations compare names without case.
 */
export function overlap(one: Named, other: Named): boolean {
  const [a, b] = [schemaOf(one), schemaOf(other)];
  if (a === b) return true;
  return (
    (mayBePrefix(one) && b.startsWith(`${a}_`)) || (mayBePrefix(other) && a.startsWith(`${b}_`))
  );
}

type Named = Pick<Connection, 'service' | 'name'>;

function schemaOf({ name }: Named): string {
  return name.toLowerCase().split('.')[0] ?? '';
}

function mayBePrefix({ service }: Named): boolean {
  return shapeOf(service) === undefined || nameFieldsOf(service)[0] === 'schema_prefix';
}
