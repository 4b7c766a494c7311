import { ConnectorTypes } from '../fivetran/connector-types.ts';
import type { Snapshot } from '../github/snapshot.ts';
import type { Claim } from '../github/thread.ts';
import type { Inputs } from '../inputs/read-inputs.ts';
import { asLinkError, LinkError, NotBegun } from '../model/errors.ts';
import { type Entry, MOST_ENTRIES } from '../model/issue-record.ts';
import { isRecord } from '../model/json.ts';
import type { LinkRequest } from '../model/link.ts';
import { Context } from '../packages/github-context.ts';
import { workingText } from '../report/comment.ts';
import { DisplayNames } from './display-names.ts';
import { withLostLink } from './entries.ts';
import {
  type CommentRules,
  commentRules,
  commentText,
  mayShowLinks,
  notCommented,
  PUBLIC,
  type Published,
} from './issue-comment.ts';
import { listWith, mayReplace } from './issue-list.ts';
import type { LinkJob, OnIssue } from './link/link-job.ts';
import { openGitHub } from './open-github.ts';
import { outputResults } from './report-result.ts';
import type { ResultsSoFar } from './results-so-far.ts';
import type { RunContext } from './run-context.ts';

/**
 * Creates links, and puts them on the issue's list where the run has an issue. One link is created while
 * the issue is claimed. Of many only those are that take the place of a link which the comment shows: the
 * others may take longer than a claim should. If the issue can't be claimed, those are refused, and the
 * others are created all the same: the outputs have them.
 */
export async function createOnIssue(
  job: LinkJob,
  inputs: Inputs,
  context: RunContext,
): Promise<OnIssue> {
  const { requests, results, create } = job;
  const { connections, cancellation } = context;
  const all = requests.map((_, number) => number);
  const issue = openIssue(inputs, context);
  if (!issue) {
    await create(all, connections);
    return {};
  }
  try {
    const before = await issue.read().catch(asLinkError);
    const shown = before instanceof LinkError ? [] : shownOf(requests, before, inputs);
    const claimed = all.length === 1 && !(before instanceof LinkError) ? all : shown;
    const first = all.filter((number) => !claimed.includes(number));
    await create(first, connections);
    if (cancellation.requested) return { error: results.uncommented };
    // Whatever becomes of the comment, the links aren't lost.
    if (first.length > 0) outputResults(results.cancelled(), {}, context);
    const claim = await issue.claim(before, job).catch(asLinkError);
    if (claim instanceof LinkError) {
      // What another run is working on may be just that.
      const refused = claim.code === 'issue-busy' ? claimed : shown;
      refuse(refused, claim, job);
      await create(
        claimed.filter((number) => !refused.includes(number)),
        connections,
      );
      return refused.length === all.length ? {} : { error: unwritten(claim, results) };
    }
    await create(claimed, connections.within(claim.deadline));
    return await publish(job, claim, issue, context);
  } catch (thrown) {
    return { error: unwritten(asLinkError(thrown), results) };
  } finally {
    await issue.close();
  }
}

/** The numbers of the requests that may end a link which the issue's comment shows. */
function shownOf(
  requests: readonly LinkRequest[],
  { entries }: Snapshot,
  { onExisting }: Inputs,
): number[] {
  return requests.flatMap((request, number) =>
    entries.some((entry) => mayReplace(request, entry, onExisting)) ? number : [],
  );
}

/** Lets requests fail, because links on the issue would be replaced and nobody could say so there. */
function refuse(numbers: readonly number[], claim: LinkError, { requests, results }: LinkJob) {
  const error = new NotBegun(claim, `${claim.message} What the issue's comment shows stays valid.`);
  for (const number of numbers) {
    const { target = {} } = requests[number] ?? {};
    results.finish(number, { target, outcome: 'failed', error });
  }
}

function unwritten(error: LinkError, results: ResultsSoFar): LinkError {
  const [only, ...others] = results.get();
  return notCommented(error, others.length === 0 ? only?.connection : undefined);
}

interface OpenIssue {
  names: DisplayNames;
  rules: CommentRules;
  read(): Promise<Snapshot>;
  /**
   * Claims the issue, and asks for the names of connector types meanwhile. Links that the job may
   * replace count as lost should this run die.
   * @param before the issue, if it could be read
   */
  claim(before: Snapshot | LinkError, job: LinkJob): Promise<Claim>;
  close(): Promise<void>;
}

/** The issue that the workflow names, or else the event's; undefined for none. */
function openIssue(inputs: Inputs, context: RunContext): OpenIssue | undefined {
  const event = new Context();
  const number = inputs.github.issueNumber ?? issueOf(event);
  if (number === undefined) return undefined;
  const github = openGitHub(inputs, event, context);
  const thread = github.thread(number);
  const names = new DisplayNames(new ConnectorTypes(context.fivetran, context.budget.elapsed));
  return {
    names,
    rules: commentRules(inputs, github, context),
    read: () => thread.read(),
    claim: async (before, job) => {
      const announced = (entry: Entry) =>
        job.requests.some((request) => mayReplace(request, entry, inputs.onExisting))
          ? withLostLink(entry, 'cancelled')
          : entry;
      const services = servicesOf(job);
      const snapshot = before instanceof LinkError ? await thread.read() : before;
      return thread.claim(snapshot, async ({ entries }) => {
        names.start(services, entries);
        return { entries: entries.map(announced), text: workingText([]) };
      });
    },
    close: () => github.close(),
  };
}

/** The connector types of what was created, or is to be. */
function servicesOf({ requests, results }: LinkJob): string[] {
  const services = results.get().flatMap((result, number) => {
    const request = requests[number];
    const isOpen = result.outcome === 'pending' && request?.kind === 'named';
    return result.connection?.service ?? (isOpen ? request.connection.service : []);
  });
  return [...new Set(services)].slice(0, MOST_ENTRIES);
}

async function publish(
  { requests, results }: LinkJob,
  claim: Claim,
  { names, rules }: OpenIssue,
  context: RunContext,
): Promise<Published> {
  const { snapshot } = claim;
  const ended = results.cancelled();
  const hasLinks = mayShowLinks(snapshot, rules);
  // Whatever becomes of the comment, the links aren't lost.
  outputResults(ended, {}, context);
  const cards = ended.flatMap(({ card }) => card ?? []);
  if (cards.length > 0 && !hasLinks) context.runner.notice(PUBLIC);
  const { entries, notice } = listWith(ended, requests, snapshot);
  const named = entries.map((entry) => names.applyTo(entry));
  const text = commentText(named, snapshot, cards, rules, { notice });
  return { commentUrl: await claim.publish({ entries: named, text }), hasLinks };
}

/** The event's issue; a pull request is none. */
function issueOf({ payload }: Context): number | undefined {
  const issue: unknown = payload.issue;
  return isRecord(issue) && !issue.pull_request ? Number(issue.number) : undefined;
}
