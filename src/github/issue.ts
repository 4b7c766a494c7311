import type { LinkError } from '../model/errors.ts';
import { isRecord } from '../model/json.ts';

/** Somebody on GitHub, as events and responses name them. */
export interface Person {
  id: number;
  login: string;
  /** Apps act as bots: the workflow's own token, Dependabot. */
  bot: boolean;
}

/** A comment on an issue. Whoever can read the issue may have written it. */
export interface Comment {
  id: number;
  body: string;
  url: string;
  /** Milliseconds, by GitHub's clock. */
  createdAt: number;
  edited: boolean;
  /** Who wrote it, as a login; an app's ends in `[bot]`. Empty for a deleted account. */
  author: string;
  /** Whether the token that asks wrote it. */
  own: boolean;
}

/** An issue as it is now. */
export interface Issue {
  number: number;
  /** Its id in GraphQL. */
  nodeId: string;
  open: boolean;
  labels: string[];
  /** Who opened it; empty for an account that was deleted. */
  author: string;
  /** Whether an app opened it. */
  isByApp: boolean;
}

/** A page of an issue's comments, the oldest of them first. */
export interface CommentPage {
  comments: Comment[];
  /** Where the comments before these begin; undefined where there are none. */
  before: string | undefined;
}

/** An issue with its newest comments, and what is so of its repository. */
export interface IssuePage extends CommentPage {
  issue: Issue;
  repositoryId: number;
  public: boolean;
  /** Whose token asks, as a login; an app's ends in `[bot]`. */
  viewer: string;
  /** GitHub's time, in milliseconds, to the second. */
  date: number;
  /** This machine's time when that came, in milliseconds. */
  readAt: number;
}

/** An issue that a list has, but not in a form that can be read. */
export interface UnreadableIssue {
  issue: Issue;
  error: LinkError;
}

/** Whether there is a label of that name, which GitHub compares without case. */
export function hasLabel({ labels }: Pick<Issue, 'labels'>, label: string): boolean {
  return labels.some((one) => one.toLowerCase() === label.toLowerCase());
}

/** Somebody from an event or a response; nobody that could pass for anybody where it can't be read. */
export function readPerson(value: unknown): Person {
  const { id, login, type } = isRecord(value) ? value : {};
  const name = typeof login === 'string' ? login : '';
  return { id: Number(id) || 0, login: name, bot: type === 'Bot' || name.endsWith('[bot]') };
}
