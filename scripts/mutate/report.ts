import type { Numbered } from './instrument.ts';
import { type Judged, judgedOf } from './judged.ts';
import type { Outcome } from './plan.ts';

/** A mutant, what became of it, and what somebody said of it. */
export interface Result {
  mutant: Numbered;
  outcome: Outcome;
  /** The test that failed. */
  by?: string;
  judged?: Judged;
}

/** A mutant's result; what was said of it counts only as long as it survives. */
export function resultOf(
  mutant: Numbered,
  outcome: Outcome,
  by: string | undefined,
  judged: readonly Judged[],
): Result {
  const said = isKilled({ outcome }) ? undefined : judgedOf(judged, mutant);
  return { mutant, outcome, ...(by && { by }), ...(said && { judged: said }) };
}

function isKilled({ outcome }: Pick<Result, 'outcome'>): boolean {
  return outcome === 'killed' || outcome === 'late';
}

interface Row {
  tried: number;
  killed: number;
  equivalent: number;
}

/** A table with a row per file or folder, and the whole. */
export function tableOf(results: readonly Result[], keyOf: (file: string) => string): string {
  const rows = new Map<string, Row>();
  const count = (key: string, result: Result) => {
    const row = rows.get(key) ?? { tried: 0, killed: 0, equivalent: 0 };
    row.tried++;
    if (isKilled(result)) row.killed++;
    if (result.judged?.verdict === 'equivalent') row.equivalent++;
    rows.set(key, row);
  };
  for (const result of results) count(keyOf(result.mutant.file), result);
  for (const result of results) count('all', result);
  return [
    '| | mutants | killed | equivalent | other survivors | score |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...[...rows].map(([key, { tried, killed, equivalent }]) => {
      const score = ((100 * killed) / Math.max(1, tried - equivalent)).toFixed(0);
      return `| ${key} | ${tried} | ${killed} | ${equivalent} | ${tried - killed - equivalent} | ${score} % |`;
    }),
  ].join('\n');
}

/** The survivors that nobody has judged, one per line. */
export function survivorsOf(results: readonly Result[]): string {
  return results
    .filter((result) => !isKilled(result) && !result.judged)
    .map(({ mutant: { id, file, line, operator, change }, outcome }) =>
      [id, outcome, `src/${file}:${line}`, operator, change].join('  '),
    )
    .join('\n');
}
