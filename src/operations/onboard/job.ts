import type { Connections } from '../../fivetran/connections.ts';
import { sameService } from '../../fivetran/services.ts';
import type { Trigger } from '../../github/event.ts';
import type { ApprovedRequest, IssueRecord, MadeRecord } from '../../github/record.ts';
import type { Repository } from '../../github/repository.ts';
import type { Thread } from '../../github/thread.ts';
import type { Fields } from '../../inputs/fields.ts';
import type { OnboardingRules } from '../../inputs/onboarding-inputs.ts';
import type { NamedRequest } from '../../issue-form/issue-request.ts';
import { type Connection, connectionName } from '../../model/connection.ts';
import type { LinkError } from '../../model/errors.ts';
import type { LinkResult } from '../../model/link.ts';
import type { Subject } from '../../report/comment.ts';
import type { LinkOptions } from '../link/make-link.ts';

/** One onboarding issue, and what a run needs to act on it. */
export interface Job {
  trigger: Trigger;
  /** What the workflow fixed. */
  fields: Fields;
  services: string[];
  rules: OnboardingRules;
  label: string;
  approvers: readonly string[];
  repository: Repository;
  thread: Thread;
  connections: Connections;
  /** Milliseconds after which whoever wrote an intent has certainly sent its last request. */
  longestRun: number;
  options: LinkOptions;
  /** What is known so far; it becomes the outputs. */
  result: LinkResult;
  /** Sets the outputs, before anything is written about what was made. */
  keep(): void;
  /** Whether a link may stand in a comment here. */
  mayShowLink(): Promise<boolean>;
  /** The page of this run. */
  runUrl: string;
  /** Whether who set this run off was found to be entitled to it. */
  approved: boolean;
  /** Whether what an intent stands for is for this run to end: its own, or one that came to nothing. */
  claimed: boolean;
  /** When this run announced a connection, by this machine's clock in milliseconds. */
  claimedAt: number;
}

/** A failure, and what those who read the issue are told of it; nothing if they aren't to be told. */
export class Told extends Error {
  readonly error: LinkError;
  readonly text: string | undefined;
  constructor(error: LinkError, text: string | undefined) {
    super(error.message);
    this.error = error;
    this.text = text;
  }
}

/** Another run is at work on the same issue, and says what there is to say. */
export class Elsewhere extends Error {}

/** Writes the issue's comment; a dry run writes none. */
export async function say({ options, thread }: Job, record: IssueRecord, text: string) {
  if (!options.dryRun) await thread.say(record, text);
}

/** Remembers a connection that is this issue's. */
export function found({ result }: Job, connection: Connection, created: boolean): void {
  result.connection = connection;
  result.created = created;
}

/** What was approved, in the record's terms. */
export function approvedOf({ connection }: NamedRequest): ApprovedRequest {
  const { groupId: group, service, schema, table } = connection;
  return { group, service, schema, ...(table !== undefined && { table }) };
}

/** Whether two requests would make the same connection. */
export function sameRequest(one: ApprovedRequest, other: ApprovedRequest): boolean {
  return (
    one.group === other.group &&
    sameService(one.service, other.service) &&
    subjectOf(one).name === subjectOf(other).name
  );
}

/** The record of a connection that was made for what was approved. */
export function madeRecord(
  { group, service, schema, table, round }: ApprovedRequest & { round: number },
  connection: Connection,
): MadeRecord {
  return {
    kind: 'made',
    round,
    group,
    service,
    schema,
    ...(table !== undefined && { table }),
    connection: connection.id,
    expires: 0,
    state: 'failed',
  };
}

/** What the comments speak about. */
export function subjectOf({ service, schema, table }: ApprovedRequest): Subject {
  return { service, name: connectionName({ schema, ...(table !== undefined && { table }) }) };
}
