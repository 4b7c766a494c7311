import type { ApprovedRequest, MadeRecord } from '../../github/record.ts';
import { checkRequest } from '../../inputs/check-request.ts';
import type { NamedRequest } from '../../issue-form/issue-request.ts';
import type { Card } from '../../model/connection.ts';
import { asLinkError, InputError, LinkError, type Problem } from '../../model/errors.ts';
import {
  connectedText,
  differentRequestText,
  goneText,
  handedOverText,
  linkText,
  type Subject,
} from '../../report/comment.ts';
import { putFreshCard } from './fresh-card.ts';
import { approvedOf, found, type Job, sameRequest, say, subjectOf, Told } from './job.ts';
import { begin } from './make.ts';

/**
 * Makes a fresh link for the connection that this record names.
 * @param asked what was approved just now; undefined for the command, which approves nothing
 */
export async function renew(
  job: Job,
  made: MadeRecord,
  asked: NamedRequest | undefined,
): Promise<void> {
  const { connections, options, label } = job;
  const request = requestOf(job, made);
  if (!asked) job.result.target = request.target;
  const connection = await connections.get(made.connection).catch((error) => {
    if (error instanceof LinkError && error.code === 'unknown-connection') return error;
    throw error;
  });
  if (connection instanceof LinkError) {
    options.log.notice(`${connection.message} It was made for this issue.`);
    if (asked) return begin(job, asked, made.round + 1);
    throw new Told(connection, goneText(subjectOf(made), label));
  }
  found(job, connection, false);
  if (asked && !sameRequest(made, approvedOf(asked))) refuseDifferent(made);
  await linkFor(job, request, made, true);
}

/** A link for a connection that is this issue's, unless it is connected and needs none. */
export async function linkFor(
  job: Job,
  request: NamedRequest,
  made: MadeRecord,
  renewed: boolean,
): Promise<void> {
  const { connections, options, result } = job;
  if (result.connection?.setupState === 'connected') {
    options.log.notice(`Connection ${made.connection} is connected already: no link needed.`);
    result.outcome = 'connected';
    job.keep();
    const record: MadeRecord = { ...made, state: 'connected', expires: 0 };
    const text = connectedText(subjectOf(made));
    return comment(made.connection, () => say(job, record, text));
  }
  if (options.dryRun) {
    result.unsent = connections.cardRequest(made.connection, request.connection.card);
    result.outcome = 'dry-run';
    return;
  }
  await deliver(job, request, made, undefined, renewed);
}

/**
 * Hands the link out: to the outputs first, where it is safe, then to the comment.
 * @param given a card that came with the connection; without one, it is made here
 */
export async function deliver(
  job: Job,
  request: NamedRequest,
  made: MadeRecord,
  given: Card | undefined,
  renewed: boolean,
): Promise<void> {
  const { connections, options, result, thread } = job;
  let first = given;
  await putFreshCard(
    async () => {
      const card =
        first ?? (await connections.createCard(made.connection, request.connection.card));
      if (!first) options.log.info(`Created a Connect Card for connection ${made.connection}.`);
      first = undefined;
      options.onCard(card);
      result.card = card;
      result.outcome = 'linked';
      job.keep();
      return card;
    },
    async (card) => {
      const record: MadeRecord = { ...made, state: 'ready', expires: card.expiresAt.getTime() };
      const text = await cardText(job, subjectOf(made), card, renewed);
      return comment(made.connection, async () => {
        if (card !== given) return thread.sayAlone(record, text);
        // Nobody takes a connection over before its run has had a second to say so.
        if (Date.now() - job.claimedAt > 1000 && (await thread.hasChanged())) return false;
        await thread.say(record, text);
        return true;
      });
    },
  );
}

/** Said where a comment leaves a link out. */
export const PUBLIC =
  'The repository is public, so the comment has no link: hand on the outputs, or set allow-public-comment. (public-repository)';

/** The words for a card: with its link only where those who can read it may have it. */
export async function cardText(
  { mayShowLink, options }: Pick<Job, 'mayShowLink' | 'options'>,
  subject: Subject,
  card: Card,
  renewed: boolean,
): Promise<string> {
  if (await mayShowLink()) return linkText(subject, card, renewed);
  options.log.notice(PUBLIC);
  return handedOverText(subject, card);
}

async function comment<T>(connection: string, write: () => Promise<T>): Promise<T> {
  return write().catch((thrown) => {
    throw new Told(notCommented(asLinkError(thrown), connection), undefined);
  });
}

/** The error where everything was made and only the comment couldn't be written. */
export function notCommented(error: LinkError, connection: string): LinkError {
  return new LinkError(
    error.code,
    `Connection ${connection} is there, and what was made is in the step's outputs, but the issue doesn't say so. ${error.message}`,
    error.fix,
    { cause: error },
  );
}

/** The same issue asks for something else than what was made for it. */
export function refuseDifferent(made: MadeRecord): never {
  const error = new LinkError(
    'different-request',
    'The issue asks for something else than what was approved and made before.',
    'Open a new issue for another connection, or put the old values back.',
  );
  throw new Told(error, differentRequestText(subjectOf(made)));
}

/** The request that a record tells of, with the workflow's own config, settings and card. */
export function requestOf(
  { fields }: Job,
  { group, service, schema, table }: ApprovedRequest,
): NamedRequest {
  const problems: Problem[] = [];
  const request = checkRequest(
    { ...fields, connectionId: '', groupId: group, service, schema, table: table ?? '' },
    { problem: (problem) => problems.push(problem), warning: () => {} },
  );
  if (request?.kind !== 'named') throw new InputError(problems);
  return request;
}
