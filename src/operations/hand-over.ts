import type { Connections } from '../fivetran/connections.ts';
import { ConnectorTypes } from '../fivetran/connector-types.ts';
import type { Snapshot } from '../github/snapshot.ts';
import type { Claim, Thread } from '../github/thread.ts';
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
  endWork,
  notCommented,
} from './issue-comment.ts';
import { listWith, mayReplace } from './issue-list.ts';
import type { LinkJob, OnIssue } from './link/link-job.ts';
import { openGitHub } from './open-github.ts';
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
  const { connections, fivetran, budget } = context;
  const all = [...job.requests.keys()];
  const event = new Context();
  const number = inputs.github.issueNumber ?? issueOf(event);
  if (number === undefined) {
    await job.create(all, connections);
    return {};
  }
  const github = openGitHub(inputs, event, context);
  const thread = github.thread(number);
  const names = new DisplayNames(new ConnectorTypes(fivetran, budget.elapsed));
  try {
    const before = await thread.read().catch(asLinkError);
    let claim =
      before instanceof LinkError
        ? before
        : await claimFor(job.requests, thread, before, names, inputs).catch(asLinkError);
    if (claim instanceof LinkError) {
      const shown = before instanceof LinkError ? [] : before.entries;
      if (!(await createUnclaimed(job, claim, shown, inputs, connections))) return {};
      if (REFUSALS.has(claim.code)) return { error: unwritten(claim, job) };
      // Many links take a while: GitHub may respond again.
      claim = await claimFor(job.requests, thread, await thread.read(), names, inputs);
    } else await job.create(all, connections.within(claim.deadline));
    return await publish(job, claim, names, commentRules(inputs, github, context), context);
  } catch (thrown) {
    return { error: unwritten(asLinkError(thrown), job) };
  } finally {
    await github.close();
  }
}

/**
 * Creates the links that the issue's comment doesn't show yet. The others fail: a new one would end the
 * one in the comment, and the comment couldn't say so.
 * @param error why the issue isn't claimed
 * @param entries what its comment shows, as far as that is known
 * @returns whether any were to be created
 */
async function createUnclaimed(
  job: LinkJob,
  error: LinkError,
  entries: readonly Entry[],
  { onExisting }: Inputs,
  connections: Connections,
): Promise<boolean> {
  const refusal = new NotBegun(
    error,
    `${error.message} The links in the issue's comment stay valid.`,
  );
  const others: number[] = [];
  for (const [number, request] of job.requests.entries()) {
    const isShown = entries.some((entry) => mayReplace(request, entry, onExisting));
    // What another run is working on may be just that; and a cancelled run begins nothing.
    const isOver = error.code === 'issue-busy' || error.code === 'cancelled';
    if (!isShown && !isOver) others.push(number);
    else job.results.finish(number, { target: request.target, outcome: 'failed', error: refusal });
  }
  await job.create(others, connections);
  return others.length > 0;
}

function unwritten(error: LinkError, { results }: LinkJob): LinkError {
  const [only, ...others] = results.get();
  return notCommented(error, others.length === 0 ? only?.connection : undefined);
}

/**
 * Claims the issue, and asks for the names of connector types meanwhile. Links that the requests may
 * replace count as lost should this run die.
 */
function claimFor(
  requests: readonly LinkRequest[],
  thread: Thread,
  before: Snapshot,
  names: DisplayNames,
  { onExisting, concurrency }: Inputs,
): Promise<Claim> {
  const announced = (entry: Entry) =>
    requests.some((request) => mayReplace(request, entry, onExisting))
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
    (requests.length / concurrency) * PER_LINK_MS,
  );
}

async function publish(
  { requests, results }: LinkJob,
  claim: Claim,
  names: DisplayNames,
  rules: CommentRules,
  context: RunContext,
): Promise<OnIssue> {
  const { snapshot } = claim;
  const { ended, cards, hasLinks } = endWork(results, snapshot, rules, context);
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
