import type { Connections, LookupResult } from '../../fivetran/connections.ts';
import { createOnce } from '../../fivetran/create-once.ts';
import type { WaitBudget } from '../../http/wait-budget.ts';
import {
  type Card,
  type CardShape,
  type Connection,
  connectionName,
  type NewConnection,
} from '../../model/connection.ts';
import { asLinkError, cancelled } from '../../model/errors.ts';
import type {
  DryRunRequest,
  KnownParts,
  LinkObserver,
  LinkPolicy,
  LinkRequest,
  LinkResult,
} from '../../model/link.ts';

/** What it takes to create a link. */
interface LinkContext {
  connections: Connections;
  /** Where names are looked up: Fivetran, or a listing of it. */
  lookUp: Pick<Connections, 'named'>;
  budget: WaitBudget;
  policy: LinkPolicy;
  log: { info(line: string): void; notice(line: string): void; warning(line: string): void };
}

/**
 * Creates the link for one request: looks whether the connection exists, creates it or uses it, and
 * asks for its card. Never throws: a failure is a result that also has what was created before it.
 * @param observer told of connection and card as soon as they are known
 */
export async function createLink(
  request: LinkRequest,
  context: LinkContext,
  observer: LinkObserver,
): Promise<LinkResult> {
  const { target } = request;
  let known: KnownParts = { target };
  const noting: LinkObserver = {
    onConnection: (connection, created) => {
      known = { ...known, connection, created };
      observer.onConnection(connection, created);
    },
    onCard: (card) => {
      known = { ...known, card };
      observer.onCard(card);
    },
  };
  try {
    const ending =
      request.kind === 'existing'
        ? await linkExisting(request, context, noting)
        : await linkNamed(request.connection, context, noting);
    return { target, ...ending };
  } catch (error) {
    return { ...known, outcome: 'failed', error: asLinkError(error) };
  }
}

type Ending =
  | { outcome: 'linked'; connection: Connection; created: boolean; card: Card }
  | { outcome: 'connected'; connection: Connection; created: false }
  | { outcome: 'dry-run'; connection?: Connection; created?: false; wouldSend: DryRunRequest };

async function linkExisting(
  { connectionId, card }: LinkRequest & { kind: 'existing' },
  context: LinkContext,
  observer: LinkObserver,
): Promise<Ending> {
  const connection = await context.connections.get(connectionId);
  observer.onConnection(connection, false);
  return cardForExisting(connection, card, context, observer);
}

async function linkNamed(
  wanted: NewConnection,
  context: LinkContext,
  observer: LinkObserver,
): Promise<Ending> {
  const { connections, lookUp, budget, policy, log } = context;
  const name = connectionName(wanted);
  let before: LookupResult | undefined;
  // A dry run looks in any case: it finds a wrong key or group out without writing anything.
  if (policy.onExisting !== 'ignore' || policy.dryRun) {
    before = await lookUp.named(wanted.groupId, name);
    log.info(`Connection ${name} in group ${wanted.groupId}: ${describe(before.connections)}`);
    if (before.connections.length > 0 && policy.onExisting !== 'ignore') {
      const existing = await choose(wanted, before.connections, policy);
      if (existing) return useExisting(existing, wanted, context, observer);
    }
  }
  if (policy.dryRun) return { outcome: 'dry-run', wouldSend: connections.createRequest(wanted) };

  if (budget.ended) throw cancelled('The run was cancelled before this was created.');
  const creation = await createOnce(wanted, before?.date, {
    connections,
    budget,
    log,
    onCreated: (connection) => observer.onConnection(connection, true),
  });
  if (creation.outcome === 'taken') {
    // Somebody else created it between our look and our request, or nobody had looked.
    const existing = await choose(wanted, creation.existing, policy);
    if (!existing) throw creation.refusal;
    return useExisting(existing, wanted, context, observer);
  }
  const { connection, card } = creation;
  log.info(`Created connection ${connection.id} (${wanted.service}, ${name}).`);
  if (card) observer.onCard(card);
  const usable = card ?? (await freshCard(connection, wanted.card, context, observer));
  return { outcome: 'linked', connection, created: true, card: usable };
}

/** The connection to go on with; loaded late, as most links are for a new connection. */
async function choose(
  wanted: NewConnection,
  existing: readonly Connection[],
  { onExisting }: LinkPolicy,
): Promise<Connection | undefined> {
  const { chooseExisting } = await import('./choose-existing.ts');
  return chooseExisting(wanted, existing, onExisting);
}

/** Goes on with a connection that has the wanted name and wasn't created by this run. */
async function useExisting(
  connection: Connection,
  wanted: NewConnection,
  context: LinkContext,
  observer: LinkObserver,
): Promise<Ending> {
  observer.onConnection(connection, false);
  const { id, name, setupState } = connection;
  if (Object.keys(wanted.config).length > 0 || Object.keys(wanted.settings).length > 0) {
    context.log.notice(
      `Connection ${name} exists and stays as it is: config and settings are ignored.`,
    );
  }
  if (setupState === 'connected') {
    context.log.notice(`Connection ${name} (${id}) is already connected: no link needed.`);
    return { outcome: 'connected', connection, created: false };
  }
  return cardForExisting(connection, wanted.card, context, observer);
}

async function cardForExisting(
  connection: Connection,
  shape: CardShape,
  context: LinkContext,
  observer: LinkObserver,
): Promise<Ending> {
  if (context.policy.dryRun) {
    const wouldSend = context.connections.cardRequest(connection.id, shape);
    return { outcome: 'dry-run', connection, created: false, wouldSend };
  }
  const card = await freshCard(connection, shape, context, observer);
  return { outcome: 'linked', connection, created: false, card };
}

async function freshCard(
  { id }: Connection,
  shape: CardShape,
  { connections, log }: LinkContext,
  observer: LinkObserver,
): Promise<Card> {
  const card = await connections.createCard(id, shape);
  observer.onCard(card);
  log.info(`Created a Connect Card for connection ${id}.`);
  return card;
}

function describe(existing: readonly Connection[]): string {
  if (existing.length === 0) return "doesn't exist yet.";
  const each = existing.map(
    ({ id, setupState }) => `${id} (${setupState ?? 'setup state unknown'})`,
  );
  return `exists as ${each.join(', ')}.`;
}
