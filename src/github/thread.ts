import { setTimeout as sleep } from 'node:timers/promises';
import type { Found, IntentRecord, IssueRecord, OwnComments, RecordSigner } from './record.ts';
import type { Comment, Repository } from './repository.ts';

/** Milliseconds in which what another run was writing just now has arrived, too. */
const ON_THE_WAY = 250;

/** An issue's comments, of which the action has one. */
export class Thread {
  readonly #repository: Repository;
  readonly #signer: RecordSigner;
  readonly #issue: number;
  #own: OwnComments = { records: [], unreadable: [] };
  /** The server's time of the last reading, in milliseconds. */
  date = 0;
  /** Where the action's comment is, once it has written one. */
  url: string | undefined;

  constructor(repository: Repository, signer: RecordSigner, issue: number) {
    this.#repository = repository;
    this.#signer = signer;
    this.#issue = issue;
  }

  /** Reads what is there; to be called first, and again to see what other runs did. */
  async read(): Promise<void> {
    const { comments, date } = await this.#repository.comments(this.#issue);
    this.#own = await this.#signer.read(comments, () => this.#repository.ownAuthor());
    this.#own.records.sort(byPrecedence);
    this.date = date;
  }

  /** What the action remembers of this issue. */
  get latest(): Found | undefined {
    return this.#own.records[0];
  }

  /** Whether the action has said anything here, be it with a key that isn't known any more. */
  get hasComment(): boolean {
    return this.#own.records.length > 0 || this.#own.unreadable.length > 0;
  }

  /** Says something in the action's comment, which is added if there is none yet. */
  async say(record: IssueRecord, text: string): Promise<void> {
    let comment = this.latest?.comment ?? this.#own.unreadable[0];
    if (!comment) {
      // A record that counts names its comment, which has no number before it is there.
      const isNote = record.kind === 'note';
      const mine = isNote
        ? await this.#add(record, text)
        : await this.#add({ kind: 'note', round: 0 }, 'One moment…');
      // Another run may have said something at the same moment: then that comment is the one.
      if (await this.#giveWayFor(mine, record)) return;
      comment = isNote ? undefined : this.latest?.comment;
    }
    if (comment) await this.#write(comment, record, text);
    await this.#tidy();
  }

  /**
   * Says something that is only true if no other run says something else: neither could know whose
   * words come last.
   * @returns false when another run has written since this one read or wrote
   */
  async sayAlone(record: IssueRecord, text: string): Promise<boolean> {
    if (await this.hasChanged()) return false;
    await this.say(record, text);
    await sleep(ON_THE_WAY);
    return !(await this.hasChanged());
  }

  /** Reads again; whether the action's comment is another, or says something else, than before. */
  async hasChanged(): Promise<boolean> {
    const before = this.latest?.comment;
    await this.read();
    const now = this.latest?.comment;
    return now?.id !== before?.id || textOf(now) !== textOf(before);
  }

  /**
   * Announces that a connection will be made, in a comment of its own: comments have one order for
   * everybody, so of several runs that announce the same round the first one goes on.
   * @returns false when another run is first; this one's comment is gone then
   */
  async claim(intent: IntentRecord, text: string): Promise<boolean> {
    const mine: Found = { comment: await this.#add(intent, text), record: intent };
    await this.read();
    const others = this.#own.records.filter(({ comment }) => comment.id !== mine.comment.id);
    // The list may lag behind what was just added.
    this.#own.records = [mine, ...others].sort(byPrecedence);
    if (this.latest === mine) return true;
    await this.#repository.deleteComment(mine.comment.id);
    this.#own.records = others;
    this.url = undefined;
    return false;
  }

  /** Takes a comment back where another run's goes before it; gives whether that says enough. */
  async #giveWayFor(mine: Comment, record: IssueRecord): Promise<boolean> {
    await this.read();
    const first = this.latest?.comment.id ?? mine.id;
    if (first === mine.id) return false;
    await this.#repository.deleteComment(mine.id);
    this.#own.records = this.#own.records.filter(({ comment }) => comment.id !== mine.id);
    this.url = this.latest?.comment.url;
    return record.kind === 'note';
  }

  async #add(record: IssueRecord, text: string): Promise<Comment> {
    const body = `${text}\n\n${this.#signer.sign(record, undefined)}`;
    const comment = await this.#repository.addComment(this.#issue, body);
    this.#own.records.unshift({ comment, record });
    this.url = comment.url;
    return comment;
  }

  /** Writes into a comment of the action's, unless it says just that already. */
  async #write(comment: Comment, record: IssueRecord, text: string): Promise<void> {
    const body = `${text}\n\n${this.#signer.sign(record, comment.id)}`;
    const same = textOf(comment) === body;
    const written = same ? comment : await this.#repository.editComment(comment.id, body);
    const others = this.#own.records.filter((found) => found.comment.id !== comment.id);
    this.#own.records = [{ comment: written, record }, ...others];
    this.#own.unreadable = this.#own.unreadable.filter(({ id }) => id !== comment.id);
    this.url = written.url;
  }

  /** One comment an issue: takes away what earlier runs left beside the latest. */
  async #tidy(): Promise<void> {
    const { records, unreadable } = this.#own;
    const [latest, ...older] = records;
    for (const { id } of [...older.map(({ comment }) => comment), ...unreadable]) {
      await this.#repository.deleteComment(id);
    }
    this.#own = { records: latest ? [latest] : [], unreadable: [] };
  }
}

/** A comment's text, however GitHub ends its lines. */
function textOf(comment: Comment | undefined): string | undefined {
  return comment?.body.replaceAll('\r\n', '\n');
}

/** The latest round first; in it what was made before what was only begun, and the first begun. */
function byPrecedence(a: Found, b: Found): number {
  const made = ({ record }: Found) => (record.kind === 'made' ? 0 : 1);
  return b.record.round - a.record.round || made(a) - made(b) || a.comment.id - b.comment.id;
}
