/** Bars that are drawn to one scale. */
export interface Panel {
  title: string;
  bars: Bar[];
}

interface Bar {
  label: string;
  /** Milliseconds. */
  ms: number;
  /** Whether it is the action's, which stands out. */
  ours: boolean;
}

const WIDTH = 860;
const LABELS = 330;
const BAR = 20;

/** Bars as an SVG image, each panel drawn to a scale of its own. */
export function plot(title: string, panels: readonly Panel[]): string {
  let y = 0;
  const parts: string[] = [];
  for (const panel of panels) {
    const most = Math.max(...panel.bars.map(({ ms }) => ms));
    y += 34;
    parts.push(text(0, y, panel.title, 'title'));
    for (const { label, ms, ours } of panel.bars) {
      y += BAR + 4;
      const length = ((WIDTH - LABELS - 90) * ms) / most;
      parts.push(
        text(LABELS - 10, y, label, 'label'),
        `<rect class="${ours ? 'ours' : 'bar'}" x="${LABELS}" y="${y - 15}" width="${length.toFixed(1)}" height="${BAR}"/>`,
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
<title>${title}</title>
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
