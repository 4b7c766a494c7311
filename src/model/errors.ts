import type { ListPosition } from './position.ts';

/** Every way in which a run can fail, as a stable code; docs/errors.md says what each one means. */
export type ErrorCode =
  // Before anything is sent
  | 'missing-credentials'
  | 'invalid-input'
  | 'bad-redirect-uri'
  | 'bad-service'
  | 'bad-requests'
  // Reported by Fivetran
  | 'unauthorized'
  | 'forbidden'
  | 'unknown-group'
  | 'unknown-connection'
  | 'unknown-service'
  | 'name-taken'
  | 'refused'
  | 'rate-limited'
  | 'server-error'
  | 'bad-answer'
  // Network
  | 'timeout'
  | 'network'
  | 'proxy'
  | 'tls'
  // A create request whose outcome is in doubt
  | 'create-unknown'
  | 'duplicate-connection'
  // A first sync of which it is in doubt whether it was started
  | 'start-unknown'
  // An issue's request
  | 'form-incomplete'
  | 'not-approved'
  | 'not-this-issues'
  | 'different-request'
  | 'ownership-unclear'
  // Reported by GitHub
  | 'github-unauthorized'
  | 'github-forbidden'
  | 'issue-locked'
  | 'issue-gone'
  | 'issue-busy'
  | 'github-failed'
  | 'public-repository'
  // The run itself
  | 'cancelled'
  | 'internal';

/** One thing that is wrong with what the workflow's author wrote. */
export interface Problem {
  code: ErrorCode;
  /** The input, or the place within it, for example `settings.service`. */
  input: string;
  message: string;
  fix: string;
  /** Where it stands in the list of requests. */
  position?: ListPosition;
}

/** Something that is unusual, but is tried. */
export interface Warning {
  message: string;
  /** Where it stands in the list of requests. */
  position?: ListPosition;
}

/** A failure with a code for programs, a sentence for people and a way out. */
export class LinkError extends Error {
  override name = 'LinkError';
  readonly code: ErrorCode;
  readonly fix: string;
  /** Whether the request that failed certainly had no effect. */
  undone = false;

  constructor(code: ErrorCode, message: string, fix: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.fix = fix;
  }
}

/** Everything that is wrong with the inputs, reported together so that one edit fixes it all. */
export class InputError extends LinkError {
  readonly problems: Problem[];
  /** What is only unusual, shown beside the problems. */
  readonly warnings: readonly Warning[];

  constructor(problems: Problem[], warnings: readonly Warning[] = []) {
    const codes = new Set(problems.map((problem) => problem.code));
    const [only] = codes;
    super(
      codes.size === 1 && only ? only : 'invalid-input',
      problems.map((problem) => `${problem.input} ${problem.message}`).join(' '),
      problems.map((problem) => problem.fix).join(' '),
    );
    this.problems = problems;
    this.warnings = warnings;
  }
}

/** For what was never begun, because it would have failed like what was: `reason`. */
export class NotBegun extends LinkError {
  readonly reason: LinkError;

  constructor(reason: LinkError, story: string = reason.message) {
    super(reason.code, `Not begun: ${story}`, reason.fix, { cause: reason });
    this.reason = reason;
  }
}

/** Turns whatever was thrown into a LinkError; a fault of our own becomes `internal`. */
export function asLinkError(thrown: unknown): LinkError {
  if (thrown instanceof LinkError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new LinkError(
    'internal',
    `Something in the action itself went wrong: ${message}`,
    'Run the job again with debug logging on, and open an issue with the log.',
    { cause: thrown },
  );
}

/** The error of what a cancelled run leaves undone. */
export function cancelled(story: string): LinkError {
  const fix = 'Run the job again: it finds what was created, and creates the rest.';
  return new LinkError('cancelled', story, fix);
}

/** Somebody else's words, fit for a log line: no line breaks or control characters, not endless. */
export function oneLine(text: string, most: number): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}
