import type { Connections } from '../../fivetran/connections.ts';
import { asLinkError, LinkError } from '../../model/errors.ts';
import type { Entry } from '../../model/issue-record.ts';

/** Whether a first sync is to be started, or may have been by a run that couldn't say so. */
export type Start = 'start' | 'confirm';

/**
 * Starts the first sync of a connection, once: whoever pauses it later means it.
 * @param entry says that the sync is being started, as the record does by now
 */
export async function startFirstSync(
  entry: Entry,
  how: Start,
  connections: Connections,
): Promise<{ entry: Entry; error?: LinkError }> {
  const { starting: _, ...rest } = entry;
  const { connection: id = '' } = entry;
  let lost: LinkError | undefined;
  if (how === 'start') {
    try {
      await connections.start(id);
      return { entry: { ...rest, started: true } };
    } catch (thrown) {
      lost = asLinkError(thrown);
      if (lost.undone) return { entry: rest, error: lost };
    }
  }
  const paused = await connections.get(id).then(
    (found) => found.paused,
    (thrown) => asLinkError(thrown),
  );
  if (paused === false) return { entry: { ...rest, started: true } };
  // The next run looks.
  if (paused instanceof LinkError) return { entry, error: lost ?? paused };
  // Nobody has had the time to pause it since, so it hasn't started.
  if (lost && paused) return { entry: rest, error: lost };
  const { paused: __, ...settled } = rest;
  return { entry: settled, error: unconfirmed(id) };
}

function unconfirmed(id: string): LinkError {
  return new LinkError(
    'start-unknown',
    `An earlier run was starting the first sync of connection ${id}, and couldn't confirm it. The connection may have been paused since, so it isn't started again.`,
    'Look at the connection in Fivetran, and start it there if nobody paused it on purpose.',
  );
}
