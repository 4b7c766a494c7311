import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Report } from './bench.ts';
import { type Contender, type Job, prepare } from './contenders.ts';
import { type Measurement, median, peakMemory, time } from './measure.ts';
import { plot } from './plot.ts';
import { machine, markdown, panels } from './report.ts';
import { Server } from './server.ts';

interface Scenario {
  links: number;
  latency: number;
  runs: number;
  contenders: Array<Contender | undefined>;
}

/** How many links a contender that takes as much longer as there are more makes at most. */
function enough({ linear, linksPerProcess }: Contender, links: number, latency: number): number {
  if (!linear) return links;
  if (linksPerProcess === 1) return Math.min(links, 20);
  // One process starts once: that mustn't be reckoned as if it did for every few links.
  return latency > 0 ? Math.min(links, 100) : links;
}

let schemaNumber = 1;

/** Measures links, beside other ways to create one. */
export async function benchLinks({ temp, action, quick }: Bench): Promise<Report> {
  const results: Measurement[] = [];
  const all = prepare(temp, action);
  for (const line of all.missing) console.error(line);
  for (const scenario of scenarios(all, action, quick))
    results.push(...(await measure(scenario, temp)));
  return {
    text: [machine(), ...all.missing, markdown(results)].join('\n\n'),
    svg: plot('How long a link takes', panels(results)),
  };
}

function scenarios(all: ReturnType<typeof prepare>, action: string, quick: boolean): Scenario[] {
  const few = quick ? 3 : 21;
  const one = [all.fetch, all.guide, all.axios, all.dist, all.distLooking];
  const scenarios: Scenario[] = [
    { links: 1, latency: 0, runs: quick ? 9 : 61, contenders: [all.empty, ...one] },
    { links: 1, latency: 50, runs: few, contenders: one },
    { links: 1, latency: 200, runs: few, contenders: one },
  ];
  // The action makes many links in a step where it has the input for them.
  if (!/^ {2}requests:/m.test(readFileSync(join(action, 'action.yml'), 'utf8'))) return scenarios;
  const many = [all.guide, all.sequential, all.dist, all.distLooking];
  for (const links of [10, 100, 1000]) {
    for (const latency of [0, 50, 200]) {
      scenarios.push({ links, latency, runs: links > 100 ? 1 : 3, contenders: many });
    }
  }
  return scenarios;
}

/**
 * Runs the contenders in turn, so that a change in the machine's speed strikes all alike, and each
 * time another first.
 */
async function measure(
  { links, latency, runs, contenders }: Scenario,
  temp: string,
): Promise<Measurement[]> {
  const server = await Server.start(latency);
  const taking = contenders.filter((contender) => contender !== undefined);
  const times = new Map(taking.map(({ name }) => [name, [] as number[]]));
  const others = new Map<string, Pick<Measurement, 'requests' | 'peak'>>();
  for (let run = 0; run <= runs; run++) {
    const first = run % taking.length;
    for (const contender of [...taking.slice(first), ...taking.slice(0, first)]) {
      const made = enough(contender, links, latency);
      // The first run warms up, and is the one whose memory and requests are looked at.
      const go = run === 0 ? peakMemory : time;
      const spent: Array<number | undefined> = [];
      for (let left = made; left > 0; left -= contender.linksPerProcess) {
        const schemas = newSchemas(Math.min(left, contender.linksPerProcess));
        const job: Job = { account: server.account, schemas, temp };
        spent.push(await go(await contender.command(job)));
      }
      const counted = await server.requests();
      const figures = spent.filter((figure) => figure !== undefined);
      if (run === 0) {
        const peak = figures.length > 0 ? Math.max(...figures) : undefined;
        others.set(contender.name, { requests: Math.round((counted / made) * links), peak });
      } else {
        const all = figures.reduce((sum, ms) => sum + ms, 0);
        times.get(contender.name)?.push((all / made) * links);
      }
    }
  }
  server.stop();
  console.error(`Measured: links ${links}, ${latency} ms a request, ${runs} runs.`);
  return taking.map((contender) => ({
    links,
    latency,
    contender: contender.name,
    ms: median(times.get(contender.name) ?? []),
    requests: 0,
    peak: undefined,
    ...others.get(contender.name),
    scaled: enough(contender, links, latency) < links,
  }));
}

/** Names that weren't used before: a look-up finds nothing. */
function newSchemas(count: number): string[] {
  return Array.from({ length: count }, () => `bench_${schemaNumber++}`);
}
