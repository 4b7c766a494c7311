import { sameService } from '../../fivetran/services.ts';
import { isEntitled } from '../../github/approval.ts';
import type { Snapshot } from '../../github/snapshot.ts';
import type { Thread } from '../../github/thread.ts';
import { readForm } from '../../issue-form/form.ts';
import { type IssueRequests, readIssueRequests } from '../../issue-form/issue-request.ts';
import { asLinkError } from '../../model/errors.ts';
import { type Entry, mayExist, nameOf, newEntry } from '../../model/issue-record.ts';
import type { LinkResult } from '../../model/link.ts';
import { workingText } from '../../report/comment.ts';
import { titleOf } from '../../report/source-lines.ts';
import { DisplayNames } from '../display-names.ts';
import { approvedOf, sameRequest, withEntry, withLostLink } from '../entries.ts';
import { commentRules, commentText, showWhole } from '../issue-comment.ts';
import { outputResults } from '../report-result.ts';
import type { ResultsSoFar } from '../results-so-far.ts';
import { GroupSurvey } from './group-survey.ts';
import { type Onboarded, type Onboarding, type Planned, requestFor } from './onboarding.ts';
import { type Planning, planApproved, planEntry, type Task } from './plan.ts';
import { outdated, type Refusal, refusalOf } from './refusal.ts';
import { work } from './under-claim.ts';
import { withheld } from './withheld.ts';

/**
 * Acts on one onboarding issue: checks who approved what, creates or renews the links of its
 * connections, and says so in the issue's one comment.
 * @param results told of each thing that is created, at once
 * @throws LinkError when nothing was created, and the issue couldn't be told why
 */
export async function onboard(job: Onboarding, results: ResultsSoFar): Promise<Onboarded> {
  const { trigger, task, context, github, inputs } = job;
  const thread = github.thread(trigger.issue.number);
  const now = () => context.budget.now();
  const survey = new GroupSurvey(context.connections, now);
  const names = new DisplayNames(job.types);
  const [entitled, current, asked] = await Promise.all([
    isEntitled(trigger, task.approvers, github.repository).then((may) => {
      if (may) job.reactions.seen();
      return may;
    }),
    thread.read(),
    trigger.kind === 'label' ? readRequests(job, survey) : undefined,
  ]);
  // What there is for the command to renew, a run that is working may be creating.
  const snapshot = entitled && !asked ? await thread.whenFree(current) : current;
  const reason = outdated(snapshot, task.label);
  if (reason) return { results: [{ target: {}, outcome: 'skipped', reason }] };
  const fresh = (asked?.requests ?? []).map((request) => newEntry(approvedOf(request)));
  showWhole([...snapshot.entries, ...fresh], context.runner.gate);
  const named = entriesNamed(trigger.name, snapshot.entries);
  for (const warning of asked?.warnings ?? []) context.runner.warning(warning);
  const refusal = refusalOf(trigger, task, snapshot, entitled, asked, named);
  if (refusal) return refuse(job, thread, snapshot, refusal);
  const wanted = [...(asked?.requests ?? []).map(approvedOf), ...named.map((one) => one.request)];
  names.start(new Set(wanted.map(({ service }) => service)), snapshot.entries);

  const plan = async (issue: Snapshot, end: number): Promise<Planned> => {
    const planning: Planning = {
      connections: context.connections,
      survey: issue === snapshot ? survey : new GroupSurvey(context.connections, now),
      entries: issue.entries,
      // Whoever runs a job again wants fresh links, however long ago the event was.
      requestedAt: trigger.isRerun ? snapshot.date : trigger.at,
      date: issue.date,
      end,
      now,
    };
    const tasks = asked
      ? await planApproved(asked.requests, (approved) => requestFor(job, approved), planning)
      : await planRenewals(job, planning);
    // For whom the connections are: as the form says that was approved last.
    const customer = asked?.customer !== undefined && { customer: asked.customer };
    const details = { ...issue.details, ...customer };
    const announced = announcement(tasks, issue.entries, names, asked?.destination);
    return { tasks, planning, details, ...announced };
  };
  if (inputs.dryRun) {
    const { tasks } = await plan(snapshot, now());
    return { results: tasks.map((each) => withheld(each, context.connections)) };
  }
  let planned: Task[] = [];
  const claim = await thread.claim(snapshot, async (latestIssue, end) => {
    if (outdated(latestIssue, task.label)) return undefined;
    const latest = await plan(latestIssue, end);
    planned = latest.tasks;
    return planned.every(({ kind }) => kind === 'skip') ? undefined : latest;
  });
  if (claim) return work(job, claim, names, results);
  const done = 'Another run has already done this.';
  const targets = planned.length > 0 ? planned.map(({ request }) => request.target) : [{}];
  return { results: targets.map((target) => ({ target, outcome: 'skipped', reason: done })) };
}

/** What the form asks for, and the name of the destination where the form chooses one. */
type FormRequests = IssueRequests & { destination: string | undefined };

/** Reads what the form asks for. What there is in its groups is asked for at the same time. */
async function readRequests(
  { trigger, task, types }: Onboarding,
  survey: GroupSurvey,
): Promise<FormRequests> {
  const form = readForm(trigger.issue.body);
  const asked = await readIssueRequests(form, task, (name) => types.serviceCalled(name));
  for (const { connection } of asked.requests) survey.start(connection.groupId);
  return { ...asked, destination: task.rules.groups && form.values.destination };
}

/**
 * The connections that a command names: by connector type, display name or schema; all, by nothing.
 * Only those that exist, or may: the command approves nothing.
 */
function entriesNamed(name: string, entries: readonly Entry[]): Entry[] {
  const begun = entries.filter(mayExist);
  if (!name) return begun;
  const wanted = name.toLowerCase();
  return begun.filter((entry) => {
    const { service, schema } = entry.request;
    const called = [service, titleOf(entry), schema, nameOf(entry.request)];
    return called.some((one) => one.toLowerCase() === wanted) || sameService(service, wanted);
  });
}

function planRenewals(job: Onboarding, planning: Planning): Promise<Task[]> {
  const entries = entriesNamed(job.trigger.name, planning.entries);
  return Promise.all(
    entries.map((entry) => planEntry(entry, requestFor(job, entry.request), planning)),
  );
}

/** What goes on record before anything is sent, and the comment's words meanwhile. */
function announcement(
  tasks: Task[],
  entries: readonly Entry[],
  names: DisplayNames,
  destination: string | undefined,
) {
  for (const task of tasks) {
    const entry = names.applyTo(task.entry);
    const isNamed =
      destination !== undefined && sameRequest(entry.request, approvedOf(task.request));
    task.entry = isNamed ? { ...entry, destination } : entry;
  }
  const changed = tasks.flatMap(({ kind, entry }) => {
    if (kind === 'create') return entry;
    // Should this run die after it has created the new link, the old one doesn't work any more.
    return kind === 'renew' && entry.state === 'ready' ? withLostLink(entry, 'cancelled') : [];
  });
  return {
    entries: changed.reduce(withEntry, [...entries]),
    text: workingText(
      tasks.filter(({ kind }) => kind !== 'refuse').map(({ entry }) => titleOf(entry)),
    ),
  };
}

/** Says in the issue why nothing was created, where there is something to say. */
async function refuse(
  job: Onboarding,
  thread: Thread,
  snapshot: Snapshot,
  { error, notice }: Refusal,
): Promise<Onboarded> {
  const results: LinkResult[] = [{ target: {}, outcome: 'failed', error }];
  outputResults(results, {}, job.context);
  if (!notice || job.inputs.dryRun) return { results };
  const rules = commentRules(job.inputs, job.github, job.context);
  try {
    const claim = await thread.claim(snapshot, async (now) => ({
      entries: now.entries,
      text: commentText(now.entries, now, [], rules, { notice }),
    }));
    return { results, commentUrl: await claim.publish(claim.plan) };
  } catch (thrown) {
    const { message } = asLinkError(thrown);
    job.context.runner.warning(`The issue's comment couldn't be updated: ${message}`);
    return { results };
  }
}
