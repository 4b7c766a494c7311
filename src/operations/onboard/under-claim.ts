import { sameService } from '../../fivetran/services.ts';
import type { Claim } from '../../github/thread.ts';
import { asLinkError } from '../../model/errors.ts';
import type { Entry } from '../../model/issue-record.ts';
import { asFailed } from '../../model/link.ts';
import type { DisplayNames } from '../display-names.ts';
import { sameRequest, withEntry } from '../entries.ts';
import { commentText, mayShowLinks, notCommented, PUBLIC } from '../issue-comment.ts';
import { outputResults } from '../report-result.ts';
import type { ResultsSoFar } from '../results-so-far.ts';
import { inParallel } from '../workers.ts';
import { type Onboarded, type Onboarding, type Planned, rulesOf } from './onboarding.ts';
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
  const shop = {
    connections: connections.within(claim.deadline),
    budget,
    log: runner,
    planning: plan.planning,
    claimedAt: snapshot.date,
    announce: (entry: Entry) => {
      plan.entries = withEntry(plan.entries, entry);
      return claim.amend(plan);
    },
  };
  const indexes = plan.tasks.map(({ request }) => results.add(request.target));
  const done: Done[] = [];
  await inParallel(
    plan.tasks,
    job.inputs.concurrency,
    async (task, number) => {
      const index = indexes[number] ?? 0;
      const one = await carryOut(task, shop, results.begin(index));
      done.push(one);
      results.finish(index, one.result);
    },
    { stopped: () => cancellation.requested },
  );
  const ended = results.cancelled();
  // Whatever becomes of the comment, the links aren't lost.
  outputResults(ended, {}, job.context);
  const kept = snapshot.entries.filter((entry) => !isSuperseded(entry, plan.tasks, snapshot.date));
  const entries = done.reduce((list, { entry }) => withEntry(list, names.applyTo(entry)), kept);
  const cards = ended.flatMap(({ card }) => card ?? []);
  const rules = rulesOf(job);
  const hasLinks = mayShowLinks(snapshot, rules);
  if (cards.length > 0 && !hasLinks) runner.notice(PUBLIC);
  try {
    const text = commentText(entries, snapshot, cards, rules);
    return { results: ended, commentUrl: await claim.publish({ entries, text }), hasLinks };
  } catch (thrown) {
    const error = notCommented(asLinkError(thrown));
    return { results: ended.map((result) => asFailed(result, error)) };
  }
}

/**
 * Whether a request that came to nothing has made room for another one of its connector type.
 * @param date the time now, in milliseconds: until then a create request of it may have an effect
 */
function isSuperseded(entry: Entry, tasks: readonly Task[], date: number): boolean {
  if (entry.connection !== undefined || entry.intents.some(({ until }) => until > date))
    return false;
  const { service } = entry.request;
  return tasks.some(
    (task) =>
      sameService(task.entry.request.service, service) &&
      !sameRequest(task.entry.request, entry.request),
  );
}
