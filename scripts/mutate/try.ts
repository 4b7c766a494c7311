import type { Copy } from './copy.ts';
import type { Numbered } from './instrument.ts';
import { type JestRun, type Plan, runJest } from './jest.ts';
import { type Reaching, reachingOf } from './plan.ts';
import type { Recorded, Store } from './store.ts';

/** A test that takes so many times as long as usual doesn't end. */
const TIMES = 5;
/** Milliseconds for a short test on a busy machine. */
const LEAST_MS = 10_000;

interface Told {
  name: string;
  mutant: number;
  outcome: 'passed' | 'killed' | 'late' | 'unclear';
}

/**
 * Runs tests with mutants until each mutant is killed, or its tests are at an end.
 * @param mostMs milliseconds of tests for one mutant
 */
export async function tryMutants(
  mutants: readonly Numbered[],
  all: readonly Numbered[],
  recorded: ReadonlyMap<string, Recorded>,
  copy: Copy,
  store: Store,
  mostMs: number,
): Promise<void> {
  const numbers = Map.groupBy(all, ({ file }) => file);
  const byNumber = new Map(mutants.map((mutant) => [mutant.number, mutant]));
  const left = new Map<number, Reaching[]>();
  for (const mutant of mutants) {
    const tried = store.tried[mutant.id] ?? { passed: [] };
    store.tried[mutant.id] = tried;
    if (tried.killed) continue;
    const own = new Set(numbers.get(mutant.file)?.map(({ number }) => number));
    left.set(mutant.number, upTo(mostMs, reachingOf(mutant, own, recorded), tried.passed));
  }
  const triedOf = (number: number) => store.tried[byNumber.get(number)?.id ?? ''] ?? { passed: [] };
  const kill = (number: number, by: string, isLate: boolean) => {
    const { id, file, line, change } = byNumber.get(number) as Numbered;
    triedOf(number).killed = { by, isLate };
    left.delete(number);
    console.error(`${id} ${isLate ? 'late' : 'killed'} src/${file}:${line} ${change} by ${by}`);
  };

  const isStatic = (number: number) => byNumber.get(number)?.isStatic === true;
  for (const file of inOrder([...left.values()].flat())) {
    // What takes effect while files are loaded needs a process of its own.
    const alone = [...left.keys()].filter(isStatic);
    const together = [...left.keys()].filter((number) => !isStatic(number));
    for (const group of [together, ...alone.map((number) => [number])]) {
      const mode = group === together ? 'batch' : String(group[0]);
      const unclear = new Set<number>();
      for (;;) {
        const plan = planOf(file, group, left);
        if (plan.length === 0) break;
        const run = await runJest(copy, file, mode, plan);
        if (!run.current && mode === 'batch') throw new Error(`${file} can't be run.`);
        const lost = after(run, plan);
        for (const { name, mutant, outcome } of [...run.told.map(parsed), ...lost]) {
          const by = `${file}#${name}`;
          if (outcome === 'killed' || outcome === 'late') kill(mutant, by, outcome === 'late');
          else if (outcome === 'passed') pass(mutant, file, name, left, triedOf(mutant));
          else if (unclear.has(mutant)) kill(mutant, by, false);
          else unclear.add(mutant);
        }
        store.save();
        // Planned tests that aren't run, such as skipped ones.
        if (run.told.length + lost.length === 0) break;
      }
    }
  }
}

const parsed = (line: string): Told => JSON.parse(line);

/** What is known of the test that was running when jest ended before it had told anything. */
function after({ told, current, isStuck }: JestRun, plan: Plan): Told[] {
  const last = told.map(parsed).at(-1);
  if (!current)
    return plan.flatMap(({ name, mutants }) =>
      mutants.map((mutant) => ({ name, mutant, outcome: 'unclear' as const })),
    );
  const { name, mutant } = current;
  if (last?.name === name && last.mutant === mutant) return [];
  return [{ name, mutant, outcome: isStuck ? 'late' : 'unclear' }];
}

function pass(
  number: number,
  file: string,
  name: string,
  left: Map<number, Reaching[]>,
  tried: { passed: string[] },
): void {
  const reaching = left.get(number) ?? [];
  const isIt = (one: Reaching) => one.file === file && one.name === name;
  tried.passed.push(...reaching.filter(isIt).map(({ key }) => key));
  left.set(
    number,
    reaching.filter((one) => !isIt(one)),
  );
}

/** The first tests that take so long together, at least one, without those that have passed. */
function upTo(
  mostMs: number,
  reaching: readonly Reaching[],
  passed: readonly string[],
): Reaching[] {
  const done = new Set(passed);
  let total = 0;
  const first = reaching.filter(({ ms }, index) => {
    total += ms;
    return index === 0 || total <= mostMs;
  });
  return first.filter(({ key }) => !done.has(key));
}

/** Files of tests, those with the shortest tests first. */
function inOrder(reaching: readonly Reaching[]): string[] {
  const mean = (tests: readonly Reaching[]) =>
    tests.reduce((sum, { ms }) => sum + ms, 0) / tests.length;
  return [...Map.groupBy(reaching, ({ file }) => file)]
    .map(([file, tests]) => ({ file, ms: mean(tests) }))
    .sort((a, b) => a.ms - b.ms)
    .map(({ file }) => file);
}

function planOf(
  file: string,
  numbers: readonly number[],
  left: ReadonlyMap<number, Reaching[]>,
): Plan {
  const plan = new Map<string, Plan[number]>();
  for (const number of numbers) {
    for (const one of left.get(number) ?? []) {
      if (one.file !== file) continue;
      const limitMs = LEAST_MS + TIMES * one.ms;
      const entry = plan.get(one.name) ?? { name: one.name, mutants: [], limitMs };
      entry.mutants.push(number);
      plan.set(one.name, entry);
    }
  }
  return [...plan.values()];
}
