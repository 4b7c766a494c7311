import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measurement {
  links: number;
  latency: number;
  contender: string;
  /** Milliseconds for all links, the median of several runs. */
  ms: number;
  requests: number;
  /** MiB, of the largest process. */
  peak: number | undefined;
  /** Whether fewer links were created, and the rest extrapolated from those. */
  scaled: boolean;
}

export interface Command {
  file: string;
  args: string[];
  env: Record<string, string | undefined>;
}

/** Milliseconds from the start of a process to its end, as whoever waits for it sees them. */
export async function time(command: Command): Promise<number> {
  const started = performance.now();
  await ended(start(command));
  return performance.now() - started;
}

/**
 * The most memory that a process has used, in MiB; undefined where the system has no `/proc`. It is
 * asked all the time, which costs time: not for runs that are timed.
 */
export async function peakMemory(command: Command): Promise<number | undefined> {
  const child = start(command);
  let kilobytes: number | undefined;
  let running = true;
  const ask = () => {
    kilobytes = highWaterMark(child.pid) ?? kilobytes;
    if (running) setImmediate(ask);
  };
  ask();
  await ended(child).finally(() => {
    running = false;
  });
  return kilobytes && kilobytes / 1024;
}

function highWaterMark(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return peak === undefined ? undefined : Number(peak);
  } catch {
    return undefined;
  }
}

function start({ file, args, env }: Command): ChildProcess {
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  // What it prints is read, as the runner does.
  child.stdout.resume();
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const code = await new Promise((resolve, reject) => {
    child.on('exit', resolve).on('error', reject);
  });
  if (code !== 0) throw new Error(`${child.spawnargs.join(' ')} ended with ${code}. ${complaint}`);
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return ((sorted[middle] ?? Number.NaN) + (sorted.at(-middle - 1) ?? Number.NaN)) / 2;
}
