import { randomUUID } from 'node:crypto';
import { ResponseLost } from '../http/transport.ts';
import type { WaitBudget } from '../http/wait-budget.ts';
import { cancelled, LinkError } from '../model/errors.ts';
import type { Entry, IssueDetails } from '../model/issue-record.ts';
import { readOn, SLACK_MS } from './comment-pages.ts';
import { issueBusy } from './failures.ts';
import type { Comment, IssuePage } from './issue.ts';
import type { RecordSigner, Sealed } from './record.ts';
import type { Repository } from './repository.ts';
import { githubNow, type RunRef, type Snapshot, takeSnapshot } from './snapshot.ts';

/** What a thread needs of the run that works with it. */
export interface ThreadAccess {
  repository: Repository;
  signer: RecordSigner;
  run: RunRef;
  budget: WaitBudget;
  /** Milliseconds for one request. */
  timeout: number;
  /** Takes secrets out of a text before it is written. */
  redact(text: string): string;
  /** This machine's time, in milliseconds. */
  now(): number;
}

/** What is on record, and the words that people see with it. */
export interface Entries {
  entries: Entry[];
  /** What is remembered of the issue; as it was, where it isn't said. */
  details?: IssueDetails;
  text: string;
}

/** What is to be done about an issue; by this machine's time `end` that has its effect, or none. */
type Planner<P> = (snapshot: Snapshot, end: number) => Promise<P>;

/** The right to change an issue: held until its result is published, or its time is over. */
export interface Claim<P extends Entries = Entries> {
  /** What was planned, for the issue as it is. */
  plan: P;
  /** The issue when the claim began; no other run changes it meanwhile. */
  snapshot: Snapshot;
  /** When everything has to be sent, as `withDeadline` has it; what is published has a little longer. */
  deadline: number;
  /** Changes what is on record should this run die. */
  amend(announced: Entries): Promise<void>;
  /**
   * Writes the result down, which ends the claim, and deletes the comments that it replaces.
   * @returns where the comment is
   */
  publish(result: Entries): Promise<string>;
}

/** Milliseconds between two looks whether another run has finished. */
const POLLS_MS = [500, 1000, 2000, 4000, 8000];
/** How often a lease is added that doesn't show up. */
const TRIES = 3;

/**
 * An issue's comments, of which the action has one. Runs that change it take turns, as
 * docs/decisions/0004-lease-on-the-issue.md says.
 */
export class Thread {
  readonly #access: ThreadAccess;
  readonly #issue: number;

  constructor(access: ThreadAccess, issue: number) {
    this.#access = access;
    this.#issue = issue;
  }

  /**
   * The issue as it is now.
   * @param since an earlier reading: then only newer comments are read
   */
  async read(since?: Snapshot): Promise<Snapshot> {
    return this.complete(await this.#access.repository.issue(this.#issue), since);
  }

  /** An issue of which one page of comments is known: reads on until the action's own is found. */
  async complete(page: IssuePage, since?: Snapshot): Promise<Snapshot> {
    const { repository, signer, run } = this.#access;
    const comments = await readOn(page, repository, signer, since);
    return takeSnapshot(page, comments, signer, run);
  }

  /**
   * Waits until no other run works on the issue, and adds a comment with a lease: from then on, others
   * wait for this one.
   * @param plan what is to be done, for the issue as it is;
   *   asked again when another run has changed the issue. Undefined when there is nothing left to do
   * @param more milliseconds that this takes longer than a request or two
   * @throws LinkError `issue-busy` when another run still works and `max-wait` is spent
   */
  claim<P extends Entries>(first: Snapshot, plan: Planner<P>, more?: number): Promise<Claim<P>>;
  claim<P extends Entries>(
    first: Snapshot,
    plan: Planner<P | undefined>,
  ): Promise<Claim<P> | undefined>;
  async claim<P extends Entries>(
    first: Snapshot,
    plan: Planner<P | undefined>,
    more = 0,
  ): Promise<Claim<P> | undefined> {
    const { budget, timeout, repository, now } = this.#access;
    let snapshot = first;
    for (;;) {
      snapshot = await this.whenFree(snapshot);
      const end = now() + 2 * timeout + more + budget.left + SLACK_MS;
      const planned = await plan(snapshot, end);
      if (!planned) {
        // What a run that died has left beside its result.
        await this.deleteAll(snapshot.replaced);
        return undefined;
      }
      // The result is written after that.
      const { comment, sealed, after } = await this.#addLease(snapshot, planned, end + timeout);
      const others = after.leases.filter((lease) => lease.comment.id !== comment.id);
      const isFirst = others.every((other) => other.comment.id > comment.id);
      // Runs that came later see this lease and take theirs back. One that could not see it yet is
      // working, and its result comes first.
      try {
        snapshot = isFirst ? await this.whenFree(after, comment.id) : after;
      } catch (error) {
        await repository.deleteComment(comment.id);
        throw error;
      }
      const left = end - SLACK_MS - now();
      if (isFirst && left > 0 && snapshot.generation === sealed.generation - 1) {
        return this.#held(planned, snapshot, comment, sealed, budget.elapsed() + left);
      }
      await repository.deleteComment(comment.id);
    }
  }

  /** Signs the record anew in its comment, whose words stay as they are. */
  async signAnew({ comment, entries, details, generation, repositoryId }: Snapshot): Promise<void> {
    if (!comment) return;
    const [text = ''] = comment.body.split(/\s*<!-- connect-card-link /);
    await this.#write(repositoryId, comment.id, { generation, entries, details }, text);
  }

  /** Deletes comments of the action's; one that is gone already is deleted. */
  async deleteAll(comments: readonly Comment[]): Promise<void> {
    const { repository } = this.#access;
    await Promise.all(comments.map(({ id }) => repository.deleteComment(id)));
  }

  /**
   * The issue when no other run is working on it.
   * @param own the comment with this run's own lease
   * @throws LinkError `issue-busy` when another run still works and `max-wait` is spent
   */
  async whenFree(first: Snapshot, own?: number): Promise<Snapshot> {
    let snapshot = first;
    for (let polls = 0; ; polls++) {
      const others = snapshot.leases.filter(({ comment }) => comment.id !== own);
      if (others.length === 0) return snapshot;
      const pause = POLLS_MS[Math.min(polls, POLLS_MS.length - 1)] ?? 0;
      const { budget } = this.#access;
      if (!(await budget.wait(pause))) {
        if (budget.ended)
          throw cancelled('The run was cancelled while another worked on this issue.');
        throw issueBusy(others.map(({ sealed }) => sealed.lease?.until ?? 0));
      }
      snapshot = await this.read(snapshot);
    }
  }

  /** Adds a comment with a lease, and reads what there is beside it. */
  async #addLease(snapshot: Snapshot, { entries, details, text }: Entries, end: number) {
    const { repository, signer, run, timeout, redact, budget, now } = this.#access;
    const until = githubNow(snapshot, end);
    const lease = { id: randomUUID(), run: run.id, attempt: run.attempt, until };
    const generation = snapshot.generation + 1;
    const sealed: Sealed = { generation, entries, details: details ?? snapshot.details, lease };
    const ref = { repositoryId: snapshot.repositoryId, issue: this.#issue };
    for (let tries = 1; tries <= TRIES; tries++) {
      // Signed when it is sent: a rate limit may hold it back for longer than a comment may take.
      const body = () => {
        const sending = { by: snapshot.viewer, at: githubNow(snapshot, now()), within: timeout };
        return `${redact(text)}\n\n${signer.sign(sealed, ref, sending)}`;
      };
      const added = await repository.addComment(snapshot.issue.nodeId, body).catch((error) => {
        if (error instanceof ResponseLost) return undefined;
        throw error;
      });
      const after = added ? await this.complete(added.page, snapshot) : await this.read(snapshot);
      const mine = after.signed.find((one) => one.sealed.lease?.id === lease.id);
      if (mine) return { comment: mine.comment, sealed, after };
      // It took too long to be added, or what was read is older than it.
      if (added) await repository.deleteComment(added.comment.id);
      await budget.wait(POLLS_MS[tries] ?? 0);
    }
    throw new LinkError(
      'github-failed',
      "GitHub doesn't show the comment that was just added, so this run couldn't confirm that no other run is working on the issue.",
      'Run the job again in a few minutes.',
    );
  }

  #held<P extends Entries>(
    plan: P,
    snapshot: Snapshot,
    { id, url }: Comment,
    sealed: Sealed,
    deadline: number,
  ): Claim<P> {
    const { repositoryId } = snapshot;
    return {
      plan,
      snapshot,
      deadline,
      amend: ({ entries, text }) =>
        this.#write(repositoryId, id, { ...sealed, entries }, text, deadline),
      publish: async ({ entries, details = sealed.details ?? {}, text }) => {
        const result = { generation: sealed.generation + 1, entries, details };
        // Later, another run may have taken over what this one had announced.
        await this.#write(repositoryId, id, result, text, deadline + this.#access.timeout);
        await this.deleteAll([...snapshot.replaced, ...snapshot.current]);
        return url;
      },
    };
  }

  async #write(
    repositoryId: number,
    comment: number,
    sealed: Sealed,
    text: string,
    deadline?: number,
  ): Promise<void> {
    const { repository, signer, redact } = this.#access;
    const marker = signer.sign(sealed, { repositoryId, issue: this.#issue }, comment);
    await repository.editComment(comment, `${redact(text)}\n\n${marker}`, deadline);
  }
}
