import { runInNewContext } from 'node:vm';

/**
 * Milliseconds for matching one text. Ordinary patterns take about one, on a busy runner a few more;
 * only one that tries every way of dividing a text, such as `(a+)+`, needs seconds.
 */
const LIMIT_MS = 3_000;

/**
 * Whether the whole of a text matches a regular expression in JavaScript's syntax. V8's engine may
 * take forever for some patterns and texts, so matching has a time limit.
 * @returns undefined when the limit was reached
 */
export function matchesWhole(text: string, pattern: string, limit = LIMIT_MS): boolean | undefined {
  const whole = new RegExp(`^(?:${pattern})$`);
  try {
    return runInNewContext('whole.test(text)', { whole, text }, { timeout: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}
