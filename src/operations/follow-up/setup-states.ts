import { getConfirmed } from '../../fivetran/confirmed.ts';
import type { Connections } from '../../fivetran/connections.ts';
import type { SetupState } from '../../model/connection.ts';
import { asLinkError, type LinkError } from '../../model/errors.ts';
import type { Entry } from '../../model/issue-record.ts';
import { inParallel } from '../workers.ts';

/** How a connection stands: `gone` when it was deleted, an error when that couldn't be found out. */
export type FoundState = SetupState | 'gone' | LinkError;

/** How connections stand, by their ids. */
export type SetupStates = ReadonlyMap<string, FoundState>;

/**
 * Reads how the connections of many entries stand: from a listing of their group where that takes
 * fewer requests than asking for each, otherwise one by one.
 * @returns an error for each connection that couldn't be read, alike where the reason is the same
 */
export async function readSetupStates(
  entries: readonly Entry[],
  connections: Connections,
  concurrency: number,
  stopped: () => boolean,
): Promise<SetupStates> {
  const states = new Map<string, FoundState>();
  const groups = Map.groupBy(
    entries.filter(({ connection }) => connection !== undefined),
    ({ request }) => request.group,
  );
  const single: Array<[Entry, boolean]> = [];
  await inParallel(
    [...groups],
    concurrency,
    async ([group, members]) => {
      try {
        const whole = members.length > 1 && (await list(group, members, states, connections));
        for (const entry of members) {
          if (!states.has(entry.connection ?? '')) single.push([entry, whole]);
        }
      } catch (thrown) {
        const error = asLinkError(thrown);
        for (const { connection = '' } of members) states.set(connection, error);
      }
    },
    { stopped },
  );
  await inParallel(
    single,
    concurrency,
    async ([entry, isListed]) => {
      states.set(entry.connection ?? '', await ask(entry, isListed, connections));
    },
    { stopped },
  );
  return states;
}

/**
 * Reads a group's listing for as long as it can save requests: no more pages than connections to find.
 * @returns whether it was read to its end
 */
async function list(
  group: string,
  members: readonly Entry[],
  states: Map<string, FoundState>,
  connections: Connections,
): Promise<boolean> {
  const missing = new Set(members.map(({ connection }) => connection ?? ''));
  let pages = 0;
  for await (const page of connections.pages(group, { limit: '1000' })) {
    for (const { id, setupState } of page.connections) {
      if (missing.delete(id)) states.set(id, setupState ?? 'incomplete');
    }
    pages += 1;
    if (missing.size === 0 || pages >= members.length) return false;
  }
  return true;
}

/**
 * Asks for one connection. That it was deleted is believed only when two responses say so.
 * @param isMissing whether the whole listing of its group lacks it
 */
async function ask(
  entry: Entry,
  isMissing: boolean,
  connections: Connections,
): Promise<FoundState> {
  const { connection: id = '', request } = entry;
  try {
    const found = isMissing
      ? await connections.get(id)
      : await getConfirmed(connections, { id, ...request });
    return found.setupState ?? 'incomplete';
  } catch (thrown) {
    const error = asLinkError(thrown);
    return error.code === 'unknown-connection' ? 'gone' : error;
  }
}
