import { arch, cpus, totalmem, type } from 'node:os';
import type { Measurement } from './measure.ts';

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

function table(head: string[], rows: string[][]): string {
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

const WIDTH = 860;
const LABELS = 330;
const BAR = 20;

/** The same as bars: a panel for each scenario, drawn to a scale of its own. */
export function plot(results: Measurement[]): string {
  const scenarios = Map.groupBy(results, ({ links, latency }) => `${links} ${latency}`);
  let y = 0;
  const parts: string[] = [];
  for (const panel of scenarios.values()) {
    const [{ links, latency } = { links: 0, latency: 0 }] = panel;
    const most = Math.max(...panel.map(({ ms }) => ms));
    y += 34;
    const what = links === 1 ? 'One link' : `${links} links`;
    parts.push(text(0, y, `${what}, ${latency} ms a request`, 'title'));
    for (const { contender, ms } of panel) {
      y += BAR + 4;
      const length = ((WIDTH - LABELS - 90) * ms) / most;
      const kind = contender.includes('**') ? 'ours' : 'bar';
      parts.push(
        text(LABELS - 10, y, contender.replace(/[*`]/g, ''), 'label'),
        `<rect class="${kind}" x="${LABELS}" y="${y - 15}" width="${length.toFixed(1)}" height="${BAR}"/>`,
        text(
          LABELS + length + 8,
          y,
          ms < 10_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`,
        ),
      );
    }
  }
  // Grey reads on GitHub's light pages and on its dark ones.
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 20}" role="img">
<title>How long a link takes</title>
<style>
text { font: 14px system-ui, sans-serif; fill: #8b949e }
.title { font-weight: 600 }
.label { text-anchor: end }
.bar { fill: #8b949e }
.ours { fill: #2f81f7 }
</style>
${parts.join('\n')}
</svg>
`;
}

function text(x: number, y: number, words: string, kind?: string): string {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text${kind ? ` class="${kind}"` : ''} x="${x.toFixed(1)}" y="${y}">${escaped}</text>`;
}
