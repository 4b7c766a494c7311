import { getConfirmed } from '../../fivetran/confirmed.ts';
import type { Connections } from '../../fivetran/connections.ts';
import type { Connection, SetupState } from '../../model/connection.ts';
import { asLinkError, LinkError, NotBegun } from '../../model/errors.ts';
import type { Entry } from '../../model/issue-record.ts';
import { CircuitBreaker } from '../circuit-breaker.ts';
import { inParallel } from '../workers.ts';

/** How a connection stands: `gone` when it was deleted, an error when that couldn't be found out. */
type StateOrError = SetupState | 'gone' | LinkError;

/** That a response has no state of a connection that is known: others may have one, so it is no outage. */
class UnknownState extends LinkError {
  constructor(id: string) {
    super(
      'bad-answer',
      `Fivetran's response lacks the setup state of connection ${id}, or has one that this version doesn't know.`,
      'Look at the connection in Fivetran, and check whether this action has a newer version.',
    );
  }
}

/** How connections stand, by their ids. */
export type SetupStates = ReadonlyMap<string, StateOrError>;

/**
 * Reads how the connections of many entries stand: from a listing of their group where that takes
 * fewer requests than asking for each, otherwise one by one. Stops where all requests would fail alike.
 * @returns an error for each connection that couldn't be read, alike where the reason is the same;
 *   nothing for those that weren't read because the run was stopped
 */
export async function readSetupStates(
  entries: readonly Entry[],
  connections: Connections,
  concurrency: number,
  stopped: () => boolean,
): Promise<SetupStates> {
  const states = new Map<string, StateOrError>();
  const breaker = new CircuitBreaker();
  const groups = Map.groupBy(
    entries.filter(({ connection }) => connection !== undefined),
    ({ request }) => request.group,
  );
  const single: Array<[Entry, boolean]> = [];
  await inParallel(
    [...groups],
    concurrency,
    async ([group, members]) => {
      const listed =
        breaker.refusal() ?? (await list(group, members, states, connections).catch(asLinkError));
      if (listed !== 'none' && !(listed instanceof NotBegun)) {
        breaker.observe(listed instanceof LinkError ? listed : undefined);
      }
      for (const entry of members) {
        const { connection = '' } = entry;
        if (listed instanceof LinkError) states.set(connection, listed);
        else if (!states.has(connection)) single.push([entry, listed === 'whole']);
      }
    },
    { stopped },
  );
  await inParallel(
    single,
    concurrency,
    async ([entry, isListed]) => {
      const { connection = '' } = entry;
      const refused = breaker.refusal();
      const state = refused ?? (await ask(entry, isListed, connections));
      if (!refused) breaker.observe(outageIn(state));
      states.set(connection, state);
    },
    { stopped },
  );
  return states;
}

/** How far a group's listing was read. */
type Extent = 'none' | 'part' | 'whole';

/**
 * Reads a group's listing for as long as it can save requests: no more pages than there are
 * connections to find, and none for a single one.
 */
async function list(
  group: string,
  members: readonly Entry[],
  states: Map<string, StateOrError>,
  connections: Connections,
): Promise<Extent> {
  if (members.length === 1) return 'none';
  const missing = new Set(members.map(({ connection }) => connection ?? ''));
  let pages = 0;
  for await (const page of connections.pages(group, { limit: '1000' })) {
    for (const connection of page.connections) {
      if (missing.delete(connection.id)) states.set(connection.id, stateOf(connection));
    }
    pages += 1;
    if (missing.size === 0 || pages >= members.length) return 'part';
  }
  return 'whole';
}

/**
 * Asks for one connection. That it was deleted is believed only when two responses say so.
 * @param isMissing whether the whole listing of its group lacks it
 */
async function ask(
  entry: Entry,
  isMissing: boolean,
  connections: Connections,
): Promise<StateOrError> {
  const { connection: id = '', request } = entry;
  try {
    return stateOf(
      isMissing ? await connections.get(id) : await getConfirmed(connections, { id, ...request }),
    );
  } catch (thrown) {
    const error = asLinkError(thrown);
    return error.code === 'unknown-connection' ? 'gone' : error;
  }
}

/** A connection's state; an error for one that this version doesn't know. */
function stateOf({ id, setupState }: Connection): SetupState | LinkError {
  return setupState ?? new UnknownState(id);
}

/** A failure that other connections may have as well. */
export function outageIn(failure: unknown): LinkError | undefined {
  return failure instanceof LinkError && !(failure instanceof UnknownState) ? failure : undefined;
}
