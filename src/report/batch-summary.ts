import { type LinkError, NotBegun } from '../model/errors.ts';
import { errorOf, type LinkResult } from '../model/link.ts';
import { code, plain, readableTime } from './markdown.ts';
import { resultJson, tally } from './results.ts';
import { OUTCOMES } from './summary.ts';

/**
 * GitHub shows a step's summary up to 1024 KiB, and nothing of a longer one:
 * docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const MOST_BYTES = 1_000_000;

/** The job summary of many requests: how many have which outcome, and a table as long as GitHub allows. */
export function batchSummary(results: readonly LinkResult[], most = MOST_BYTES): string {
  const head = [
    '## Connect Card Link',
    '',
    `${results.length} requests: ${tally(results)}.`,
    "The links are in the step's outputs `results` and `results-file`. They aren't shown here: whoever has a link can connect its source.",
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
      lines.push('', `${more} more rows don't fit into the summary: see \`results-file\`.`);
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
  const { card, outcome } = result;
  const error = errorOf(result);
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

/** The failures of many requests as sentences for annotations; the same failure is said once. */
export function failureLines(results: readonly LinkResult[]): { lines: string[]; more: number } {
  const failures = new Map<string, { error: LinkError; rows: number[] }>();
  for (const [index, result] of results.entries()) {
    const failed = errorOf(result);
    const error = failed instanceof NotBegun ? failed.reason : failed;
    if (!error) continue;
    const failure = failures.get(error.message) ?? { error, rows: [] };
    failure.rows.push(index + 1);
    failures.set(error.message, failure);
  }
  const lines = [...failures.values()].slice(0, MOST_ERRORS).map(({ error, rows }) => {
    const which =
      rows.length === 1 ? `Request ${rows[0]}` : `${rows.length} requests, from ${rows[0]} on`;
    return `${which}: ${error.message} ${error.fix} (${error.code})`;
  });
  return { lines, more: Math.max(0, failures.size - MOST_ERRORS) };
}
