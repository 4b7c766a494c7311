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

/** Milliseconds that a claim lasts longer for each `concurrency` links: they take about a second or two. */
const PER_LINK_MS = 10_000;

/** Errors that GitHub would respond with again. */
const REFUSALS: ReadonlySet<string> = new Set([
  'github-forbidden',
  'github-unauthorized',
  'issue-locked',
  'issue-gone',
]);

/**
 * Creates links while the issue is claimed, and puts them on its list. If it can't be claimed, links that
 * the comment doesn't show yet are created all the same: the outputs have them, and its list where it can
 * be claimed by then.
 */
export async function createOnIssue(
  job: LinkJob,
  inputs: Inputs,
  context: RunContext,
): Promise<OnIssue> {
  const { requests, results, create } = job;
  const { connections } = context;
  const all = requests.map((_, number) => number);
  const issue = openIssue(inputs, context);
  if (!issue) {
    await create(all, connections);
    return {};
  }
  try {
    const before = await issue.read().catch(asLinkError);
    const claim =
      before instanceof LinkError ? before : await issue.claim(before, requests).catch(asLinkError);
    if (claim instanceof LinkError) {
      // What another run is working on may be just that; and a cancelled run begins nothing.
      const isOver = claim.code === 'issue-busy' || claim.code === 'cancelled';
      const refused = isOver ? all : shownOf(requests, before, inputs);
      refuse(refused, claim, job);
      const others = all.filter((number) => !refused.includes(number));
      await create(others, connections);
      if (others.length === 0) return {};
      if (REFUSALS.has(claim.code)) return { error: unwritten(claim, results) };
      // That takes a while with many links: GitHub may respond again.
      const late = await issue.claim(await issue.read(), requests);
      return await publish(job, late, issue, context);
    }
    await create(all, connections.within(claim.deadline));
    return await publish(job, claim, issue, context);
  } catch (thrown) {
    return { error: unwritten(asLinkError(thrown), results) };
  } finally {
    await issue.close();
  }
}

/** The numbers of the requests that may end a link which the issue's comment shows, if it could be read. */
function shownOf(
  requests: readonly LinkRequest[],
  issue: Snapshot | LinkError,
  { onExisting }: Inputs,
): number[] {
  const entries = issue instanceof LinkError ? [] : issue.entries;
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
   * Claims the issue, and asks for the names of connector types meanwhile. Links that the requests may
   * replace count as lost should this run die.
   */
  claim(before: Snapshot, requests: readonly LinkRequest[]): Promise<Claim>;
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
    claim: (before, requests) => {
      const announced = (entry: Entry) =>
        requests.some((request) => mayReplace(request, entry, inputs.onExisting))
          ? withLostLink(entry, 'cancelled')
          : entry;
      const services = new Set(
        requests.flatMap((one) => (one.kind === 'named' ? one.connection.service : [])),
      );
      return thread.claim(
        before,
        async ({ entries }) => {
          names.start([...services].slice(0, MOST_ENTRIES), entries);
          return { entries: entries.map(announced), text: workingText([]) };
        },
        (requests.length / inputs.concurrency) * PER_LINK_MS,
      );
    },
    close: () => github.close(),
  };
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
