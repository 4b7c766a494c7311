import type { Connections } from '../../fivetran/connections.ts';
import type { OpenRepository } from '../../github/open.ts';
import type { FollowUpInputs } from '../../inputs/follow-up-inputs.ts';
import type { FollowUpResult } from '../../model/follow-up.ts';
import type { CommentRules } from '../issue-comment.ts';

/** What it takes to bring issues up to date. */
export interface FollowUp {
  task: FollowUpInputs;
  connections: Connections;
  github: OpenRepository;
  dryRun: boolean;
  rules: CommentRules;
  /** How many issues, and connections of one, are worked on at the same time. */
  concurrency: number;
  /** Whether nothing new is to be begun. */
  stopped(): boolean;
  /** Told of each issue when it is done, and of what was created for it before its comment says so. */
  onResult(result: FollowUpResult): void;
}
