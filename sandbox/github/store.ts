import { nodeId } from './node-id.ts';
import type {
  CommentRecord,
  IssueRecord,
  LabelRecord,
  NewComment,
  NewIssue,
  ReactionContent,
  ReactionRecord,
} from './records.ts';

/** GitHub's comment ids outgrew 32 bits in 2024; no client may rely on them fitting. */
const FIRST_ID = 3_000_000_001;

/** The issues, labels, comments and reactions of one repository. It decides nothing about rights. */
export class Store {
  readonly issues: IssueRecord[] = [];
  readonly labels: LabelRecord[] = [];
  #comments = new Map<number, CommentRecord>();
  #nodes = new Map<string, IssueRecord | CommentRecord | LabelRecord>();
  #nextId = FIRST_ID;
  #repositoryId: number;
  #now: () => number;

  constructor(repositoryId: number, now: () => number) {
    this.#repositoryId = repositoryId;
    this.#now = now;
  }

  issue(number: number): IssueRecord | undefined {
    return this.issues[number - 1];
  }

  comment(id: number): CommentRecord | undefined {
    return this.#comments.get(id);
  }

  /** What has that global id: an issue, a comment or a label. */
  node(id: string): IssueRecord | CommentRecord | LabelRecord | undefined {
    return this.#nodes.get(id);
  }

  addIssue({ title = 'A new customer', labels = [], comments = [], ...given }: NewIssue) {
    const id = this.#nextId++;
    const createdAt = given.createdAt ?? this.#now();
    const issue: IssueRecord = {
      id,
      nodeId: nodeId(given.pullRequest ? 'PR' : 'I', this.#repositoryId, id),
      number: this.issues.length + 1,
      title,
      body: given.body,
      author: given.author,
      state: 'open',
      stateReason: null,
      closedAt: null,
      closedBy: null,
      locked: false,
      lockReason: null,
      labels: [],
      comments: [],
      createdAt,
      updatedAt: createdAt,
      pullRequest: given.pullRequest ?? false,
      gone: undefined,
    };
    this.issues.push(issue);
    this.#nodes.set(issue.nodeId, issue);
    this.addLabels(issue, labels);
    for (const comment of comments) this.addComment(issue, comment);
    if (given.state === 'closed') this.update(issue, { state: 'closed' }, given.author);
    issue.updatedAt = issue.comments.at(-1)?.createdAt ?? createdAt;
    return issue;
  }

  update(
    issue: IssueRecord,
    change: { title?: string; body?: string | null; state?: 'open' | 'closed'; reason?: string },
    by: string,
  ): void {
    const { reason, ...fields } = change;
    if (fields.state && fields.state !== issue.state) {
      const closed = fields.state === 'closed';
      issue.stateReason = closed ? (reason ?? 'completed') : 'reopened';
      issue.closedAt = closed ? this.#now() : null;
      issue.closedBy = closed ? by : null;
    } else if (reason && issue.state === 'closed') {
      issue.stateReason = reason;
    }
    Object.assign(issue, fields);
    this.#touch(issue);
  }

  lock(issue: IssueRecord, reason: string | null = null): void {
    Object.assign(issue, { locked: true, lockReason: reason });
    this.#touch(issue);
  }

  unlock(issue: IssueRecord): void {
    Object.assign(issue, { locked: false, lockReason: null });
    this.#touch(issue);
  }

  addComment(issue: IssueRecord, { body, author, createdAt = this.#now() }: NewComment) {
    const id = this.#nextId++;
    const comment: CommentRecord = {
      id,
      nodeId: nodeId('IC', this.#repositoryId, id),
      issue,
      body: typeof body === 'function' ? body(id) : body,
      author,
      createdAt,
      updatedAt: createdAt,
      lastEditedAt: undefined,
      reactions: [],
    };
    issue.comments.push(comment);
    this.#comments.set(id, comment);
    this.#nodes.set(comment.nodeId, comment);
    this.#touch(issue);
    return comment;
  }

  editComment(comment: CommentRecord, body: string): void {
    comment.body = body;
    comment.updatedAt = this.#now();
    comment.lastEditedAt = comment.updatedAt;
    this.#touch(comment.issue);
  }

  deleteComment({ id, nodeId, issue }: CommentRecord): void {
    issue.comments = issue.comments.filter((other) => other.id !== id);
    this.#comments.delete(id);
    this.#nodes.delete(nodeId);
    this.#touch(issue);
  }

  /** The reaction, and whether it is a new one: a person reacts once with each. */
  react(comment: CommentRecord, content: ReactionContent, author: string) {
    const known = comment.reactions.find(
      (reaction) => reaction.content === content && reaction.author === author,
    );
    if (known) return { reaction: known, isNew: false };
    const createdAt = this.#now();
    const reaction: ReactionRecord = { id: this.#nextId++, content, author, createdAt };
    comment.reactions.push(reaction);
    return { reaction, isNew: true };
  }

  /** GitHub compares labels without case, and a label keeps the spelling it was created with. */
  label(name: string): LabelRecord | undefined {
    return this.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
  }

  createLabel(name: string, color = 'ededed'): LabelRecord {
    const id = this.#nextId++;
    const label = { id, nodeId: nodeId('LA', this.#repositoryId, id), name, color };
    this.labels.push(label);
    this.#nodes.set(label.nodeId, label);
    return label;
  }

  /** Adds labels to an issue; one that the repository lacks is created, as GitHub does. */
  addLabels(issue: IssueRecord, names: string[]): void {
    for (const name of names) {
      const label = this.label(name) ?? this.createLabel(name);
      if (!issue.labels.includes(label)) issue.labels.push(label);
    }
    this.#touch(issue);
  }

  /** Whether the issue had the label. */
  removeLabel(issue: IssueRecord, name: string): boolean {
    const label = this.label(name);
    if (!label || !issue.labels.includes(label)) return false;
    issue.labels = issue.labels.filter((other) => other !== label);
    this.#touch(issue);
    return true;
  }

  #touch(issue: IssueRecord): void {
    issue.updatedAt = this.#now();
  }
}
