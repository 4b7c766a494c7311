/**
 * GitHub shows a step's summary up to 1024 KiB, and nothing of a longer one:
 * docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
export const MOST_BYTES = 1_000_000;

/** A table with as many rows as fit into so many bytes, and a sentence about the others. */
export function tableWithin(
  head: readonly string[],
  rows: readonly string[],
  most: number,
): [table: string, rest: string | undefined] {
  let bytes = 0;
  const end = rows.findIndex((row) => {
    bytes += Buffer.byteLength(row) + 1;
    return bytes > most;
  });
  const shown = rows.slice(0, end < 0 ? undefined : end);
  const more = rows.length - shown.length;
  return [
    [...head, ...shown].join('\n'),
    more > 0 ? `${more} more rows don't fit into the summary: see \`results-file\`.` : undefined,
  ];
}
