import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stepEnvironment } from '../sandbox/runner/run.ts';
import type { Bench, Report } from './bench.ts';
import { machine, table } from './report.ts';
import { Server } from './server.ts';

/** Fivetran's limit for an account. https://fivetran.com/docs/rest-api/rate-limiting */
const HOURLY_LIMIT = 20_000;
const UNLIMITED = 1e9;

const USAGE = fileURLToPath(new URL('usage.cjs', import.meta.url));

interface Run {
  links: number;
  /** Milliseconds that every response takes longer. */
  latency: number;
  concurrency: number;
  /** Requests that the account may send in an hour. */
  limit: number;
}

interface Measured extends Run {
  seconds: number;
  /** When each request came, in milliseconds, oldest first. */
  times: number[];
  /** Seconds of processor time. */
  cpu: number;
  /** MiB. */
  peak: number;
  outcomes: string[];
}

/** Measures how fast one process sends requests, and how soon it has used up an account's hour. */
export async function benchLimit({ temp, action, quick }: Bench): Promise<Report> {
  const load = loadavg()[0] ?? 0;
  const measured: Measured[] = [];
  for (const run of paces(quick)) {
    measured.push(await measure(run, temp, action));
    console.error(`Measured: ${describe(run)}.`);
  }
  const limit = quick ? 2_000 : HOURLY_LIMIT;
  const whole = await measure(
    { links: limit * 1.01, latency: 50, concurrency: 8, limit },
    temp,
    action,
  );
  const others = `The load of the machine was ${load.toFixed(1)} before the first run and ${(loadavg()[0] ?? 0).toFixed(1)} after the last.`;
  return { text: [`${machine()} ${others}`, paceTable(measured), tell(whole)].join('\n\n') };
}

function paces(quick: boolean): Run[] {
  const run = (latency: number, concurrency: number, links: number): Run => ({
    ...{ latency, concurrency, limit: UNLIMITED },
    links: quick ? links / 10 : links,
  });
  return [
    run(0, 8, 10_000),
    run(50, 8, 10_000),
    run(200, 8, 4_000),
    run(1_000, 8, 400),
    run(1_000, 32, 2_000),
  ];
}

const describe = ({ links, latency, concurrency }: Run) =>
  `${links} links, ${latency} ms a request, ${concurrency} at a time`;

/** Runs the action once, for a list of links that don't exist yet. */
async function measure(run: Run, temp: string, action: string): Promise<Measured> {
  const server = await Server.start(run.latency, run.limit);
  try {
    const list = join(temp, 'limit.csv');
    const rows = Array.from({ length: run.links }, (_, index) => `limit_${index}`);
    writeFileSync(list, ['schema', ...rows].join('\n'));
    const { url, apiKey, apiSecret } = server.account;
    const inputs = {
      'fivetran-api-key': apiKey,
      'fivetran-api-secret': apiSecret,
      'fivetran-api-url': url,
      'group-id': 'acme_group',
      service: 'google_ads',
      requests: list,
      concurrency: String(run.concurrency),
    };
    const usage = join(temp, 'usage.json');
    const env = { ...(await stepEnvironment(temp, { with: inputs }, action)), BENCH_USAGE: usage };
    const started = performance.now();
    const child = spawn(process.execPath, ['--require', USAGE, join(action, 'dist/index.js')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // What it prints is read, as the runner does.
    child.stdout.resume();
    await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
    const seconds = (performance.now() - started) / 1000;
    const output = readFileSync(join(temp, 'output'), 'utf8');
    const [, file = ''] = /^results-file<<.*\n(.*)$/m.exec(output) ?? [];
    const results = JSON.parse(readFileSync(file, 'utf8')) as Array<Record<string, unknown>>;
    const outcomes = results.map(({ outcome }) => String(outcome));
    const { cpu, peak } = JSON.parse(readFileSync(usage, 'utf8'));
    return { ...run, seconds, times: await server.times(), cpu, peak, outcomes };
  } finally {
    server.stop();
  }
}

/** Requests a second between two places of a run, each from 0 to 1. */
function pace({ times }: Measured, from: number, to: number): number {
  const [first, last] = [from, to].map((place) => Math.floor(place * (times.length - 1)));
  const ms = (times[last ?? 0] ?? 0) - (times[first ?? 0] ?? 0);
  return (((last ?? 0) - (first ?? 0)) / ms) * 1000;
}

function paceTable(measured: readonly Measured[]): string {
  return table(
    [
      'ms a request',
      '`concurrency`',
      'links',
      's',
      'requests/s',
      'in the last quarter',
      'times the limit',
      'CPU s per 1,000 links',
      'MiB',
    ],
    measured.map((run) => [
      String(run.latency),
      String(run.concurrency),
      run.links.toLocaleString('en'),
      run.seconds.toFixed(1),
      pace(run, 0, 1).toFixed(0),
      pace(run, 0.75, 1).toFixed(0),
      (pace(run, 0.75, 1) / (HOURLY_LIMIT / 3600)).toFixed(1),
      ((run.cpu / run.links) * 1000).toFixed(2),
      run.peak.toFixed(0),
    ]),
  );
}

/** What became of a list that is longer than an account's hour allows. */
function tell(run: Measured): string {
  const { links, limit, times, seconds, outcomes, cpu, peak } = run;
  const at = (index: number) => (((times[index] ?? 0) - (times[0] ?? 0)) / 1000).toFixed(0);
  const linked = outcomes.filter((outcome) => outcome === 'linked').length;
  const count = (value: number) => value.toLocaleString('en');
  return `A list of ${count(links)} links, more than the limit of ${count(limit)} allows, at 50 ms a request: ${count(limit * 0.9)} requests were sent in ${at(limit * 0.9 - 1)} s, at ${pace(run, 0, 0.9).toFixed(0)} requests/s, and all ${count(limit)} in ${at(limit - 1)} s, because the action slows down for the last tenth. The step ended after ${seconds.toFixed(0)} s, with ${count(linked)} links, ${cpu.toFixed(0)} s of processor time and ${peak.toFixed(0)} MiB.`;
}
