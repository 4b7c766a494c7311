import type { Connections } from '../fivetran/connections.ts';
import { ConnectorTypes } from '../fivetran/connector-types.ts';
import { nameFieldsOf } from '../fivetran/naming.ts';
import type { Snapshot } from '../github/snapshot.ts';
import type { Claim, Entries } from '../github/thread.ts';
import type { Inputs } from '../inputs/read-inputs.ts';
import type { Connection } from '../model/connection.ts';
import { asLinkError } from '../model/errors.ts';
import { type ApprovedRequest, type Entry, MOST_ENTRIES, newEntry } from '../model/issue-record.ts';
import { isRecord } from '../model/json.ts';
import { asFailed, errorOf, type LinkRequest, type LinkResult } from '../model/link.ts';
import { Context } from '../packages/github-context.ts';
import { type Notice, workingText } from '../report/comment.ts';
import { fingerprintOf } from '../report/links-in-comment.ts';
import { unlistedNotice } from '../report/notices.ts';
import { DisplayNames } from './display-names.ts';
import { withEntry } from './entries.ts';
import { type CommentRules, commentText, notCommented, PUBLIC } from './issue-comment.ts';
import { openGitHub } from './open-github.ts';
import type { RunContext } from './run-context.ts';

/** Results, and where the comment is that shows them. */
export interface HandedOver {
  results: LinkResult[];
  commentUrl?: string | undefined;
}

/** How links are created, given the connections to use. */
type Create = (connections: Connections) => Promise<LinkResult[]>;

/**
 * Creates the one link of a run while the issue is claimed, and puts it on the issue's list. If the
 * issue can't be claimed, the link is created all the same: the outputs have it.
 */
export async function createOnIssue(
  request: LinkRequest,
  inputs: Inputs,
  context: RunContext,
  create: Create,
): Promise<HandedOver> {
  return onIssue(inputs, context, create, async (claim, names, rules) => {
    if (request.kind === 'named') names.begin(request.connection.service);
    const results = await create(context.connections.within(claim.deadline));
    return publish(results, claim, names, rules, context);
  });
}

/**
 * Puts the links that many requests have created on the issue's list, as far as that holds them. A link
 * that another run has replaced meanwhile isn't put there again.
 */
export async function handOver(
  results: LinkResult[],
  inputs: Inputs,
  context: RunContext,
): Promise<HandedOver> {
  const create = async () => results;
  return onIssue(inputs, context, create, async (claim, names, rules) => {
    const services = results.flatMap(({ connection }) => connection?.service ?? []);
    for (const service of new Set(services.slice(0, MOST_ENTRIES))) names.begin(service);
    return publish(results, claim, names, rules, context);
  });
}

/** Claims the issue that the workflow names, or else the event's, and has something done with it. */
async function onIssue(
  inputs: Inputs,
  context: RunContext,
  create: Create,
  work: (claim: Claim<Entries>, names: DisplayNames, rules: CommentRules) => Promise<HandedOver>,
): Promise<HandedOver> {
  const event = new Context();
  const number = inputs.github.issueNumber ?? issueOf(event);
  if (number === undefined || inputs.dryRun) return { results: await create(context.connections) };
  const place = openGitHub(inputs, event, context);
  const { allowPublicComment } = inputs.github;
  const rules = { allowPublicComment, label: inputs.label, runUrl: place.runUrl };
  try {
    const thread = place.thread(number);
    let claim: Claim<Entries> | undefined;
    try {
      claim = await thread.claim(await thread.read(), async ({ entries }) => ({
        entries,
        text: workingText([]),
      }));
    } catch (thrown) {
      const error = notCommented(asLinkError(thrown));
      const results = await create(context.connections);
      return { results: results.map((result) => asFailed(result, error)) };
    }
    const names = new DisplayNames(new ConnectorTypes(context.transport));
    return claim ? await work(claim, names, rules) : { results: await create(context.connections) };
  } finally {
    await place.close();
  }
}

async function publish(
  results: LinkResult[],
  claim: Claim<Entries>,
  names: DisplayNames,
  rules: CommentRules,
  context: RunContext,
): Promise<HandedOver> {
  const { snapshot, deadline } = claim;
  // Whatever becomes of the comment, the links aren't lost.
  context.writeOutputs(results);
  const cards = results.flatMap(({ card }) => card ?? []);
  if (cards.length > 0 && snapshot.public && !rules.allowPublicComment) context.runner.notice(PUBLIC);
  try {
    const listed = await list(results, snapshot, context.connections.within(deadline));
    const entries = listed.entries.map((entry) => names.applyTo(entry));
    const text = commentText(entries, snapshot, cards, rules, listed.notice);
    return { results, commentUrl: await claim.publish({ entries, text }) };
  } catch (thrown) {
    const error = notCommented(asLinkError(thrown));
    return { results: results.map((result) => asFailed(result, error)) };
  }
}

/** The issue's list with what this run has created. */
async function list(
  results: readonly LinkResult[],
  { entries: before, date }: Snapshot,
  connections: Connections,
): Promise<{ entries: Entry[]; notice?: Notice }> {
  let entries = [...before];
  let unlisted = 0;
  const failed: LinkResult[] = [];
  for (const result of results) {
    const { connection } = result;
    if (!connection) {
      failed.push(result);
      continue;
    }
    const known = entries.find((entry) => entry.connection === connection.id);
    if (!known && entries.length >= MOST_ENTRIES) unlisted += 1;
    else entries = withEntry(entries, entryOf(result, connection, known, date));
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
  const { error: _, ...entry } = known ?? newEntry(requestOf(connection));
  const base = { ...entry, connection: connection.id, intents: [] };
  if (result.outcome === 'connected') return { ...base, state: 'connected', expires: 0 };
  if (!card) {
    return { ...base, state: 'failed', expires: 0, error: errorOf(result)?.code ?? 'internal' };
  }
  const expires = card.expiresAt.getTime();
  if (known && known.expires > expires) return known;
  return { ...base, state: 'ready', expires, link: fingerprintOf(card.link), renewed: date };
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
