import type { Connections } from '../../fivetran/connections.ts';
import type { OpenRepository } from '../../github/open.ts';
import type { MadeRecord } from '../../github/record.ts';
import type { Issue } from '../../github/repository.ts';
import type { Thread } from '../../github/thread.ts';
import type { FollowUpInputs } from '../../inputs/follow-up-inputs.ts';
import type { Card, SetupState } from '../../model/connection.ts';
import { asLinkError, LinkError } from '../../model/errors.ts';
import {
  brokenText,
  connectedText,
  expiredText,
  goneText,
  handedOverText,
  linkText,
} from '../../report/comment.ts';
import { putFreshCard } from '../onboard/fresh-card.ts';
import { subjectOf } from '../onboard/job.ts';

/** What became of one issue. */
export interface FollowUpResult {
  issue: number;
  outcome: 'waiting' | 'connected' | 'broken' | 'expired' | 'gone' | 'bad-record' | 'failed';
  /** Whether this run changed anything: in the comment, the labels, the issue. */
  changed: boolean;
  connectionId?: string;
  setupState?: SetupState;
  /** A fresh link, where one has replaced an expired one. */
  card?: Card;
  commentUrl?: string;
  error?: LinkError;
}

/** What it takes to bring issues up to date. */
export interface FollowUp {
  inputs: FollowUpInputs;
  connections: Connections;
  place: OpenRepository;
  dryRun: boolean;
  /** Told of a card before anything else is done with it, so that it can be masked. */
  onCard(card: Card): void;
}

/**
 * Brings one issue up to date with its connection. Reads before it writes, and writes only what
 * isn't so already. Never throws: a failure is a result, and doesn't concern the other issues.
 */
export async function settle(issue: Issue, job: FollowUp): Promise<FollowUpResult> {
  const result: FollowUpResult = { issue: issue.number, outcome: 'failed', changed: false };
  try {
    const thread = job.place.threadOf(issue.number);
    await thread.read();
    const record = thread.latest?.record;
    if (record?.kind === 'made') await follow(issue, record, thread, result, job);
    else result.outcome = 'bad-record';
    const url = thread.latest?.comment.url;
    if (url) result.commentUrl = url;
  } catch (error) {
    result.error = asLinkError(error);
    result.outcome = 'failed';
  }
  return result;
}

async function follow(
  issue: Issue,
  made: MadeRecord,
  thread: Thread,
  result: FollowUpResult,
  job: FollowUp,
): Promise<void> {
  const { inputs } = job;
  const subject = subjectOf(made);
  result.connectionId = made.connection;
  const tell = async (record: MadeRecord, text: string) => {
    if (record.state === made.state && record.expires === made.expires) return;
    await change(result, job, () => thread.say(record, text));
  };

  const state = await stateOf(made, job);
  if (state === 'gone') {
    result.outcome = 'gone';
    return tell({ ...made, state, expires: 0 }, goneText(subject, inputs.label));
  }
  result.setupState = state;
  if (state === 'connected') {
    result.outcome = 'connected';
    await tell({ ...made, state, expires: 0 }, connectedText(subject));
    return finish(issue, result, job);
  }
  if (state === 'broken') {
    result.outcome = 'broken';
    return tell({ ...made, state, expires: 0 }, brokenText(subject));
  }
  const works = made.state === 'ready' && thread.date < made.expires;
  result.outcome = works || made.state === 'failed' ? 'waiting' : 'expired';
  if (works) return;
  if (inputs.renewLinks) return renew(made, thread, result, job);
  if (result.outcome === 'waiting') return;
  await tell({ ...made, state: 'expired', expires: 0 }, expiredText(subject));
}

/** The setup state; of those who are through it isn't asked again. */
async function stateOf(
  { connection, state }: MadeRecord,
  { connections }: FollowUp,
): Promise<SetupState | 'gone'> {
  if (state === 'connected' || state === 'gone') return state;
  try {
    return (await connections.get(connection)).setupState ?? 'incomplete';
  } catch (error) {
    if (error instanceof LinkError && error.code === 'unknown-connection') return 'gone';
    throw error;
  }
}

/** A fresh link in place of one that has expired. */
async function renew(
  made: MadeRecord,
  thread: Thread,
  result: FollowUpResult,
  job: FollowUp,
): Promise<void> {
  const subject = subjectOf(made);
  await change(result, job, () =>
    putFreshCard(
      async () => {
        const card = await job.connections.createCard(made.connection, job.inputs.card);
        job.onCard(card);
        result.card = card;
        return card;
      },
      async (card) => {
        const text = (await job.place.mayShowLink())
          ? linkText(subject, card, true)
          : handedOverText(subject, card);
        const record: MadeRecord = { ...made, state: 'ready', expires: card.expiresAt.getTime() };
        return thread.sayAlone(record, text);
      },
    ),
  );
}

/** Labels and closes an issue that is connected. */
async function finish(issue: Issue, result: FollowUpResult, job: FollowUp): Promise<void> {
  const { repository } = job.place;
  const { connectedLabel: label, closeConnected } = job.inputs;
  const has = issue.labels.some((one) => one.toLowerCase() === label.toLowerCase());
  if (label && !has) await change(result, job, () => repository.addLabel(issue.number, label));
  if (closeConnected) await change(result, job, () => repository.closeIssue(issue.number));
}

async function change(
  result: FollowUpResult,
  { dryRun }: FollowUp,
  write: () => Promise<void>,
): Promise<void> {
  if (!dryRun) await write();
  result.changed = true;
}
