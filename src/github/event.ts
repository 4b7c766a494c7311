import { isRecord } from '../model/json.ts';
import type { Context } from '../packages/github-context.ts';
import { type Person, readPerson } from './repository.ts';

/** An issue as its event brings it. What stands in its body was written by anybody. */
export interface EventIssue {
  number: number;
  body: string;
  author: Person;
}

/** What somebody did that makes the action act on an issue. */
export interface Trigger {
  /** `label`: put the approving label on. `command`: commented `/connect-card`. */
  kind: 'label' | 'command';
  by: Person;
  issue: EventIssue;
}

/** An event that there is nothing to do for, and why. */
export interface Skipped {
  skipped: string;
}

export const COMMAND = '/connect-card';

/**
 * Reads the event that started the run: the approving label, or the command on an open issue that
 * has it. Bots count only when they are approvers.
 */
export function readTrigger(
  context: Pick<Context, 'eventName' | 'payload'>,
  { label, approvers }: { label: string; approvers: readonly string[] },
): Trigger | Skipped {
  const { eventName, payload } = context;
  const event = `${eventName}${payload.action ? `: ${payload.action}` : ''}`;
  const kind = { 'issues: labeled': 'label', 'issue_comment: created': 'command' }[event];
  if (kind !== 'label' && kind !== 'command') {
    return skip(`It acts on issues: labeled and issue_comment: created, not on ${event}.`);
  }
  const { issue, comment } = payload as Record<string, unknown>;
  if (!isRecord(issue)) return skip('The event names no issue.');
  if (issue.pull_request) return skip('This is a pull request, not an issue.');
  if (issue.state !== 'open') return skip('The issue is closed.');

  if (kind === 'label' && !sameLabel(payload.label, label)) {
    return skip(`The label that was put on isn't ${label}.`);
  }
  if (kind === 'command') {
    if (!startsWithCommand(isRecord(comment) ? comment.body : undefined)) {
      return skip(`The comment doesn't start with ${COMMAND}.`);
    }
    const labels = Array.isArray(issue.labels) ? issue.labels : [];
    if (!labels.some((one) => sameLabel(one, label))) {
      return skip(`The issue doesn't have the label ${label}.`);
    }
  }
  const by = readPerson(kind === 'label' ? payload.sender : isRecord(comment) && comment.user);
  if (by.bot && !isAmong(approvers, by)) {
    return skip('A bot did this, and it is not among the approvers.');
  }
  return {
    kind,
    by,
    issue: {
      number: Number(issue.number),
      body: typeof issue.body === 'string' ? issue.body : '',
      author: readPerson(issue.user),
    },
  };
}

/** Whether somebody is in a list of logins, which GitHub compares without case. */
export function isAmong(logins: readonly string[], { login }: Person): boolean {
  return logins.some((one) => one.toLowerCase() === login.toLowerCase());
}

function startsWithCommand(body: unknown): boolean {
  const lines = typeof body === 'string' ? body.split(/\r?\n/) : [];
  return lines.find((line) => line.trim())?.trim() === COMMAND;
}

function sameLabel(value: unknown, label: string): boolean {
  const name = isRecord(value) ? value.name : undefined;
  return typeof name === 'string' && name.toLowerCase() === label.toLowerCase();
}

function skip(why: string): Skipped {
  return { skipped: why };
}
