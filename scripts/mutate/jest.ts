import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Copy } from './copy.ts';

/** The tests of one file to run, each with the mutants to run it with. */
export type Plan = { name: string; mutants: number[]; limitMs: number }[];

/** What a run of jest has left when it is over, or was ended. */
export interface JestRun {
  /** What its tests have told, line by line. */
  told: string[];
  /** The test that was running last. */
  current: { name: string; mutant: number; at: number; limitMs: number } | undefined;
  /** Whether it was ended because that test didn't end. */
  isStuck: boolean;
}

/** Milliseconds for a test to be ended by jest itself. */
const GRACE_MS = 15_000;

/**
 * Runs the tests of one file in the copy.
 * @param mode `record`, `batch`, or the number of the mutant that is on while files are loaded
 */
export async function runJest(
  { folder, state }: Copy,
  file: string,
  mode: string,
  plan: Plan = [],
): Promise<JestRun> {
  for (const name of ['told', 'reached', 'test', 'current'])
    rmSync(join(state, name), { force: true });
  writeFileSync(join(state, 'mode'), mode);
  writeFileSync(join(state, 'plan.json'), JSON.stringify(plan));
  const child = spawn(
    'node',
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      // A mutant may collect without end.
      '--max-old-space-size=1500',
      'node_modules/jest/bin/jest.js',
      '--runInBand',
      '--silent',
      '--testEnvironment',
      './scripts/mutate/inside/environment.ts',
      '--runTestsByPath',
      file,
    ],
    {
      cwd: folder,
      // A group of its own, which ends with all that it has started.
      detached: true,
      stdio: ['ignore', 'ignore', process.env.MUTATE_SHOW ? 'inherit' : 'ignore'],
      env: {
        ...process.env,
        PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}`,
        MUTATE_STATE: state,
        NODE_COMPILE_CACHE: join(state, 'compiled'),
      },
    },
  );
  const endAll = () => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // Nothing is left of it.
    }
  };
  const current = (): JestRun['current'] => {
    const [line] = lines(join(state, 'current'));
    return line?.endsWith('}') ? JSON.parse(line) : undefined;
  };
  let isStuck = false;
  const watch = setInterval(() => {
    const { at = Number.POSITIVE_INFINITY, limitMs = 0 } = current() ?? {};
    isStuck = Date.now() > at + limitMs + GRACE_MS;
    if (isStuck) endAll();
  }, 1000);
  process.once('exit', endAll);
  await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(watch);
  process.removeListener('exit', endAll);
  endAll();
  return { told: lines(join(state, 'told')), current: current(), isStuck };
}

/** The lines of a file; none where it doesn't exist. */
export function lines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
}
