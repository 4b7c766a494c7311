import type { Connections, LookupResult } from '../../fivetran/connections.ts';
import { type CreateContext, createOnce } from '../../fivetran/create-once.ts';
import { duplicates } from '../../fivetran/duplicates.ts';
import { sameService } from '../../fivetran/services.ts';
import type { TransportOptions } from '../../http/transport.ts';
import {
  type Card,
  type CardShape,
  type Connection,
  connectionName,
  type NewConnection,
} from '../../model/connection.ts';
import { asLinkError, cancelled, LinkError } from '../../model/errors.ts';
import type { LinkRequest, LinkResult, OnExisting } from '../../model/link.ts';

export interface LinkOptions extends Omit<CreateContext, 'made'> {
  /** What is asked whether a connection is there, if not Fivetran for each one. */
  lookUp?: Pick<Connections, 'named'>;
  onExisting: OnExisting;
  dryRun: boolean;
  log: CreateContext['log'] & TransportOptions['log'] & { notice(line: string): void };
  /** Told of a card before anything else is done with it, so that it can be masked. */
  onCard(card: Card): void;
  /** Shows the request that a dry run doesn't send. */
  onDryRun(request: { path: string; body?: Record<string, unknown> }): void;
}

/**
 * Makes the link for one request: looks whether the connection is there, makes it or uses it, and
 * asks for its card. Never throws: a failure is a result that also has what was made before it.
 * @param result filled in as things happen, for those who may have to tell before the end
 */
export async function makeLink(
  request: LinkRequest,
  options: LinkOptions,
  result: LinkResult = { asked: request.asked, outcome: 'failed' },
): Promise<LinkResult> {
  result.begun = true;
  try {
    if (request.kind === 'existing') await linkExisting(request, options, result);
    else await linkNamed(request.connection, options, result);
  } catch (error) {
    result.outcome = 'failed';
    result.error = asLinkError(error);
  }
  return result;
}

async function linkExisting(
  { connectionId, card }: LinkRequest & { kind: 'existing' },
  options: LinkOptions,
  result: LinkResult,
): Promise<void> {
  result.connection = await options.connections.get(connectionId);
  result.created = false;
  await addCard(result.connection, card, options, result);
}

async function linkNamed(
  wanted: NewConnection,
  options: LinkOptions,
  result: LinkResult,
): Promise<void> {
  const { connections, lookUp = connections, onExisting, dryRun, log } = options;
  const name = connectionName(wanted);
  let before: LookupResult | undefined;
  // A dry run looks in any case: it finds a wrong key or group out without writing anything.
  if (onExisting !== 'ignore' || dryRun) {
    before = await lookUp.named(wanted.groupId, name);
    log.info(`Connection ${name} in group ${wanted.groupId}: ${tell(before.connections)}`);
    if (before.connections.length > 0 && onExisting !== 'ignore') {
      return await useExisting(wanted, before.connections, options, result);
    }
  }
  if (dryRun) {
    options.onDryRun(connections.createRequest(wanted));
    result.outcome = 'dry-run';
    return;
  }

  if (options.budget.ended) throw cancelled('The run was told to stop before this was made.');
  const creation = await createOnce(wanted, before?.date, {
    ...options,
    made: (connection) => {
      result.connection = connection;
      result.created = true;
    },
  });
  if (creation.outcome === 'taken') {
    // Somebody else made it between our look and our request, or nobody had looked.
    return await useExisting(wanted, creation.found, options, result);
  }
  const { connection, card } = creation;
  log.info(`Made connection ${connection.id} (${wanted.service}, ${name}).`);
  if (card) return deliver(card, options, result);
  await addCard(connection, wanted.card, options, result);
}

/** Goes on with a connection that has the wanted name and isn't of this run's making. */
async function useExisting(
  wanted: NewConnection,
  found: Connection[],
  options: LinkOptions,
  result: LinkResult,
): Promise<void> {
  const name = connectionName(wanted);
  const [connection, ...more] = found.filter(({ service }) => sameService(service, wanted.service));
  if (!connection || options.onExisting !== 'reuse') throw nameTaken(wanted, found, options);
  if (more.length > 0) throw duplicates(name, [connection, ...more]);

  result.connection = connection;
  result.created = false;
  if (Object.keys(wanted.config).length > 0 || Object.keys(wanted.settings).length > 0) {
    options.log.notice(
      `Connection ${name} exists and stays as it is: config and settings are ignored.`,
    );
  }
  if (connection.setupState === 'connected') {
    options.log.notice(
      `Connection ${name} (${connection.id}) is connected already: no link needed.`,
    );
    result.outcome = 'connected';
    return;
  }
  await addCard(connection, wanted.card, options, result);
}

async function addCard(
  connection: Connection,
  shape: CardShape,
  options: LinkOptions,
  result: LinkResult,
): Promise<void> {
  if (options.dryRun) {
    options.onDryRun(options.connections.cardRequest(connection.id, shape));
    result.outcome = 'dry-run';
    return;
  }
  const card = await options.connections.makeCard(connection.id, shape);
  options.log.info(`Made a Connect Card for connection ${connection.id}.`);
  deliver(card, options, result);
}

function deliver(card: Card, options: LinkOptions, result: LinkResult): void {
  options.onCard(card);
  result.card = card;
  result.outcome = 'linked';
}

function tell(found: Connection[]): string {
  if (found.length === 0) return 'not there yet.';
  return `${found.map(({ id, setupState }) => `there as ${id}, ${setupState ?? 'state unknown'}`).join('; ')}.`;
}

function nameTaken(
  wanted: NewConnection,
  found: Connection[],
  { onExisting }: LinkOptions,
): LinkError {
  const who = found.map(({ id, service }) => `${id} (${service})`).join(', ');
  const fixes = {
    reuse: 'Choose another schema, or the service that the connection has.',
    fail: 'Choose another schema, or set on-existing: reuse to get a link for the connection that is there.',
    ignore:
      'Choose another schema, or set on-existing: reuse: Fivetran refuses a second connection of this name.',
  };
  return new LinkError(
    'name-taken',
    `The name ${connectionName(wanted)} is in use in group ${wanted.groupId}: ${who}.`,
    fixes[onExisting],
  );
}
