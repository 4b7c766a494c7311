import type { StepResult } from '../../sandbox/runner/run.ts';
import { Gate } from '../../src/runner/gate.ts';
import type { Runner } from '../../src/runner/runner.ts';

/** A runner that keeps what it is told, without masking it. */
export function recorder() {
  const seen = {
    lines: [] as string[],
    outputs: {} as StepResult['outputs'],
    summary: '',
    masks: [] as string[],
    commands: [] as string[],
    annotations: [] as StepResult['annotations'],
  };
  const annotate = (level: 'notice' | 'warning' | 'error', message: string, title = '') => {
    seen.annotations.push({ level, title, message });
    seen.lines.push(`${level[0]?.toUpperCase()}${level.slice(1)}: ${message}`);
  };
  const gate = new Gate();
  const runner: Runner = {
    gate,
    mask: (secret) => seen.masks.push(secret),
    info: (line) => seen.lines.push(line),
    debug: () => {},
    notice: (message) => annotate('notice', message),
    warning: (message) => annotate('warning', message),
    error: (message, title) => annotate('error', message, title),
    group: (title, lines) => seen.lines.push(`▼ ${title}`, ...lines),
    outputs: (values) => {
      const known = Object.entries(values).filter(([, value]) => value != null);
      for (const [name, value] of known) seen.outputs[name] = String(value);
    },
    summary: (markdown) => {
      seen.summary += markdown;
    },
  };
  return { runner, seen };
}
