import type { Gone, NewComment, NewIssue, ReactionContent } from './records.ts';
import type {
  Association,
  Comment,
  CommentEvent,
  Fault,
  GitHubSettings,
  Issue,
  IssueEvent,
  RecordedRequest,
  Role,
  Visibility,
} from './types.ts';

/** A GitHub that runs, as tests see it. */
export interface GitHubSandbox {
  /** What GITHUB_API_URL points to. */
  url: string;
  /** The workflow's token: acts as `github-actions[bot]`, within `permissions`. */
  token: string;
  /** A token that acts as that person, or as that app (`name[bot]`, within `permissions`). */
  tokenFor(login: string): string;
  owner: string;
  repo: string;
  repositoryId: number;
  /** Latency, clock and rate limit; may be changed at any time. */
  options: GitHubSettings;
  /** May be changed at any time. */
  visibility: Visibility;
  /** The workflow's `permissions:`. May be changed at any time. */
  permissions: { issues: 'none' | 'read' | 'write' };
  role(login: string, role: Role, association?: Association): void;
  /** Opens an issue as GitHub's own pages do, form labels and all. */
  openIssue(issue: {
    title?: string;
    body: string;
    author: string;
    labels?: string[];
    pullRequest?: boolean;
  }): Promise<Issue>;
  /** Adds a label, whoever `by` is: a form does it in the name of an author without rights. */
  addLabel(issue: number | Issue, label: string, by: string): Promise<IssueEvent>;
  removeLabel(issue: number | Issue, label: string, by: string): Promise<IssueEvent>;
  /** Comments as GitHub's own pages do. */
  comment(issue: number | Issue, body: string, by: string): Promise<CommentEvent>;
  editIssue(
    issue: number | Issue,
    change: { title?: string; body?: string; state?: 'open' | 'closed' },
    by: string,
  ): Promise<IssueEvent>;
  editComment(comment: number | Comment, body: string, by: string): Promise<Comment>;
  deleteComment(comment: number | Comment): Promise<void>;
  lock(issue: number | Issue): Promise<void>;
  unlock(issue: number | Issue): Promise<void>;
  /** Removes an issue: `moved` redirects, `moved-away` went where no token here can read. */
  gone(issue: number | Issue, how: Gone): void;
  /**
   * Puts many issues with their labels and comments there at once, without requests or events.
   * Their numbers continue the sandbox's; a comment's `body` may be a function of its id.
   */
  seed(issues: NewIssue[]): Issue[];
  /** The same for comments on an issue that exists. */
  seedComments(issue: number | Issue, comments: NewComment[]): Comment[];
  /** The reactions to a comment, oldest first. */
  reactions(comment: number | Comment): Array<{ content: ReactionContent; by: string }>;
  issue(issue: number | Issue): Promise<Issue>;
  /** All comments on an issue, oldest first. */
  comments(issue: number | Issue): Promise<Comment[]>;
  /** Requests from outside, oldest first; what the methods above do isn't among them. */
  requests: RecordedRequest[];
  fault(fault: Fault): void;
  close(): Promise<void>;
}
