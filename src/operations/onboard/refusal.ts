import type { Trigger } from '../../github/event.ts';
import { hasLabel } from '../../github/issue.ts';
import type { Snapshot } from '../../github/snapshot.ts';
import type { OnboardingInputs } from '../../inputs/onboarding-inputs.ts';
import type { IssueRequests } from '../../issue-form/issue-request.ts';
import { InputError, LinkError } from '../../model/errors.ts';
import { type Entry, MOST_ENTRIES, mayExist, nameOf } from '../../model/issue-record.ts';
import type { Notice } from '../../report/comment.ts';
import {
  approveAgainNotice,
  incompleteNotice,
  noSuchSourceNotice,
  notApprovedNotice,
} from '../../report/notices.ts';
import { approvedOf, sameRequest } from '../entries.ts';

/** Why nothing is created for an issue; and what the issue says of it, if anything. */
export interface Refusal {
  error: LinkError;
  notice?: Notice;
}

/** Why an event has nothing to do any more: the issue has changed while the run waited in a queue. */
export function outdated({ issue }: Snapshot, label: string): string | undefined {
  if (!issue.open) return 'The issue was closed meanwhile.';
  if (!hasLabel(issue, label)) return `The issue doesn't have the label ${label} any more.`;
  return undefined;
}

/**
 * What stands against doing what was asked.
 * @param entitled whether those who set the run off may do so
 * @param asked what the form says; undefined for the command, which renews what was approved
 * @param named the connections on record that the command is about
 */
export function refusalOf(
  trigger: Trigger,
  { label, approvers }: OnboardingInputs,
  snapshot: Snapshot,
  entitled: boolean,
  asked: IssueRequests | undefined,
  named: readonly Entry[],
): Refusal | undefined {
  if (!entitled && trigger.kind === 'command') {
    const who = "Only the issue's author and people with triage rights can renew its links.";
    return { error: notApproved(who, label, approvers) };
  }
  if (!entitled) {
    const error = notApproved(
      `Whoever added the label ${label} may not approve.`,
      label,
      approvers,
    );
    // What the comment says stays: who may not approve may not take a link away either.
    const silent = snapshot.signed.length > 0;
    return silent ? { error } : { error, notice: notApprovedNotice(label, approvers) };
  }
  if (asked) return refusalOfForm(asked, label) ?? tooMany(asked, snapshot.entries, label);
  const begun = snapshot.entries.filter(mayExist);
  if (begun.length === 0) {
    const why = 'No approval of this issue is on record.';
    return { error: notApproved(why, label, approvers), notice: approveAgainNotice(label) };
  }
  if (named.length > 0) return undefined;
  const known = begun.map(({ request }) => nameOf(request));
  const error = new LinkError(
    'unknown-connection',
    `The command names a connection that this issue doesn't have. It has ${known.join(', ')}.`,
    'Use one of these names, or the connector type, or comment /connect-card alone for all.',
  );
  return { error, notice: noSuchSourceNotice(known) };
}

function refusalOfForm(
  { workflowProblems, problems }: IssueRequests,
  label: string,
): Refusal | undefined {
  // Only the workflow's author can fix those: the issue has nothing to say about them.
  if (workflowProblems.length > 0) return { error: new InputError(workflowProblems) };
  if (problems.length === 0) return undefined;
  return { error: new InputError(problems), notice: incompleteNotice(problems, label) };
}

/** A record holds so many connections, and a comment so many characters. */
function tooMany(
  { requests }: IssueRequests,
  entries: readonly Entry[],
  label: string,
): Refusal | undefined {
  const known = entries.filter(mayExist);
  const added = requests.map(approvedOf).filter((one) => {
    return !known.some(({ request }) => sameRequest(request, one));
  });
  if (added.length === 0 || known.length + added.length <= MOST_ENTRIES) return undefined;
  const problem = {
    code: 'form-incomplete' as const,
    input: 'Service',
    message: `names more than this issue can have: ${MOST_ENTRIES} connections in all.`,
    fix: 'Open another issue for the rest.',
  };
  return { error: new InputError([problem]), notice: incompleteNotice([problem], label) };
}

function notApproved(message: string, label: string, approvers: readonly string[]): LinkError {
  const who = approvers.length > 0 ? approvers.join(' or ') : 'somebody with triage rights or more';
  return new LinkError(
    'not-approved',
    message,
    `Ask ${who} to remove the label ${label} and add it again.`,
  );
}
