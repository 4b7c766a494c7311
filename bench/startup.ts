import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from '../sandbox/command-line.ts';
import { startSandbox } from '../sandbox/fivetran/server.ts';
import { forget, runStep } from '../sandbox/runner/run.ts';

const HELP = `Counts what start-up loads. Unlike time, it is the same on every machine and in every run.

  npm run startup               compares it with the budget
  npm run startup -- --write    changes the budget to what is loaded now
`;

export interface Startup {
  /** Modules that were evaluated: Node's own, and those that are packed into `dist`. */
  modules: number;
  /** Size of the files in `dist` that were loaded. */
  bytes: number;
}

const BUDGET = fileURLToPath(new URL('startup-budget.json', import.meta.url));

/** How far a budget may be exceeded before it has to be changed. */
const ALLOWED = 1.05;

/**
 * Creates one link with `dist`, and counts what V8 has seen of it.
 * @param env what the step's environment has besides
 */
export async function measureStartup(env: Record<string, string> = {}): Promise<Startup> {
  const folder = mkdtempSync(join(tmpdir(), 'connect-card-startup-'));
  const sandbox = await startSandbox();
  try {
    const step = await runStep({
      with: {
        'fivetran-api-key': sandbox.apiKey,
        'fivetran-api-secret': sandbox.apiSecret,
        'fivetran-api-url': sandbox.url,
        'group-id': 'acme_group',
        service: 'google_ads',
        schema: 'acme',
      },
      env: { ...env, NODE_V8_COVERAGE: folder },
    });
    await forget(step);
    if (step.outputs.outcome !== 'linked') throw new Error(`No link: ${step.log}`);
    const [file = ''] = readdirSync(folder);
    return count(JSON.parse(readFileSync(join(folder, file), 'utf8')).result);
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
}

/** A script as V8's coverage has it; the first range of a function is the whole of it. */
interface Script {
  url: string;
  functions: Array<{ functionName: string; ranges: [{ count: number }] }>;
}

function count(scripts: Script[]): Startup {
  const ours = scripts.filter(({ url }) => url.startsWith('file:'));
  // A packed module is a function that has the module's number for its name.
  const packed = ours
    .flatMap(({ functions }) => functions)
    .filter(({ functionName, ranges: [whole] }) => /^\d+$/.test(functionName) && whole.count > 0);
  return {
    modules: scripts.length - ours.length + packed.length,
    bytes: ours.reduce((sum, { url }) => sum + statSync(fileURLToPath(url)).size, 0),
  };
}

export function readBudget(): Startup {
  return JSON.parse(readFileSync(BUDGET, 'utf8'));
}

/** What is over budget, in words; empty when all is well. */
export function overBudget(now: Startup, budget: Startup): string {
  const over = (['modules', 'bytes'] as const).filter((what) => now[what] > budget[what] * ALLOWED);
  if (over.length === 0) return '';
  const list = over.map((what) => `${now[what]} ${what} instead of ${budget[what]}`).join(', ');
  return `Start-up loads ${list}. Load what isn't always needed with import(), or, if this is worth it to every run, change the budget in the same commit: npm run startup -- --write`;
}

if (import.meta.main) {
  const options = { write: { type: 'boolean', default: false } } as const;
  const { write } = readCommandLine({ options }, HELP).values;
  const now = await measureStartup();
  console.log(`Start-up evaluates ${now.modules} modules and loads ${now.bytes} bytes of script.`);
  if (write) {
    writeFileSync(BUDGET, `${JSON.stringify(now, null, 2)}\n`);
  } else {
    const complaint = overBudget(now, readBudget());
    if (complaint) console.error(complaint);
    process.exitCode = complaint ? 1 : 0;
  }
}
