import type { Connections } from '../../fivetran/connections.ts';
import { LOOKS_MS, unclear } from '../../fivetran/create-again.ts';
import { createOnce } from '../../fivetran/create-once.ts';
import { duplicates, refuseSeveral } from '../../fivetran/duplicates.ts';
import type { WaitBudget } from '../../http/wait-budget.ts';
import type { Card, Connection } from '../../model/connection.ts';
import { asLinkError, LinkError } from '../../model/errors.ts';
import { type Entry, nameOf } from '../../model/issue-record.ts';
import type { KnownParts, LinkObserver, LinkResult } from '../../model/link.ts';
import { fingerprintOf } from '../../report/links-in-comment.ts';
import type { Runner } from '../../runner/runner.ts';
import { needsLook, pausedMark, withoutLink } from '../entries.ts';
import { afterFailure } from './after-failure.ts';
import { canBeOf, nameRefused, type Planning, planCreation, type Task } from './plan.ts';

/** What it takes to do what was planned, as long as the issue is claimed. */
export interface Workshop {
  /** Whose requests end with the claim. */
  connections: Connections;
  budget: WaitBudget;
  log: Pick<Runner, 'info' | 'notice' | 'warning'>;
  planning: Planning;
  /** GitHub's time of the claim, in milliseconds. */
  claimedAt: number;
  /** Writes down what is about to be created, where that wasn't planned. */
  announce(entry: Entry): Promise<void>;
}

/** What became of one connection of an issue: for the record, and for the results. */
export interface Done {
  entry: Entry;
  result: LinkResult;
}

/**
 * Does what was planned for one connection. Never throws: a failure is a result, and on record what
 * exists, or may.
 */
export async function carryOut(task: Task, shop: Workshop, observer: LinkObserver): Promise<Done> {
  const known: KnownParts = { target: task.request.target };
  const watch: LinkObserver = {
    ...observer,
    onConnection(connection, created) {
      Object.assign(known, { connection, created });
      observer.onConnection(connection, created);
    },
  };
  try {
    return await attempt(task, shop, watch, known);
  } catch (thrown) {
    const error = asLinkError(thrown);
    const entry = afterFailure(task, error, known, shop.planning);
    return { entry, result: { ...known, outcome: 'failed', error } };
  }
}

async function attempt(
  task: Task,
  shop: Workshop,
  watch: LinkObserver,
  known: KnownParts,
): Promise<Done> {
  switch (task.kind) {
    case 'refuse':
      throw task.error;
    case 'skip':
      return {
        entry: task.entry,
        result: { ...known, outcome: 'skipped', reason: 'Another run has just created this link.' },
      };
    case 'create':
      return finish(task, await create(task, shop, watch), shop, watch, known);
    case 'adopt': {
      shop.log.info(`An earlier run created connection ${task.connection.id} for this issue.`);
      watch.onConnection(task.connection, true);
      await refuseSeveral(task.request.connection, task.connection, shop.connections);
      return finish(task, { connection: task.connection }, shop, watch, known);
    }
    case 'renew':
      return renew(task, shop, watch, known);
  }
}

interface Created {
  connection: Connection;
  card?: Card | undefined;
}

/** Creates a connection once, unless the create request of an earlier run turns out to have done so. */
async function create(
  task: Task & { kind: 'create' },
  shop: Workshop,
  watch: LinkObserver,
): Promise<Created> {
  const { connections, budget, log } = shop;
  const wanted = task.request.connection;
  const appeared = await lookForEarlier(task, shop);
  if (appeared) {
    watch.onConnection(appeared, true);
    return { connection: appeared };
  }
  const creation = await createOnce(wanted, task.unseenAt, {
    connections,
    budget,
    log,
    contested: true,
    onCreated: (connection) => watch.onConnection(connection, true),
  });
  if (creation.outcome === 'taken') {
    throw task.earlier.length > 0 ? unclear(wanted, creation.refusal) : nameRefused();
  }
  const { connection, card } = creation;
  log.info(
    `Created connection ${connection.id} (${wanted.service}, ${nameOf(task.entry.request)}).`,
  );
  await refuseSeveral(wanted, connection, connections);
  return { connection, card };
}

/**
 * Looks, at growing intervals, whether the create request of a run that died still has an effect: as
 * long as that is possible.
 */
async function lookForEarlier(
  { entry, request, earlier, unseenAt }: Task & { kind: 'create' },
  { connections, budget, log }: Workshop,
): Promise<Connection | undefined> {
  if (!earlier.some(({ until }) => until > unseenAt)) return undefined;
  log.info(`An earlier run may have created ${nameOf(entry.request)}: looking before creating it.`);
  for (const pause of LOOKS_MS) {
    if (!(await budget.wait(pause))) throw stillOpen(nameOf(entry.request));
    const look = await connections.named(entry.request.group, nameOf(entry.request));
    const found = look.connections.filter((one) => canBeOf(entry.request, earlier, one));
    if (found[0] && look.connections.length > 1) {
      throw duplicates(request.connection, look.connections);
    }
    if (found[0]) return found[0];
    if (look.connections.length > 0) throw nameRefused();
  }
  return undefined;
}

/** A fresh link for a connection on record. */
async function renew(
  task: Task & { kind: 'renew' },
  shop: Workshop,
  watch: LinkObserver,
  known: KnownParts,
): Promise<Done> {
  const { entry, request } = task;
  const found = await task.found;
  if (!(found instanceof LinkError)) {
    watch.onConnection(found, false);
    if (needsLook(entry)) await refuseSeveral(request.connection, found, shop.connections);
    return finish(task, { connection: found }, shop, watch, known);
  }
  if (found.code !== 'unknown-connection') throw found;
  shop.log.notice(`${found.message} It was created for this issue.`);
  if (!task.approved) {
    return {
      entry: { ...entry, state: 'gone', expires: 0 },
      result: { ...known, outcome: 'failed', error: found },
    };
  }
  // None of this is true of the connection that is created in its place.
  const { connection, since, paused, starting, started, ...rest } = entry;
  const again = await planCreation({ ...rest, intents: [], renewed: 0 }, request, shop.planning);
  if (again.kind === 'create') await shop.announce(again.entry);
  return carryOut(again, shop, watch);
}

/** Gets a card for a connection, unless it is connected and needs none. */
async function finish(
  { entry, request }: Task,
  { connection, card: given }: Created,
  { connections, log, claimedAt }: Workshop,
  watch: LinkObserver,
  known: KnownParts,
): Promise<Done> {
  const made = {
    ...withoutLink(entry),
    connection: connection.id,
    intents: [],
    ...pausedMark(request, known.created),
  };
  if (connection.setupState === 'connected') {
    log.notice(`Connection ${connection.id} is already connected, so it needs no link.`);
    return {
      entry: { ...made, state: 'connected', expires: 0 },
      result: { ...known, outcome: 'connected', connection },
    };
  }
  const card = given ?? (await connections.createCard(connection.id, request.connection.card));
  if (!given) log.info(`Created a Connect Card for connection ${connection.id}.`);
  watch.onCard(card);
  const link = {
    link: fingerprintOf(card.link),
    expires: card.expiresAt.getTime(),
    since: entry.since ?? claimedAt,
    ...(connection.setupState === 'broken' && { repairs: true as const }),
  };
  return {
    entry: { ...made, ...link, state: 'ready', renewed: claimedAt },
    result: { ...known, outcome: 'linked', connection, created: known.created === true, card },
  };
}

function stillOpen(name: string): LinkError {
  return new LinkError(
    'create-unknown',
    `An earlier run may still be creating connection ${name}, and max-wait is spent.`,
    'Run the job again in a few minutes: it finds the connection if it was created.',
  );
}
