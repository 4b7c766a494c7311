import type { Connection } from '../model/connection.ts';
import { LinkError } from '../model/errors.ts';

/** The error where several connections have one name and it can't be told which is meant. */
export function duplicates(name: string, all: readonly Connection[]): LinkError {
  return new LinkError(
    'duplicate-connection',
    `${all.length} connections are called ${name}: ${all.map(({ id }) => id).join(' and ')}. Nothing was deleted.`,
    "Delete in Fivetran what isn't wanted, or ask for a link with the connection-id of the one that is.",
  );
}
