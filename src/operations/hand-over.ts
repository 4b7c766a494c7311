import { nameFieldsOf } from '../fivetran/naming.ts';
import type { OpenIssue } from '../github/open.ts';
import type { MadeRecord } from '../github/record.ts';
import type { Connection } from '../model/connection.ts';
import { asLinkError } from '../model/errors.ts';
import { errorOf, type LinkResult } from '../model/link.ts';
import { connectedText, failedText, linksText } from '../report/comment.ts';
import { type IssueOptions, subjectOf } from './onboard/job.ts';
import { cardText, notCommented, PUBLIC } from './onboard/renew.ts';

/**
 * Says in an issue what became of a link that the workflow itself asked for, and puts on record that
 * the connection is this issue's: who writes the workflow may say so, unlike who writes the issue.
 * @throws LinkError when the comment can't be written
 */
export async function announce(
  result: LinkResult,
  { thread, mayShowLink, runUrl }: OpenIssue,
  options: IssueOptions,
): Promise<void> {
  const { outcome, connection, card } = result;
  const error = errorOf(result);
  if (outcome === 'dry-run') return;
  try {
    await thread.read();
    const before = thread.latest?.record;
    if (error || !connection) {
      const text = failedText(error ?? { code: 'internal' }, {
        connectionId: connection?.id,
        runUrl,
      });
      const kept = before?.kind === 'made' ? { ...before, state: 'failed' as const } : before;
      return await thread.say(kept ?? { kind: 'note', round: 0 }, text);
    }
    const made = recordOf(connection, before?.round ?? 0);
    const subject = subjectOf(made);
    if (!card) return await thread.say({ ...made, state: 'connected' }, connectedText(subject));
    const record: MadeRecord = { ...made, state: 'ready', expires: card.expiresAt.getTime() };
    await thread.say(
      record,
      await cardText({ mayShowLink, options }, subject, card, before?.kind === 'made'),
    );
  } catch (thrown) {
    throw connection ? notCommented(asLinkError(thrown), connection.id) : thrown;
  }
}

/**
 * Says in an issue what became of many links at once, as a list. Nothing goes on record: an issue
 * that is followed up has one connection.
 * @throws LinkError when the comment can't be written
 */
export async function announceAll(
  results: readonly LinkResult[],
  { thread, mayShowLink }: OpenIssue,
  { dryRun, log }: IssueOptions,
): Promise<void> {
  if (dryRun) return;
  await thread.read();
  const shown = await mayShowLink();
  if (!shown) log.notice(PUBLIC);
  await thread.say(
    { kind: 'note', round: thread.latest?.record.round ?? 0 },
    linksText(results, shown),
  );
}

/** The record of a connection that exists, its name in the parts that a form has. */
function recordOf({ id, service, groupId: group, name }: Connection, round: number): MadeRecord {
  const [, tableField] = nameFieldsOf(service);
  const dot = tableField ? name.indexOf('.') : -1;
  const parts =
    dot < 0 ? { schema: name } : { schema: name.slice(0, dot), table: name.slice(dot + 1) };
  return {
    kind: 'made',
    round,
    group,
    service,
    ...parts,
    connection: id,
    expires: 0,
    state: 'failed',
  };
}
