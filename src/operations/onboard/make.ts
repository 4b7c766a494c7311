import type { LookupResult } from '../../fivetran/connections.ts';
import { createOnce, isOf, LOOKS_MS, unclear } from '../../fivetran/create-once.ts';
import { duplicates } from '../../fivetran/duplicates.ts';
import type { IntentRecord } from '../../github/record.ts';
import type { NamedRequest } from '../../issue-form/issue-request.ts';
import { connectionName, type NewConnection } from '../../model/connection.ts';
import { LinkError } from '../../model/errors.ts';
import { nameRefusedText, preparingText } from '../../report/comment.ts';
import {
  approvedOf,
  Elsewhere,
  found,
  type Job,
  madeRecord,
  sameRequest,
  subjectOf,
  Told,
} from './job.ts';
import { deliver, linkFor, refuseDifferent, requestOf } from './renew.ts';

/**
 * Makes the connection for what was approved. Refuses when the name is in use, whoever uses it: this
 * issue has no record that says it is its own.
 * @param round one more than any round on record
 * @param unseenAt where an earlier run has looked already: the server's time, in milliseconds
 */
export async function begin(
  job: Job,
  request: NamedRequest,
  round: number,
  unseenAt?: number,
): Promise<void> {
  const { connections, thread, options, result } = job;
  const wanted = request.connection;
  const approved = approvedOf(request);
  const name = connectionName(wanted);
  let since = unseenAt;
  if (since === undefined) {
    const before = await connections.named(wanted.groupId, name);
    if (before.connections.length > 0) await refuseName(job, round);
    options.log.info(`Connection ${name} in group ${wanted.groupId}: doesn't exist yet.`);
    since = before.date;
  }
  if (options.dryRun) {
    result.unsent = connections.createRequest(wanted);
    result.outcome = 'dry-run';
    return;
  }
  const times = { unseenAt: since, at: thread.date };
  const intent: IntentRecord = { kind: 'intent', ...approved, ...times, round };
  if (!(await thread.claim(intent, preparingText(subjectOf(approved))))) {
    throw new Elsewhere('Another run is making the link for this issue.');
  }
  job.claimed = true;
  job.claimedAt = Date.now();
  const creation = await createOnce(wanted, since, {
    ...options,
    contested: true,
    onCreated: (connection) => found(job, connection, true),
  });
  if (creation.outcome === 'taken') {
    throw unseenAt === undefined ? nameRefused() : unclear(wanted, creation.refusal);
  }
  // An earlier run's request may have arrived after all, beside this one.
  if (unseenAt !== undefined) await refuseTwo(job, wanted, unseenAt);
  options.log.info(`Created connection ${creation.connection.id} (${wanted.service}, ${name}).`);
  await deliver(job, request, madeRecord(intent, creation.connection), creation.card, false);
}

async function refuseTwo(
  { connections }: Job,
  wanted: NewConnection,
  since: number,
): Promise<void> {
  const name = connectionName(wanted);
  const { connections: there } = await connections.named(wanted.groupId, name);
  const ours = there.filter((one) => isOf(wanted, one, since));
  if (ours.length > 1) throw duplicates(wanted, ours);
}

/** Goes on where an earlier run has stopped, unless that is still at work and finishes. */
export async function resume(
  job: Job,
  intent: IntentRecord,
  asked: NamedRequest | undefined,
): Promise<void> {
  const { connections, thread, options, longestRun } = job;
  const begun = requestOf(job, intent);
  if (!asked) job.result.target = begun.target;
  const name = connectionName(begun.connection);
  options.log.info(`An earlier run began to make ${name}. Looking whether it did.`);
  const changed = asked !== undefined && !sameRequest(intent, approvedOf(asked));
  const end = intent.at + longestRun;
  const over = thread.date > end;
  let look: LookupResult = { connections: [], date: intent.unseenAt };
  for (const pause of over ? [0] : LOOKS_MS) {
    if (!(await options.budget.wait(pause))) throw stillOpen(name);
    if (pause > 0) await stopIfFinished(job, intent);
    look = await connections.named(intent.group, name);
    // What was made later than that run can have made it is somebody else's, of the same name.
    const ours = look.connections.filter(
      (one) => isOf(begun.connection, one, intent.unseenAt) && one.createdAt <= end,
    );
    const [connection, ...more] = ours;
    if (more.length > 0) throw duplicates(begun.connection, ours);
    // Whoever has just made it may be about to say so: that run goes first.
    if (!connection || (pause === 0 && !over)) continue;
    options.log.info(`It did: connection ${connection.id}.`);
    found(job, connection, true);
    const made = madeRecord(intent, connection);
    return changed ? refuseDifferent(made) : linkFor(job, begun, made, false);
  }
  options.log.info("It didn't, or its request was lost.");
  if (changed) return begin(job, asked, intent.round + 1);
  if (look.connections.length > 0) {
    // The intent came to nothing, and mustn't be taken up again.
    job.claimed = true;
    throw nameRefused();
  }
  return begin(job, begun, intent.round + 1, look.date);
}

async function stopIfFinished({ thread }: Job, intent: IntentRecord): Promise<void> {
  await thread.read();
  const record = thread.latest?.record;
  if (record?.kind === 'intent' && record.round === intent.round) return;
  throw new Elsewhere('An earlier run has finished meanwhile.');
}

async function refuseName({ thread }: Job, round: number): Promise<never> {
  // Another run for this issue may have made it since the comments were read.
  await thread.read();
  const record = thread.latest?.record;
  if (record && record.kind !== 'note' && record.round >= round) {
    throw new Elsewhere('Another run has made the connection for this issue.');
  }
  throw nameRefused();
}

function nameRefused(): Told {
  const error = new LinkError(
    'not-this-issues',
    'A connection of that name is there, and it is not on record that it was made for this issue.',
    'Choose another schema. If it does belong to this issue, a maintainer says so: operation: link, with its connection-id and the issue-number.',
  );
  return new Told(error, nameRefusedText());
}

function stillOpen(name: string): LinkError {
  return new LinkError(
    'create-unknown',
    `An earlier run may still be making connection ${name}, and max-wait is spent.`,
    'Run the job again in a few minutes; it finds the connection if it was made.',
  );
}
