import type { Requests } from './issue-server.ts';
import type { Panel } from './plot.ts';
import { table } from './report.ts';

/** One scenario, at several latencies. */
export interface Measured {
  name: string;
  runs: Run[];
}

interface Run {
  /** Milliseconds that every response takes longer. */
  latency: number;
  /** Milliseconds, the median. */
  ms: number;
  requests: Requests;
  /** MiB. */
  peak: number | undefined;
}

/** All measurements as a table. */
export function markdown(results: readonly Measured[]): string {
  return table(
    [
      '',
      'ms',
      'ms, 50 ms a request',
      'ms, 200 ms a request',
      'round trips',
      'requests at GitHub',
      'at Fivetran',
      'MiB',
    ],
    results.map(({ name, runs }) => {
      const [local] = runs;
      return [
        name,
        ...runs.map(({ ms }) => ms.toFixed(0)),
        roundTrips(runs).toFixed(1),
        String(local?.requests.github ?? ''),
        String(local?.requests.fivetran ?? ''),
        local?.peak?.toFixed(0) ?? '',
      ];
    }),
  );
}

/** How many responses are waited for one after the other: what latency adds, in units of itself. */
function roundTrips(runs: readonly Run[]): number {
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last) return Number.NaN;
  return (last.ms - first.ms) / (last.latency - first.latency);
}

/** The same as bars: a panel for each latency. */
export function panels(results: readonly Measured[]): Panel[] {
  const latencies = new Set(results.flatMap(({ runs }) => runs.map(({ latency }) => latency)));
  return [...latencies].map((latency) => ({
    title: `${latency} ms a request`,
    bars: results.flatMap(({ name, runs }) =>
      runs
        .filter((run) => run.latency === latency)
        .map(({ ms }) => ({ label: name, ms, ours: true })),
    ),
  }));
}
