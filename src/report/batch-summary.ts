import { type LinkError, NotBegun } from '../model/errors.ts';
import type { LinkResult } from '../model/link.ts';
import { resultJson } from '../runner/outputs.ts';
import type { Runner } from '../runner/runner.ts';
import { code, plain, readableTime } from './markdown.ts';
import { OUTCOMES } from './summary.ts';

/**
 * GitHub shows a step's summary up to 1024 KiB, and nothing of a longer one:
 * docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const MOST_BYTES = 1_000_000;

/** The job summary of many requests: how many came out how, and a table as long as GitHub allows. */
export function batchSummary(results: readonly LinkResult[], most = MOST_BYTES): string {
  const head = [
    '## Connect Card Link',
    '',
    `${results.length} requests: ${tally(results)}.`,
    "The links are in the step's outputs `results` and `results-file`. They aren't shown here: whoever has one can connect its source.",
    '',
    '| | Name | Group | Service | Connection | Outcome | Link works until |',
    '| ---: | --- | --- | --- | --- | --- | --- |',
  ];
  const lines: string[] = [];
  let bytes = Buffer.byteLength(head.join('\n')) + 200;
  for (const [index, result] of results.entries()) {
    const line = row(index + 1, result);
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > most) {
      const more = results.length - index;
      lines.push('', `${more} more rows don't fit into a summary; they are in \`results-file\`.`);
      break;
    }
    lines.push(line);
  }
  return [...head, ...lines, ''].join('\n');
}

function row(number: number, result: LinkResult): string {
  const known = resultJson(result);
  const { name, group_id, service, schema, table, connection_name, connection_id } = known;
  const connection = connection_name ?? [schema, table].filter(Boolean).join('.');
  const { error, card, outcome } = result;
  const cells = [
    String(number),
    name ? plain(name) : '',
    group_id ? code(group_id) : '',
    service ? code(service) : '',
    [connection, connection_id]
      .filter(Boolean)
      .map((part) => code(String(part)))
      .join(' '),
    error ? `Failed: ${plain(error.message)} (${code(error.code)})` : OUTCOMES[outcome],
    card ? readableTime(card.expiresAt) : '',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** GitHub shows ten errors of a step as annotations; the rest is in the summary. */
const MOST_ERRORS = 10;

/** Says what failed as annotations; what failed for many alike is said once. */
export function reportFailures(results: readonly LinkResult[], runner: Runner): void {
  const failures = new Map<string, { error: LinkError; rows: number[] }>();
  for (const [index, result] of results.entries()) {
    const error = result.error instanceof NotBegun ? result.error.reason : result.error;
    if (!error) continue;
    const failure = failures.get(error.message) ?? { error, rows: [] };
    failure.rows.push(index + 1);
    failures.set(error.message, failure);
  }
  for (const { error, rows } of [...failures.values()].slice(0, MOST_ERRORS)) {
    const which =
      rows.length === 1 ? `Request ${rows[0]}` : `${rows.length} requests, from ${rows[0]} on`;
    runner.error(
      `${which}: ${error.message} ${error.fix} (${error.code})`,
      'Connect Card Link failed',
    );
  }
  const more = failures.size - MOST_ERRORS;
  if (more > 0) runner.info(`${more} more failures are in the summary.`);
}

/** How many came out how: `98 linked, 2 failed`. */
export function tally(results: readonly LinkResult[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}

/** What a batch came to as a whole: failed when anything has, and what all have in common. */
export function overall(results: readonly LinkResult[]): LinkResult['outcome'] {
  const outcomes = new Set(results.map(({ outcome }) => outcome));
  const [only] = outcomes;
  if (outcomes.has('failed')) return 'failed';
  if (outcomes.has('dry-run')) return 'dry-run';
  return outcomes.size === 1 && only ? only : 'linked';
}
