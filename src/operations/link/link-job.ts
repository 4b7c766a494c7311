import type { Connections } from '../../fivetran/connections.ts';
import type { LinkRequest } from '../../model/link.ts';
import type { ReportDetails } from '../report-result.ts';
import type { ResultsSoFar } from '../results-so-far.ts';

/** The links that a run is to create. */
export interface LinkJob {
  requests: readonly LinkRequest[];
  results: ResultsSoFar;
  /** Creates those with these numbers, and puts what became of them into the results. Never throws. */
  create(numbers: readonly number[], connections: Connections): Promise<void>;
}

/** What became of the issue's comment: where it is, or why it couldn't be written. */
export type OnIssue = Pick<ReportDetails, 'commentUrl' | 'hasLinks' | 'error'>;
