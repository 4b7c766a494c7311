import { isEntitled } from '../../github/approval.ts';
import type { IssueRecord } from '../../github/record.ts';
import { readForm } from '../../issue-form/form.ts';
import { type NamedRequest, readIssueRequests } from '../../issue-form/issue-request.ts';
import { asLinkError, InputError, LinkError } from '../../model/errors.ts';
import {
  approveAgainText,
  failedText,
  incompleteText,
  notApprovedText,
} from '../../report/comment.ts';
import { Elsewhere, type Job, madeRecord, say, Told } from './job.ts';
import { begin, resume } from './make.ts';
import { renew } from './renew.ts';

/**
 * Acts on one onboarding issue: checks who approved what, makes or renews the connection's link, and
 * says so in the issue's one comment. Never throws: a failure is a result, and in the comment too.
 */
export async function onboard(job: Job): Promise<void> {
  const { options, thread, result } = job;
  try {
    await act(job);
  } catch (thrown) {
    if (thrown instanceof Elsewhere) {
      options.log.notice(thrown.message);
      result.outcome = 'skipped';
    } else await fail(job, thrown);
  }
  if (thread.url) result.commentUrl = thread.url;
}

async function act(job: Job): Promise<void> {
  const { trigger, thread, label, result } = job;
  // The form counts when somebody approves it; the command renews what was approved.
  const asked = trigger.kind === 'label' ? await readRequest(job) : undefined;
  if (asked?.request) result.asked = asked.request.asked;
  if (!(await isEntitled(trigger, job.approvers, job.repository))) await refuseApproval(job);
  job.approved = true;
  await thread.read();
  if (asked && !asked.request) {
    throw new Told(new InputError(asked.problems), incompleteText(asked.problems));
  }

  const record = thread.latest?.record;
  if (record?.kind === 'made') return renew(job, record, asked?.request);
  if (record?.kind === 'intent') return resume(job, record, asked?.request);
  if (asked?.request) return begin(job, asked.request, (record?.round ?? 0) + 1);
  throw new Told(
    notApproved(job, 'There is no approval on record for this issue that still counts.'),
    approveAgainText(label),
  );
}

/** The request in the form. A problem with what the workflow fixed ends the run at once. */
async function readRequest({ trigger, fields, services, rules, label, approvers, options }: Job) {
  const form = readForm(trigger.issue.body);
  const onboarding = { fields, services, rules, label, approvers: [...approvers] };
  const { requests, problems, workflowProblems, warnings } = await readIssueRequests(
    form,
    onboarding,
    async () => undefined,
  );
  if (workflowProblems.length > 0) throw new InputError(workflowProblems);
  for (const warning of warnings) options.log.warning(warning);
  const [request] = requests;
  return { request, problems } as { request: NamedRequest | undefined; problems: typeof problems };
}

async function refuseApproval(job: Job): Promise<never> {
  const { trigger, thread, label, approvers } = job;
  if (trigger.kind === 'command') {
    const error = notApproved(
      job,
      "Only the issue's author and who may triage can renew its link.",
    );
    throw new Told(error, undefined);
  }
  await thread.read();
  const error = notApproved(job, `Whoever put the label ${label} on may not approve.`);
  // What our comment says stays: who may not approve may not take a link away either.
  throw new Told(error, thread.hasComment ? undefined : notApprovedText(label, approvers));
}

function notApproved({ label, approvers }: Job, message: string): LinkError {
  const who = approvers.length > 0 ? approvers.join(' or ') : 'somebody with triage rights or more';
  return new LinkError(
    'not-approved',
    message,
    `Have ${who} take the label ${label} off and put it on again.`,
  );
}

/** Keeps what was made, then tells of the failure where those who wait will see it. */
async function fail(job: Job, thrown: unknown): Promise<void> {
  const { options, thread, result } = job;
  const error = thrown instanceof Told ? thrown.error : asLinkError(thrown);
  Object.assign(result, { outcome: 'failed', error });
  job.keep();
  const record = thread.latest?.record;
  const text = thrown instanceof Told ? thrown.text : plainText(job, error);
  if (!text) return;
  await say(job, recordAfter(job, error, record), text).catch((trouble) => {
    options.log.warning(`The issue's comment couldn't say so: ${asLinkError(trouble).message}`);
  });
}

/** What a failure is called in the comment, if it can be written and somebody waits for it. */
function plainText({ approved, result, runUrl }: Job, error: LinkError): string | undefined {
  if (!approved || /^(github|issue)-/.test(error.code)) return undefined;
  return failedText(error, { connectionId: result.connection?.id, runUrl });
}

/**
 * Failures after which a connection of this issue's may be there, or turn up. Not when a create
 * request was refused: what is there then can't be told from somebody else's, by no later run either.
 */
const IN_DOUBT: readonly string[] = ['create-unknown', 'cancelled', 'internal'];

/** What stays on record: what was made, or may have been; an intent that came to nothing doesn't. */
function recordAfter(job: Job, error: LinkError, record: IssueRecord | undefined): IssueRecord {
  if (!record) return { kind: 'note', round: 0 };
  if (record.kind === 'made') {
    return { ...record, state: error.code === 'unknown-connection' ? 'gone' : 'failed' };
  }
  if (record.kind === 'intent' && job.result.connection) {
    return madeRecord(record, job.result.connection);
  }
  const withdrawn = record.kind === 'intent' && job.claimed && !IN_DOUBT.includes(error.code);
  return withdrawn ? { kind: 'note', round: record.round } : record;
}
