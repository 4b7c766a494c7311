import { join } from 'node:path';
import { stepEnvironment } from '../sandbox/runner/run.ts';
import type { Bench, Report } from './bench.ts';
import { type Event, IssueServer, type Requests } from './issue-server.ts';
import { type Measured, markdown, panels } from './issues-report.ts';
import { type Command, median, peakMemory, time } from './measure.ts';
import { plot } from './plot.ts';
import { machine } from './report.ts';

/** Milliseconds that every response takes longer. */
const LATENCIES = [0, 50, 200];

/** One thing that is done over and over. */
interface Scenario {
  name: string;
  runs: number;
  inputs: Record<string, string>;
  /** Puts there what all runs need; `run` runs the action for an event. */
  prepare(server: IssueServer, run: (event: Event) => Promise<unknown>): Promise<unknown>;
  /** What starts one run. */
  event(server: IssueServer): Promise<Event>;
}

/** Measures what follows a label, a command and a schedule. */
export async function benchIssues({ temp, action, quick }: Bench): Promise<Report> {
  const results: Measured[] = [];
  for (const scenario of scenarios(quick)) {
    const runs = [];
    for (const latency of LATENCIES) {
      runs.push({ latency, ...(await measure(scenario, latency, temp, action)) });
      console.error(`Measured: ${scenario.name}, ${latency} ms a request, ${scenario.runs} runs.`);
    }
    results.push({ name: scenario.name, runs });
  }
  return {
    text: [machine(), markdown(results)].join('\n\n'),
    svg: plot('How long onboarding and follow-up take', panels(results)),
  };
}

function scenarios(quick: boolean): Scenario[] {
  const inputs = { operation: 'onboard', 'group-id': 'acme_group' };
  const onboarding = [1, 3].flatMap((sources) => {
    const what = sources === 1 ? 'link' : `${sources} links`;
    const label = (server: IssueServer) => server.ask('label', sources);
    const common = { runs: quick ? 3 : 21, inputs };
    return [
      { ...common, name: `label to ${what}`, prepare: async () => {}, event: label },
      {
        ...common,
        name: `command to ${what}`,
        prepare: async (server: IssueServer, run: (event: Event) => Promise<unknown>) =>
          run(await label(server)),
        event: (server: IssueServer) => server.ask('command', 1),
      },
    ];
  });
  const following = [10, 100, 1000].map((issues) => ({
    name: `follow-up of ${issues} issues`,
    runs: quick ? 3 : 11,
    inputs: { operation: 'follow-up' },
    prepare: (server: IssueServer) => server.ask('seed', issues),
    event: async () => SCHEDULE,
  }));
  return [...onboarding, ...following];
}

const SCHEDULE: Event = { name: 'schedule', payload: {} };

/** Runs one scenario again and again; the first run warms up, and is the one that is looked at. */
async function measure(
  { runs, inputs, prepare, event }: Scenario,
  latency: number,
  temp: string,
  action: string,
) {
  const server = await IssueServer.start(latency);
  const command = async (given: Event): Promise<Command> => {
    const { env, with: account } = server.step;
    const step = { with: { ...account, ...inputs }, event: given };
    return {
      file: process.execPath,
      args: [join(action, 'dist/index.js')],
      env: { ...(await stepEnvironment(temp, step, action)), ...env },
    };
  };
  try {
    await prepare(server, async (given) => time(await command(given)));
    await server.ask('requests');
    const peak = await peakMemory(await command(await event(server)));
    const requests = await server.ask('requests');
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
      times.push(await time(await command(await event(server))));
      expectSame(requests, await server.ask('requests'));
    }
    return { ms: median(times), requests, peak };
  } finally {
    server.stop();
  }
}

/** A run that did something else than the first one must not be taken for one like it. */
function expectSame(first: Requests, now: Requests): void {
  if (first.github === now.github && first.fivetran === now.fivetran) return;
  throw new Error(`One run sent ${JSON.stringify(first)}, another ${JSON.stringify(now)}.`);
}
