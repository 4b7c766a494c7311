import type { Connections } from '../fivetran/connections.ts';
import { ConnectorTypes } from '../fivetran/connector-types.ts';
import { nameFieldsOf } from '../fivetran/naming.ts';
import type { Snapshot } from '../github/snapshot.ts';
import type { Claim } from '../github/thread.ts';
import type { Inputs } from '../inputs/read-inputs.ts';
import type { Connection } from '../model/connection.ts';
import { asLinkError, LinkError } from '../model/errors.ts';
import { type ApprovedRequest, type Entry, MOST_ENTRIES, newEntry } from '../model/issue-record.ts';
import { isRecord } from '../model/json.ts';
import { asFailed, errorOf, type LinkRequest, type LinkResult } from '../model/link.ts';
import { Context } from '../packages/github-context.ts';
import { type Notice, workingText } from '../report/comment.ts';
import { fingerprintOf } from '../report/links-in-comment.ts';
import { unlistedNotice } from '../report/notices.ts';
import { DisplayNames } from './display-names.ts';
import { mayHaveReplaced, pausedMark, sameRequest, withEntry, withLostLink } from './entries.ts';
import {
  type CommentRules,
  commentRules,
  commentText,
  mayShowLinks,
  notCommented,
  PUBLIC,
  type Published,
} from './issue-comment.ts';
import { openGitHub } from './open-github.ts';
import { outputResults } from './report-result.ts';
import type { RunContext } from './run-context.ts';

/** How the one link of a run is created, given the connections to use. */
type Create = (connections: Connections) => Promise<LinkResult>;

/**
 * Creates the one link of a run while the issue is claimed, and puts it on the issue's list. If that
 * can't be done the link is created all the same, and the result says what failed: the outputs have it.
 */
export async function createOnIssue(
  request: LinkRequest,
  inputs: Inputs,
  context: RunContext,
  create: Create,
): Promise<{ result: LinkResult } & Partial<Published>> {
  const issue = openIssue(inputs, context);
  if (!issue) return { result: await create(context.connections) };
  try {
    const services = request.kind === 'named' ? [request.connection.service] : [];
    const isRenewed = (entry: Entry) =>
      (request.kind === 'existing' || inputs.onExisting === 'reuse') && isFor(request, entry);
    const claim = await issue.claim(services, isRenewed).catch(asLinkError);
    if (claim instanceof LinkError) {
      const result = await create(context.connections);
      return { result: asFailed(result, notCommented(claim, result.connection)) };
    }
    const result = await create(context.connections.within(claim.deadline));
    try {
      return { result, ...(await publish([result], [request], claim, issue, context)) };
    } catch (thrown) {
      return { result: asFailed(result, notCommented(asLinkError(thrown), result.connection)) };
    }
  } finally {
    await issue.close();
  }
}

/**
 * Puts the links that many requests have created on the issue's list, as far as that holds them. A link
 * that another run has replaced meanwhile isn't put there again.
 * @returns undefined when there is no issue
 * @throws LinkError when the comment can't be written
 */
export async function handOver(
  results: readonly LinkResult[],
  requests: readonly LinkRequest[],
  inputs: Inputs,
  context: RunContext,
): Promise<Published | undefined> {
  const issue = openIssue(inputs, context);
  if (!issue) return undefined;
  try {
    const services = new Set(results.flatMap(({ connection }) => connection?.service ?? []));
    const claim = await issue.claim([...services].slice(0, MOST_ENTRIES));
    return await publish(results, requests, claim, issue, context);
  } catch (thrown) {
    throw notCommented(asLinkError(thrown));
  } finally {
    await issue.close();
  }
}

interface OpenIssue {
  names: DisplayNames;
  rules: CommentRules;
  /**
   * Claims the issue, and asks for the names of these connector types meanwhile.
   * @param isRenewed whether an entry's link may be replaced: then it counts as lost should this run die
   */
  claim(services: readonly string[], isRenewed?: (entry: Entry) => boolean): Promise<Claim>;
  close(): Promise<void>;
}

/** The issue that the workflow names, or else the event's; undefined for none, and for a dry run. */
function openIssue(inputs: Inputs, context: RunContext): OpenIssue | undefined {
  const event = new Context();
  const number = inputs.github.issueNumber ?? issueOf(event);
  if (number === undefined || inputs.dryRun) return undefined;
  const github = openGitHub(inputs, event, context);
  const thread = github.thread(number);
  const names = new DisplayNames(
    new ConnectorTypes(context.fivetran, undefined, context.budget.after),
  );
  return {
    names,
    rules: commentRules(inputs, github, context),
    claim: async (services, isRenewed = () => false) =>
      thread.claim(await thread.read(), async ({ entries }) => {
        names.start(services, entries);
        const announced = entries.map((entry) =>
          entry.state === 'ready' && isRenewed(entry) ? withLostLink(entry, 'cancelled') : entry,
        );
        return { entries: announced, text: workingText([]) };
      }),
    close: () => github.close(),
  };
}

async function publish(
  results: readonly LinkResult[],
  requests: readonly LinkRequest[],
  claim: Claim,
  { names, rules }: OpenIssue,
  context: RunContext,
): Promise<Published> {
  const { snapshot } = claim;
  const hasLinks = mayShowLinks(snapshot, rules);
  // Whatever becomes of the comment, the links aren't lost.
  outputResults(results, {}, context);
  const cards = results.flatMap(({ card }) => card ?? []);
  if (cards.length > 0 && !hasLinks) context.runner.notice(PUBLIC);
  const { entries, notice } = list(results, requests, snapshot);
  const named = entries.map((entry) => names.applyTo(entry));
  const text = commentText(named, snapshot, cards, rules, { notice });
  return { commentUrl: await claim.publish({ entries: named, text }), hasLinks };
}

/** The issue's list with what this run has created. */
function list(
  results: readonly LinkResult[],
  requests: readonly LinkRequest[],
  { entries: before, date }: Snapshot,
): { entries: Entry[]; notice?: Notice } {
  let entries = [...before];
  let unlisted = 0;
  const failed: LinkResult[] = [];
  for (const [index, result] of results.entries()) {
    const { connection } = result;
    if (!connection) {
      failed.push(result);
      continue;
    }
    const known = entries.find((entry) => entry.connection === connection.id);
    const request = requests[index];
    const paused = request && pausedMark(request, result.created);
    const entry = { ...entryOf(result, connection, known, date), ...paused };
    const more = withEntry(entries, entry);
    if (more.length > Math.max(entries.length, MOST_ENTRIES)) unlisted += 1;
    else entries = more;
  }
  const notice = unlistedNotice(failed, unlisted);
  return notice ? { entries, notice } : { entries };
}

/** An entry for what one request has created, or what another run has put in its place since. */
function entryOf(
  result: LinkResult,
  connection: Connection,
  known: Entry | undefined,
  date: number,
): Entry {
  const { card } = result;
  const { error: _, link: __, repairs: ___, ...entry } = known ?? newEntry(requestOf(connection));
  const base = { ...entry, connection: connection.id, intents: [] };
  if (result.outcome === 'connected') return { ...base, state: 'connected', expires: 0 };
  if (!card) {
    const error = errorOf(result);
    if (known?.state === 'ready' && error && !mayHaveReplaced(error)) return known;
    return { ...base, state: 'failed', expires: 0, error: error?.code ?? 'internal' };
  }
  const expires = card.expiresAt.getTime();
  if (known && known.expires > expires) return known;
  const repairs = connection.setupState === 'broken' && { repairs: true as const };
  const link = { link: fingerprintOf(card.link), expires, renewed: date };
  return { ...base, ...repairs, ...link, state: 'ready', since: base.since ?? date };
}

/** Whether a request is for the connection of an entry. */
function isFor(request: LinkRequest, entry: Entry): boolean {
  if (request.kind === 'existing') return request.connectionId === entry.connection;
  const { groupId: group, service, schema, table } = request.connection;
  return sameRequest(
    { group, service, schema, ...(table !== undefined && { table }) },
    entry.request,
  );
}

/** A connection that exists as a request, its name in the parts that a form has. */
function requestOf({ service, groupId: group, name }: Connection): ApprovedRequest {
  const [, tableField] = nameFieldsOf(service);
  const dot = tableField ? name.indexOf('.') : -1;
  if (dot < 0) return { group, service, schema: name };
  return { group, service, schema: name.slice(0, dot), table: name.slice(dot + 1) };
}

/** The event's issue; a pull request is none. */
function issueOf({ payload }: Context): number | undefined {
  const issue: unknown = payload.issue;
  return isRecord(issue) && !issue.pull_request ? Number(issue.number) : undefined;
}
