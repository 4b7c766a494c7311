import { duplicates, mayShareName } from '../../fivetran/duplicates.ts';
import { sameService } from '../../fivetran/services.ts';
import { type Connection, connectionName, type NewConnection } from '../../model/connection.ts';
import { LinkError } from '../../model/errors.ts';
import type { OnExisting } from '../../model/link.ts';

/**
 * Chooses the connection to go on with among those that have the wanted name.
 * @param existing at least one
 * @returns undefined where none is meant and the name is still free for another, which only the
 *   source's own naming allows
 * @throws LinkError `name-taken`, or `duplicate-connection` where several may be meant
 */
export function chooseExisting(
  wanted: NewConnection,
  existing: readonly Connection[],
  onExisting: OnExisting,
): Connection | undefined {
  const [connection, ...more] = existing.filter(({ service }) =>
    sameService(service, wanted.service),
  );
  if (onExisting === 'reuse' && connection) {
    if (more.length > 0) throw duplicates(wanted, [connection, ...more]);
    return connection;
  }
  if (onExisting !== 'fail' && mayShareName(wanted)) return undefined;
  throw nameTaken(wanted, existing, onExisting);
}

function nameTaken(
  wanted: NewConnection,
  existing: readonly Connection[],
  onExisting: OnExisting,
): LinkError {
  const name = connectionName(wanted);
  const which = existing.map(({ id, service }) => `${id} (${service})`).join(', ');
  const fixes = {
    reuse: "Choose another schema, or the existing connection's service.",
    fail: 'Choose another schema, or set on-existing: reuse to get a link for the existing connection.',
    ignore:
      'Choose another schema, or set on-existing: reuse: Fivetran refused a second connection of this name.',
  };
  return new LinkError(
    'name-taken',
    mayShareName(wanted)
      ? `A connection named ${name} exists in group ${wanted.groupId}: ${which}.`
      : `The name ${name} is in use in group ${wanted.groupId}: ${which}.`,
    fixes[onExisting],
  );
}
