import type { Numbered } from './instrument.ts';
import { type Judged, judgedOf } from './judged.ts';
import type { Tried } from './store.ts';

/** A mutant, what became of it, and what somebody said of it. */
export interface Result {
  mutant: Numbered;
  tried: Tried;
  judged?: Judged;
}

/** Puts together what is known of the chosen mutants that were tried. */
export function resultsOf(
  mutants: readonly Numbered[],
  tried: Readonly<Record<string, Tried>>,
  judged: readonly Judged[],
): Result[] {
  return mutants.flatMap((mutant) => {
    const outcome = tried[mutant.id];
    if (!outcome) return [];
    const said = isKilled(outcome) ? undefined : judgedOf(judged, mutant);
    return [{ mutant, tried: outcome, ...(said && { judged: said }) }];
  });
}

function isKilled({ outcome }: Pick<Tried, 'outcome'>): boolean {
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
  const count = (key: string, { tried, judged }: Result) => {
    const row = rows.get(key) ?? { tried: 0, killed: 0, equivalent: 0 };
    row.tried++;
    if (isKilled(tried)) row.killed++;
    if (judged?.verdict === 'equivalent') row.equivalent++;
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
    .filter(({ tried, judged }) => !isKilled(tried) && !judged)
    .map(({ mutant: { id, file, line, operator, change }, tried }) =>
      [id, tried.outcome, `src/${file}:${line}`, operator, change].join('  '),
    )
    .join('\n');
}
