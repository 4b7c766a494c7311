import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Copy } from './copy.ts';

/** What a test took in milliseconds, and whether it failed. */
interface TestRun {
  /** Its file and its name, as `file#name`. */
  test: string;
  ms: number;
  failed: boolean;
}

/** How jest has ended: well, with a failure, or not in time. */
export interface JestRun {
  outcome: 'passed' | 'failed' | 'late';
  tests: TestRun[];
}

/**
 * Runs jest in the copy.
 * @param mode `record`, or the number of the mutant to switch on
 * @param chosen the names of the tests to run, by file and in their order; without names, all
 */
export async function runJest(
  { folder, state }: Copy,
  mode: string,
  chosen: ReadonlyMap<string, readonly string[]>,
  limitMs: number,
): Promise<JestRun> {
  for (const name of ['tests', 'reached', 'test']) rmSync(join(state, name), { force: true });
  writeFileSync(join(state, 'mode'), mode);
  writeFileSync(join(state, 'chosen.json'), JSON.stringify(Object.fromEntries(chosen)));
  const inside = './scripts/mutate/inside';
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
      `${inside}/environment.ts`,
      '--testSequencer',
      `${inside}/sequencer.ts`,
      '--runTestsByPath',
      ...chosen.keys(),
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
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    endAll();
  }, limitMs);
  process.once('exit', endAll);
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  clearTimeout(timer);
  process.removeListener('exit', endAll);
  endAll();
  const tests = lines(join(state, 'tests')).map((line): TestRun => JSON.parse(line));
  return { outcome: late ? 'late' : code === 0 ? 'passed' : 'failed', tests };
}

/** The lines of a file; none where it doesn't exist. */
export function lines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
}
