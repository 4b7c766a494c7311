import type { Connections } from '../../fivetran/connections.ts';
import type { LinkError } from '../../model/errors.ts';
import type { LinkRequest } from '../../model/link.ts';
import type { ResultsSoFar } from '../results-so-far.ts';

/** The links that a run is to create. */
export interface LinkJob {
  requests: readonly LinkRequest[];
  results: ResultsSoFar;
  /** Creates those with these numbers, and puts what became of them into the results. Never throws. */
  create(numbers: readonly number[], connections: Connections): Promise<void>;
}

/** What became of the issue's comment: where it is, or why it couldn't be written. */
export interface OnIssue {
  commentUrl?: string;
  /** Whether the comment has the links. */
  hasLinks?: boolean;
  error?: LinkError | undefined;
}
