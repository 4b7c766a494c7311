import type { Connections } from '../../fivetran/connections.ts';
import { asLinkError, LinkError } from '../../model/errors.ts';
import type { Entry } from '../../model/issue-record.ts';
import { withoutLink } from '../entries.ts';
import { isFinal, withFailure } from './follow-entry.ts';

/** Whether a first sync is to be started, or may have been by a run that couldn't say so. */
export type Start = 'start' | 'confirm';

/**
 * Starts the first sync of a connection, once: whoever pauses it later means it.
 * @param entry says that the sync is being started, as the record does by now
 * @param date GitHub's time, in milliseconds
 */
export async function startFirstSync(
  entry: Entry,
  how: Start,
  connections: Connections,
  date: number,
): Promise<{ entry: Entry; error?: LinkError }> {
  const { starting: _, ...rest } = entry;
  const { connection: id = '' } = entry;
  const started = { entry: { ...withoutLink(rest), started: true as const } };
  const failed = (error: LinkError) => ({ entry: withFailure(rest, error, date), error });
  let lost: LinkError | undefined;
  if (how === 'start') {
    try {
      await connections.start(id);
      return started;
    } catch (thrown) {
      lost = asLinkError(thrown);
      if (lost.undone && !isFinal(lost)) return failed(lost);
    }
  }
  const paused = await connections.get(id).then(
    (found) => found.paused,
    (thrown) => asLinkError(thrown),
  );
  // Or somebody else has started it.
  if (paused === false) return started;
  // Nobody has had the time to pause it since, so it hasn't started.
  if (lost && (lost.undone || paused === true)) return failed(lost);
  // The next run looks.
  if (paused instanceof LinkError) return { entry, error: lost ?? paused };
  const { paused: __, ...settled } = rest;
  const error = unconfirmed(id);
  return { entry: { ...settled, error: error.code }, error };
}

function unconfirmed(id: string): LinkError {
  return new LinkError(
    'start-unknown',
    `An earlier run was starting the first sync of connection ${id}, and couldn't confirm it. The connection may have been paused since, so it isn't started again.`,
    'Look at the connection in Fivetran, and start it there if nobody paused it on purpose.',
  );
}
