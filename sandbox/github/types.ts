import type { WireFault } from '../wire/faults.ts';
import type { Kind } from './operations.ts';
import type { ReactionContent } from './records.ts';

export type BaseRole = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin';

/** What somebody may do in the repository; `name` makes it a custom role built on `base`. */
export type Role = BaseRole | { name: string; base: Exclude<BaseRole, 'none' | 'admin'> };

export type Visibility = 'public' | 'private' | 'internal';

/** How close somebody is to the repository. It says nothing about what they may do in it. */
export type Association =
  | 'COLLABORATOR'
  | 'CONTRIBUTOR'
  | 'FIRST_TIME_CONTRIBUTOR'
  | 'MEMBER'
  | 'NONE'
  | 'OWNER';

export interface GitHubOptions {
  /** Port on 127.0.0.1; 0 takes any free one. */
  port?: number;
  owner?: string;
  repo?: string;
  repositoryId?: number;
  visibility?: Visibility;
  /** Accounts besides the cast in people.ts. `name[bot]` is a GitHub App. */
  people?: Record<string, Role>;
  /** Milliseconds added to every answer. */
  latency?: number;
  /** The time in milliseconds, for tests that need another clock. */
  now?: () => number;
  /** REST requests, and points of GraphQL, per token and hour. A workflow's token has 1,000. */
  rateLimit?: number;
  /** Called when a request from outside has been answered, or has come to nothing. */
  log?: (request: RecordedRequest) => void;
  /**
   * Called when somebody does something on the pages that would start workflows on GitHub. Returns the
   * command that runs them here, which the page shows.
   */
  onEvent?: (event: PageEvent) => Promise<string>;
}

/** How the sandbox behaves; may be changed while it runs. */
export type GitHubSettings = Required<Pick<GitHubOptions, 'latency' | 'now' | 'rateLimit'>>;

/** A person or an app, as GitHub shows them. */
export interface User {
  login: string;
  id: number;
  type: 'User' | 'Bot' | 'Organization';
  [field: string]: unknown;
}

export interface Label {
  id: number;
  name: string;
  [field: string]: unknown;
}

export interface Issue {
  id: number;
  number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  locked: boolean;
  labels: Label[];
  user: User;
  author_association: Association;
  created_at: string;
  updated_at: string;
  html_url: string;
  pull_request?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface Comment {
  id: number;
  body: string;
  user: User;
  author_association: Association;
  performed_via_github_app: { slug: string } | null;
  created_at: string;
  updated_at: string;
  html_url: string;
  issue_url: string;
  [field: string]: unknown;
}

export interface Reaction {
  id: number;
  node_id: string;
  user: User;
  content: ReactionContent;
  created_at: string;
}

export interface Repository {
  id: number;
  name: string;
  full_name: string;
  private: boolean;
  visibility: Visibility;
  owner: User;
  [field: string]: unknown;
}

/** What GITHUB_EVENT_PATH holds when an issue has changed. */
export interface IssueEvent {
  action: string;
  issue: Issue;
  label?: Label;
  repository: Repository;
  organization: Record<string, unknown>;
  sender: User;
}

/** What GITHUB_EVENT_PATH holds when somebody has commented. */
export interface CommentEvent extends IssueEvent {
  comment: Comment;
}

/** What would start workflows. */
export type PageEvent =
  | { name: 'issues'; payload: IssueEvent }
  | { name: 'issue_comment'; payload: CommentEvent };

/** One request from outside and what became of it. */
export interface RecordedRequest {
  /** What was asked for; undefined where it is nothing this sandbox knows. */
  kind: Kind | undefined;
  method: string;
  path: string;
  query: Record<string, string>;
  /** The parsed JSON body; undefined where there is none or it can't be parsed. */
  body: unknown;
  /** Whose token it carried. */
  by: string | undefined;
  /** The answer's status; 0 until, and unless, one is sent. */
  status: number;
  at: number;
}

export interface GitHubResponse {
  status: number;
  body?: unknown;
  headers?: Record<string, string> | undefined;
}

/** A fault that is an answer of its own: GitHub's limits, its error page, or what a test says. */
export type ResponseFault = 'html' | 'secondary-limit' | 'primary-limit' | GitHubResponse;

/** Something that goes wrong, or happens, while a request is on its way. */
export interface Fault {
  on: Kind | 'any';
  /** How many requests it strikes (1). */
  times?: number;
  /** How many matching requests pass first (0). */
  skip?: number;
  /** Called before the request is carried out: what others do at just that moment. */
  meanwhile?: () => unknown;
  /** `done`: the request is carried out all the same, and only its answer is lost. */
  effect?: 'none' | 'done';
  /** Without one the request is carried out and answered as usual. */
  answer?: WireFault | ResponseFault;
}
