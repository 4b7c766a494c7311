import { COMMAND } from '../github/event.ts';
import { hasLabel } from '../github/issue.ts';
import type { OpenRepository } from '../github/open.ts';
import type { Snapshot } from '../github/snapshot.ts';
import type { GitHubInputs, Inputs } from '../inputs/read-inputs.ts';
import type { Card, Connection } from '../model/connection.ts';
import { LinkError } from '../model/errors.ts';
import { type Entry, type IssueDetails, nameOf } from '../model/issue-record.ts';
import { type IssueView, issueText, messageFor, type Notice } from '../report/comment.ts';
import { shownLink } from '../report/link-text.ts';
import { fingerprintOf, linksIn } from '../report/links-in-comment.ts';
import { titleOf } from '../report/source-lines.ts';
import type { Gate } from '../runner/gate.ts';
import { outputResults } from './report-result.ts';
import type { ResultsSoFar } from './results-so-far.ts';
import type { RunContext } from './run-context.ts';

/** What an issue's comment depends on, beside its connections. */
export type CommentRules = Pick<
  GitHubInputs,
  'allowPublicComment' | 'label' | 'audience' | 'message'
> &
  Pick<RunContext, 'maskCard'> & {
    /** The page of this run. */
    runUrl: string;
    /** Has to pass names and addresses whole. */
    gate: Pick<Gate, 'protect'>;
  };

/** What a comment shows beside how the connections stand. */
interface More {
  notice?: Notice | undefined;
  details?: IssueDetails;
}

/** The rules that the inputs set for comments. */
export function commentRules(
  { github }: Inputs,
  { runUrl }: OpenRepository,
  { maskCard, runner }: RunContext,
): CommentRules {
  return { ...github, runUrl, maskCard, gate: runner.gate };
}

/** Whether an issue's comment may have links: everybody can read a public repository. */
export function mayShowLinks(snapshot: Snapshot, { allowPublicComment }: CommentRules): boolean {
  return allowPublicComment || !snapshot.public;
}

/** The links that an issue's comment has, masked where they are on record. */
export function keptLinks(
  entries: readonly Entry[],
  { comment, former }: Snapshot,
  { maskCard }: CommentRules,
): Map<string, string> {
  const links = linksIn(`${comment?.body ?? ''}\n${former?.body ?? ''}`);
  for (const { link = '' } of entries) {
    const kept = links.get(link);
    // As those are that this run creates.
    if (kept) maskCard({ link: kept });
  }
  return links;
}

/** Has connections' names and addresses pass the gate whole, though a value of `config` is part of them. */
export function showWhole(entries: readonly Entry[], gate: Pick<Gate, 'protect'>): void {
  for (const entry of entries) {
    for (const text of [nameOf(entry.request), titleOf(entry)]) gate.protect(text);
    if (entry.docs) gate.protect(shownLink(entry.docs));
  }
}

/**
 * What an issue's comment shows: how its connections stand, with the links that this run created and
 * those that the comment had before.
 */
export function viewOf(
  entries: readonly Entry[],
  snapshot: Snapshot,
  cards: readonly Card[],
  rules: CommentRules,
  { notice, details = snapshot.details }: More = {},
): IssueView {
  rules.gate.protect(rules.runUrl);
  showWhole(entries, rules.gate);
  const links = keptLinks(entries, snapshot, rules);
  for (const { link } of cards) links.set(fingerprintOf(link), link);
  const view = {
    ...rules,
    entries,
    links,
    showLinks: mayShowLinks(snapshot, rules),
    commandWorks: hasLabel(snapshot.issue, rules.label),
    customer: details.customer,
    requestedBy: snapshot.issue.author,
    notice,
  };
  const message = messageFor(view);
  if (message) rules.gate.protect(message);
  return view;
}

/** The words of an issue's comment. */
export function commentText(...view: Parameters<typeof viewOf>): string {
  return issueText(viewOf(...view));
}

/** Logged where a comment leaves links out. */
const PUBLIC =
  'The repository is public, so the comment has no link: pass the outputs on, or set allow-public-comment. (public-repository)';

/**
 * Ends the work on an issue, before its comment is written. The outputs are set first: whatever becomes of
 * the comment, the links aren't lost.
 */
export function endWork(
  results: ResultsSoFar,
  snapshot: Snapshot,
  rules: CommentRules,
  context: RunContext,
) {
  const ended = results.cancelled();
  outputResults(ended, {}, context);
  const cards = ended.flatMap(({ card }) => card ?? []);
  const hasLinks = mayShowLinks(snapshot, rules);
  if (cards.length > 0 && !hasLinks) context.runner.notice(PUBLIC);
  return { ended, cards, hasLinks };
}

/**
 * The error where everything was created and only the comment couldn't be written.
 * @param connection the one that the message is about, where it is about one
 */
export function notCommented(error: LinkError, connection?: Connection): LinkError {
  const created = connection ? ` (connection ${connection.id})` : '';
  return new LinkError(
    error.code,
    `The issue's comment couldn't be written. The step's outputs have what was created${created}. ${error.message}`,
    `${error.fix} A comment ${COMMAND} then creates fresh links.`,
    { cause: error },
  );
}
