import { type LinkError, NotBegun } from '../model/errors.ts';
import { errorOf } from '../model/link.ts';
import type { ListPosition } from '../model/position.ts';
import { codeAndAddress, type Help } from './help.ts';
import { type Reported, requestName } from './reported.ts';
import { reason } from './summary.ts';

/** GitHub shows ten errors of a step as annotations; the rest is in the summary. */
const MOST_ERRORS = 10;

interface SharedFailure {
  error: LinkError;
  /** The first request that failed like this, and how many others did. */
  first: Reported;
  others: number;
}

/** The failures of many requests, each kind once. */
function failuresIn(reported: readonly Reported[]): SharedFailure[] {
  const failures = new Map<string, SharedFailure>();
  for (const one of reported) {
    const failed = errorOf(one.result);
    const error = failed instanceof NotBegun ? failed.reason : failed;
    if (!error) continue;
    const known = failures.get(error.message);
    if (known) known.others += 1;
    else failures.set(error.message, { error, first: one, others: 0 });
  }
  return [...failures.values()];
}

function whichFailed({ first, others }: SharedFailure): string {
  return `${requestName(first)}${others > 0 ? ` and ${others} more` : ''}`;
}

/** The failures of many requests as a list in Markdown; the same failure is said once. */
export function failureList(reported: readonly Reported[], help: Help): string {
  const failures = failuresIn(reported);
  const lines = failures
    .slice(0, MOST_ERRORS)
    .map((failure) => `- ${reason(failure.error, help, whichFailed(failure))}`);
  const more = failures.length - lines.length;
  return [...lines, ...(more > 0 ? [`- … and ${more} more kinds, in the table`] : [])].join('\n');
}

/** A failure as an annotation shows it. */
export interface FailureLine {
  text: string;
  /** Where the first request stands that failed like this. */
  position: ListPosition | undefined;
}

/** The failures of many requests as sentences for annotations; the same failure is said once. */
export function failureLines(
  reported: readonly Reported[],
  help: Help,
): { lines: FailureLine[]; more: number } {
  const failures = failuresIn(reported);
  const lines = failures.slice(0, MOST_ERRORS).map((failure) => {
    const { error, first } = failure;
    const { message, fix } = error;
    const text = `${whichFailed(failure)}: ${message} ${fix} ${codeAndAddress(error.code, help)}`;
    return { text, position: first.position };
  });
  return { lines, more: failures.length - lines.length };
}
