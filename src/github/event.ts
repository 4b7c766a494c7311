import { isRecord } from '../model/json.ts';
import type { Context } from '../packages/github-context.ts';
import { hasLabel, type Person, readPerson } from './issue.ts';

/** What somebody did that makes the action act on an issue. */
export interface Trigger {
  /** `label`: added the approving label. `command`: commented `/connect-card`. */
  kind: 'label' | 'command';
  by: Person;
  /** When, by GitHub's clock, in milliseconds. */
  at: number;
  /** Whether the job is run again, however long ago the event was. Whoever runs it again counts as well. */
  isRerun: boolean;
  rerunBy: Person | undefined;
  issue: EventIssue;
  /** The id of the comment with the command. */
  comment: number | undefined;
  /** The one connection that the command names; empty for all. */
  name: string;
}

/** An issue as its event brings it. Anybody may have written what is in its body. */
interface EventIssue {
  number: number;
  body: string;
  author: Person;
}

/** An event that there is nothing to do for, and why. */
export interface Skipped {
  skipped: string;
}

export const COMMAND = '/connect-card';

/**
 * Reads the event that started the run: the approving label, or the command on an issue that has it.
 * Bots count only when they are approvers. Whether the issue is still open and labelled has to be asked.
 */
export function readTrigger(
  context: Pick<Context, 'eventName' | 'payload' | 'runAttempt'>,
  { label, approvers }: { label: string; approvers: readonly string[] },
  triggeringActor: string | undefined,
): Trigger | Skipped {
  const { eventName, payload } = context;
  const event = `${eventName}${payload.action ? `: ${payload.action}` : ''}`;
  const kind = { 'issues: labeled': 'label', 'issue_comment: created': 'command' }[event];
  if (kind !== 'label' && kind !== 'command') {
    return skip(
      `operation: onboard acts on issues: labeled and issue_comment: created, not on ${event}.`,
    );
  }
  const { issue, comment: written } = payload as Record<string, unknown>;
  const comment = isRecord(written) ? written : {};
  if (!isRecord(issue)) return skip('The event names no issue.');
  if (issue.pull_request) return skip('This is a pull request, not an issue.');
  if (issue.state !== 'open') return skip('The issue is closed.');

  const command = kind === 'command' ? readCommand(comment.body) : '';
  if (kind === 'label' && !hasLabel({ labels: namesOf([payload.label]) }, label)) {
    return skip(`The label that was added isn't ${label}.`);
  }
  if (command === undefined) return skip(`The comment doesn't start with ${COMMAND}.`);
  if (kind === 'command' && !hasLabel({ labels: namesOf(issue.labels) }, label)) {
    return skip(`The issue doesn't have the label ${label}.`);
  }
  const by = readPerson(kind === 'label' ? payload.sender : comment.user);
  if (by.bot && !isAmong(approvers, by)) {
    return skip('This was done by a bot that is not among the approvers.');
  }
  const isRerun = context.runAttempt > 1;
  return {
    kind,
    by,
    at: Date.parse(String(kind === 'label' ? issue.updated_at : comment.created_at)),
    isRerun,
    rerunBy: isRerun && triggeringActor ? readPerson({ login: triggeringActor }) : undefined,
    issue: {
      number: Number(issue.number),
      body: typeof issue.body === 'string' ? issue.body : '',
      author: readPerson(issue.user),
    },
    comment: kind === 'command' ? Number(comment.id) : undefined,
    name: command,
  };
}

/** Whether somebody is in a list of logins, which GitHub compares without case. */
export function isAmong(logins: readonly string[], { login }: Person): boolean {
  return logins.some((one) => one.toLowerCase() === login.toLowerCase());
}

/** What follows the command in a comment's first line with text; undefined where it isn't one. */
function readCommand(body: unknown): string | undefined {
  const lines = typeof body === 'string' ? body.split(/\r?\n/) : [];
  const first = lines.find((line) => line.trim())?.trim() ?? '';
  const [word, ...name] = first.split(/[ \t]+/);
  return word === COMMAND ? name.join(' ').slice(0, 100) : undefined;
}

function namesOf(labels: unknown): string[] {
  return (Array.isArray(labels) ? labels : []).filter(isRecord).map(({ name }) => String(name));
}

function skip(why: string): Skipped {
  return { skipped: why };
}
