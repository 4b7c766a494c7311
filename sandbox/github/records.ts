/** How an issue left the repository; `moved-away` went where no token here can read. */
export type Gone = 'deleted' | 'moved' | 'moved-away';

/** https://docs.github.com/rest/reactions/reactions#about-reactions */
export const REACTIONS = [
  '+1',
  '-1',
  'laugh',
  'confused',
  'heart',
  'hooray',
  'rocket',
  'eyes',
] as const;

export type ReactionContent = (typeof REACTIONS)[number];

export interface ReactionRecord {
  id: number;
  content: ReactionContent;
  author: string;
  createdAt: number;
}

export interface LabelRecord {
  id: number;
  nodeId: string;
  name: string;
  color: string;
}

/** An issue as it is stored. Times are in milliseconds, people are logins. */
export interface IssueRecord {
  id: number;
  nodeId: string;
  number: number;
  title: string;
  body: string | null;
  author: string;
  state: 'open' | 'closed';
  stateReason: string | null;
  closedAt: number | null;
  closedBy: string | null;
  locked: boolean;
  lockReason: string | null;
  labels: LabelRecord[];
  /** Oldest first. */
  comments: CommentRecord[];
  createdAt: number;
  updatedAt: number;
  pullRequest: boolean;
  gone: Gone | undefined;
}

export interface CommentRecord {
  id: number;
  nodeId: string;
  issue: IssueRecord;
  body: string;
  author: string;
  createdAt: number;
  updatedAt: number;
  lastEditedAt: number | undefined;
  reactions: ReactionRecord[];
}

/** What a test puts into the store without a request. */
export interface NewIssue {
  title?: string | undefined;
  body: string | null;
  author: string;
  labels?: string[] | undefined;
  state?: 'open' | 'closed';
  pullRequest?: boolean | undefined;
  /** Milliseconds; the sandbox's time unless given. */
  createdAt?: number;
  comments?: NewComment[];
}

export interface NewComment {
  /** A function is told the comment's id, which a signed record names. */
  body: string | ((id: number) => string);
  author: string;
  createdAt?: number;
}
