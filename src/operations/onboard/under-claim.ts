import { sameService } from '../../fivetran/services.ts';
import type { Claim } from '../../github/thread.ts';
import { asLinkError } from '../../model/errors.ts';
import type { Entry } from '../../model/issue-record.ts';
import { asFailed, errorOf, type LinkResult } from '../../model/link.ts';
import { issueText, messageFor, type Notice } from '../../report/comment.ts';
import { differentNotice } from '../../report/notices.ts';
import type { DisplayNames } from '../display-names.ts';
import { sameRequest, withEntry } from '../entries.ts';
import { commentRules, endWork, notCommented, viewOf } from '../issue-comment.ts';
import type { ResultsSoFar } from '../results-so-far.ts';
import { inParallel } from '../workers.ts';
import type { Onboarded, Onboarding, Planned } from './onboarding.ts';
import type { Task } from './plan.ts';
import { carryOut, type Done } from './work.ts';

/** Does what was planned, one connection beside the other, and publishes the result. */
export async function work(
  job: Onboarding,
  claim: Claim<Planned>,
  names: DisplayNames,
  results: ResultsSoFar,
): Promise<Onboarded> {
  const { plan, snapshot } = claim;
  const { runner, cancellation, budget, connections } = job.context;
  let announced = Promise.resolve();
  const shop = {
    connections: connections.within(claim.deadline),
    budget,
    log: runner,
    planning: plan.planning,
    claimedAt: snapshot.date,
    announce: (entry: Entry) => {
      plan.entries = withEntry(plan.entries, entry);
      // One after the other: an earlier list mustn't overwrite a later one.
      announced = announced.catch(() => {}).then(() => claim.amend(plan));
      return announced;
    },
  };
  for (const { request } of plan.tasks) results.add(request.target);
  // The list has the form's order, whichever is done first.
  const done: Done[] = [];
  await inParallel(
    plan.tasks,
    job.inputs.concurrency,
    async (task, number) => {
      const one = await carryOut(task, shop, results.start(number));
      done[number] = one;
      results.finish(number, one.result);
    },
    { stopped: () => cancellation.requested },
  );
  const rules = commentRules(job.inputs, job.github, job.context);
  const { ended, cards, hasLinks } = endWork(results, snapshot, rules, job.context);
  const kept = snapshot.entries.filter((entry) => !isSuperseded(entry, job, claim));
  const entries = plan.tasks
    .map((task, index) => done[index]?.entry ?? notBegun(task))
    .reduce((list, entry) => withEntry(list, names.applyTo(entry)), kept);
  const details = plan.details ?? {};
  const view = viewOf(entries, snapshot, cards, rules, { details, notice: noticeOf(ended) });
  const message = messageFor(view);
  try {
    const commentUrl = await claim.publish({ entries, details, text: issueText(view) });
    return { results: ended, commentUrl, hasLinks, message };
  } catch (thrown) {
    const error = asLinkError(thrown);
    const results = ended.map((one) => asFailed(one, notCommented(error, one.connection)));
    return { results, message };
  }
}

/** The entry of what a cancelled run didn't come to: nothing was sent for it. */
function notBegun(task: Task): Entry {
  if (task.kind !== 'create') return task.entry;
  return { ...task.entry, intents: task.earlier, state: 'failed', error: 'cancelled' };
}

/**
 * Whether an entry is dropped: its connection was deleted and another takes its place, or it never
 * had one and the form asks for something else now.
 */
function isSuperseded(
  entry: Entry,
  { trigger }: Onboarding,
  { plan: { tasks }, snapshot }: Claim<Planned>,
): boolean {
  const replaced = tasks.flatMap(({ replaces }) => replaces ?? []);
  if (replaced.some(({ connection }) => connection === entry.connection)) return true;
  // Until then a create request for it may have an effect.
  if (entry.connection !== undefined || entry.intents.some(({ until }) => until > snapshot.date)) {
    return false;
  }
  if (tasks.some((task) => sameRequest(task.entry.request, entry.request))) return false;
  const { service } = entry.request;
  const isReplaced = tasks.some((task) => sameService(task.entry.request.service, service));
  return isReplaced || (trigger.kind === 'label' && entry.intents.length === 0);
}

/** What the comment says of requests that its list doesn't have. */
function noticeOf(results: readonly LinkResult[]): Notice | undefined {
  const refused = results.filter((result) => errorOf(result)?.code === 'different-request');
  return refused.length > 0 ? differentNotice(refused) : undefined;
}
