import { arch, cpus, totalmem, type } from 'node:os';
import type { Measurement } from './measure.ts';
import type { Panel } from './plot.ts';

/** Where it was measured. */
export function machine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Measured on ${processors.length} cores of ${model}, ${memory} GiB, ${type()} ${arch()}, with Node ${process.versions.node}.`;
}

/** All measurements as tables: one link, and many links. */
export function markdown(results: Measurement[]): string {
  const one = results.filter(({ links }) => links === 1);
  const many = results.filter(({ links }) => links > 1);
  return [oneLink(one), ...(many.length > 0 ? [manyLinks(many)] : [])].join('\n\n');
}

function oneLink(results: Measurement[]): string {
  const base = results.find(({ contender }) => contender.includes('`fetch`'));
  const rows = names(results).map((name) => {
    const at = (latency: number) => find(results, name, 1, latency);
    const local = at(0);
    return [
      name,
      milliseconds(local),
      ratio(local?.ms, base?.ms),
      local?.peak?.toFixed(0) ?? '',
      ratio(local?.peak, base?.peak),
      String(local?.requests ?? ''),
      milliseconds(at(50)),
      milliseconds(at(200)),
    ];
  });
  return table(
    [
      'one link',
      'ms',
      '× `fetch`',
      'MiB',
      '× `fetch`',
      'requests',
      'ms, 50 ms a request',
      'ms, 200 ms a request',
    ],
    rows,
  );
}

function manyLinks(results: Measurement[]): string {
  const counts = [...new Set(results.map(({ links }) => links))];
  const rows = counts.flatMap((links) =>
    names(results).map((name) => {
      const at = (latency: number) => find(results, name, links, latency);
      return [
        `${links}: ${name}`,
        ...[0, 50, 200].map((latency) => seconds(at(latency))),
        String(at(0)?.requests ?? ''),
        at(0)?.peak?.toFixed(0) ?? '',
      ];
    }),
  );
  return table(
    ['links', 's', 's, 50 ms a request', 's, 200 ms a request', 'requests', 'MiB'],
    rows,
  );
}

export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function names(results: Measurement[]): string[] {
  return [...new Set(results.map(({ contender }) => contender))];
}

function find(results: Measurement[], name: string, links: number, latency: number) {
  return results.find(
    (one) => one.contender === name && one.links === links && one.latency === latency,
  );
}

function milliseconds(measurement: Measurement | undefined): string {
  return measurement ? measurement.ms.toFixed(0) : '';
}

function seconds(measurement: Measurement | undefined): string {
  return measurement
    ? `${measurement.scaled ? '≈ ' : ''}${(measurement.ms / 1000).toFixed(1)}`
    : '';
}

function ratio(value: number | undefined, base: number | undefined): string {
  return value && base ? (value / base).toFixed(2) : '';
}

/** The same as bars: a panel for each scenario. */
export function panels(results: Measurement[]): Panel[] {
  const scenarios = Map.groupBy(results, ({ links, latency }) => `${links} ${latency}`);
  return [...scenarios.values()].map((panel) => {
    const [{ links, latency } = { links: 0, latency: 0 }] = panel;
    const what = links === 1 ? 'One link' : `${links} links`;
    return {
      title: `${what}, ${latency} ms a request`,
      bars: panel.map(({ contender, ms }) => ({
        label: contender.replace(/[*`]/g, ''),
        ms,
        ours: contender.includes('**'),
      })),
    };
  });
}
