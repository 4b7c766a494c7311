import { getConfirmed } from '../../fivetran/confirmed.ts';
import type { Connections } from '../../fivetran/connections.ts';
import { sameService } from '../../fivetran/services.ts';
import type { Connection } from '../../model/connection.ts';
import { asLinkError, LinkError } from '../../model/errors.ts';
import {
  type ApprovedRequest,
  type CreateIntent,
  type Entry,
  nameOf,
  newEntry,
} from '../../model/issue-record.ts';
import type { NamedRequest } from '../../model/link.ts';
import { approvedOf, sameRequest } from '../entries.ts';
import { type GroupSurvey, inTheWay } from './group-survey.ts';

/** What is to be done about one connection of an issue. */
export type Task = {
  request: NamedRequest;
  entry: Entry;
  /** Entries whose connections were deleted, and that this one takes the place of. */
  replaces?: readonly Entry[];
} & (
  | {
      kind: 'create';
      /** Fivetran's time of the look that found no such connection, in milliseconds. */
      unseenAt: number;
      /** Create requests of earlier runs that may still have an effect. */
      earlier: CreateIntent[];
    }
  /** An earlier run created it, and died before it could say so. */
  | { kind: 'adopt'; connection: Connection }
  | {
      kind: 'renew';
      /** The connection as Fivetran has it, or why that isn't known. */
      found: Promise<Connection | LinkError>;
      /** Whether it is created again if it was deleted: a maintainer has just approved it. */
      approved: boolean;
    }
  | { kind: 'refuse'; error: LinkError }
  /** Another run created its link after this one was asked for. */
  | { kind: 'skip' }
);

/** How this run is to plan. */
export interface Planning {
  connections: Connections;
  survey: GroupSurvey;
  /** The connections on record. */
  entries: readonly Entry[];
  /** A link that was created after this needs no renewing: GitHub's time, in milliseconds. */
  requestedAt: number;
  /** GitHub's time of reading the record, in milliseconds. */
  date: number;
  /** This machine's time, in milliseconds, at which this run has sent its last request. */
  end: number;
  /** This machine's time, in milliseconds. */
  now(): number;
}

/** Plans for what was approved: what is new is created, what is on record is renewed. */
export async function planApproved(
  requests: readonly NamedRequest[],
  requestFor: (approved: ApprovedRequest) => NamedRequest,
  planning: Planning,
): Promise<Task[]> {
  const tasks = await Promise.all(
    requests.map((request) =>
      planRequest(request, planning).catch((thrown) => unplanned(request, planning, thrown)),
    ),
  );
  const rest = planning.entries.filter(
    (entry) =>
      entry.connection !== undefined &&
      !tasks.some((task) => task.entry === entry || task.replaces?.includes(entry)),
  );
  return [
    ...tasks,
    ...rest.map((entry) => planRenewal(entry, requestFor(entry.request), planning)),
  ];
}

/** Plans a fresh link for a connection on record, or to end what an earlier run has begun. */
export async function planEntry(
  entry: Entry,
  request: NamedRequest,
  planning: Planning,
): Promise<Task> {
  if (entry.connection !== undefined) return planRenewal(entry, request, planning);
  return planCreation(entry, request, planning).catch((thrown) =>
    unplanned(request, planning, thrown),
  );
}

async function planRequest(request: NamedRequest, planning: Planning): Promise<Task> {
  const approved = approvedOf(request);
  const ofService = planning.entries.filter((entry) =>
    sameService(entry.request.service, approved.service),
  );
  const same = ofService.find((entry) => sameRequest(entry.request, approved));
  if (same?.connection !== undefined) return planRenewal(same, request, planning, true);
  if (same) return planCreation(same, request, planning);
  const others = ofService.filter(({ connection }) => connection !== undefined);
  for (const entry of others) {
    if (await exists(entry, planning)) {
      return { kind: 'refuse', request, entry, error: different() };
    }
  }
  for (const entry of ofService.filter(({ intents }) => intents.length > 0)) {
    if ((await createdFor(entry, planning.survey)).length > 0) {
      return { kind: 'refuse', request, entry, error: different() };
    }
  }
  const task = await planCreation(newEntry(approved), request, planning);
  return others.length > 0 ? { ...task, replaces: others } : task;
}

/** A request that couldn't be planned for: the others can. */
function unplanned(request: NamedRequest, { entries }: Planning, thrown: unknown): Task {
  const approved = approvedOf(request);
  const known = entries.find((entry) => sameRequest(entry.request, approved));
  const error = asLinkError(thrown);
  return { kind: 'refuse', request, entry: known ?? newEntry(approved), error };
}

/** Plans to create a connection, or to take over the one that an earlier run created for the issue. */
export async function planCreation(
  entry: Entry,
  request: NamedRequest,
  { survey, entries, end }: Planning,
): Promise<Task> {
  const { connections, date, readAt } = await survey.of(entry.request.group);
  const own = new Set(entries.map(({ connection }) => connection));
  const [created, ...more] = await createdFor(entry, survey);
  if (created && more.length === 0) return { kind: 'adopt', request, entry, connection: created };
  const others = inTheWay(connections, entry.request).filter(({ id }) => !own.has(id));
  if (others.length > 0) {
    const error = created ? severalOf(entry.request) : nameRefused();
    return { kind: 'refuse', request, entry: { ...entry, intents: [] }, error };
  }
  const intent = { unseenAt: date, until: date + (end - readAt) };
  return {
    kind: 'create',
    request,
    entry: { ...entry, state: 'creating', intents: [...entry.intents, intent] },
    unseenAt: date,
    earlier: entry.intents,
  };
}

function planRenewal(
  entry: Entry,
  request: NamedRequest,
  { connections, requestedAt, date }: Planning,
  approved = false,
): Task {
  // A run may have waited for so long that even a newer link has expired.
  const works = entry.state === 'ready' && date < entry.expires;
  if (works && entry.renewed > requestedAt) return { kind: 'skip', request, entry };
  const found = lookUp(entry, connections);
  return { kind: 'renew', request, entry, found, approved };
}

/** The connection of an entry as Fivetran has it, or why that isn't known. */
function lookUp(
  { connection: id = '', request }: Entry,
  connections: Connections,
): Promise<Connection | LinkError> {
  return getConfirmed(connections, { id, ...request }).catch(asLinkError);
}

async function exists(entry: Entry, { connections }: Planning): Promise<boolean> {
  const found = await lookUp(entry, connections);
  if (!(found instanceof LinkError)) return true;
  if (found.code === 'unknown-connection') return false;
  throw found;
}

/** The connections that can be an entry's: of its name and type, created while its runs could do so. */
async function createdFor(entry: Entry, survey: GroupSurvey): Promise<Connection[]> {
  const { connections } = await survey.of(entry.request.group);
  return connections.filter((connection) => canBeOf(entry.request, entry.intents, connection));
}

/** Whether a connection can be what create requests for an approved request have created. */
export function canBeOf(
  request: ApprovedRequest,
  intents: readonly CreateIntent[],
  { name, service, createdAt }: Connection,
): boolean {
  return (
    name === nameOf(request) &&
    sameService(service, request.service) &&
    intents.some(({ unseenAt, until }) => createdAt >= unseenAt && createdAt <= until)
  );
}

/** The error where a name belongs to something else; what that is isn't said. */
export function nameRefused(): LinkError {
  return new LinkError(
    'not-this-issues',
    "The name is in use in this group, or overlaps one that is, and that connection isn't on this issue's record.",
    'Choose another schema. If the connection belongs to this issue, a maintainer can add it to the record: operation: link with its connection-id and the issue-number.',
  );
}

function severalOf(request: ApprovedRequest): LinkError {
  return new LinkError(
    'duplicate-connection',
    `Several connections in group ${request.group} are named ${nameOf(request)}. Nothing was deleted.`,
    'Delete the unwanted ones in Fivetran. A maintainer can then add the other one to the record: operation: link with its connection-id and the issue-number.',
  );
}

function different(): LinkError {
  return new LinkError(
    'different-request',
    'The form asks for another schema or group than the existing connection of this service has.',
    'Open a new issue for another connection, or restore the previous values in the form.',
  );
}
