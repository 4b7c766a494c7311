import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname } from 'node:path';
import { readCommandLine } from '../../sandbox/command-line.ts';
import { copyOf, digestOf, ROOT } from './copy.ts';
import { allMutants } from './files.ts';
import type { Numbered } from './instrument.ts';
import { allJudged, judgedOf } from './judged.ts';
import { outcomeOf, reachingOf } from './plan.ts';
import { record } from './record.ts';
import { resultOf, survivorsOf, tableOf } from './report.ts';
import { Store } from './store.ts';
import { tryMutants } from './try.ts';

const HELP = `Changes the code in one small place at a time and looks whether a test notices: docs/reliability.md

  npm run mutate -- [options]      without options: every mutant; can be stopped, and continues the next time

  --sample COUNT   only that many, chosen by --seed
  --seed NUMBER    (1)
  --files PART     only those of files whose path has this
  --mutant IDS     only these (comma-separated), also if they were judged, with what jest prints
  --tests PART     only tests of files whose path has this: what they don't kill stays open
  --most SECONDS   of tests for one mutant: what isn't killed by then counts as surviving (600)
  --known          only what is known already
  --folders        the table by folder instead of by file
  --report FILE    all that is known of the chosen ones, as JSON
  --list           shows them, and tries none
`;

const options = {
  files: { type: 'string' },
  sample: { type: 'string' },
  seed: { type: 'string', default: '1' },
  mutant: { type: 'string' },
  tests: { type: 'string', default: '' },
  report: { type: 'string' },
  list: { type: 'boolean', default: false },
  most: { type: 'string', default: '600' },
  known: { type: 'boolean', default: false },
  folders: { type: 'boolean', default: false },
} as const;
const { values } = readCommandLine({ options }, HELP);

/** What the instrumented copy is made by. */
const MAKERS = ['inside', 'tree.ts', 'operators.ts', 'find.ts', 'files.ts', 'instrument.ts'].map(
  (name) => `scripts/mutate/${name}`,
);

const all = allMutants(ROOT).map((mutant, index): Numbered => ({ ...mutant, number: index + 1 }));
const chosen = choose(all);
if (values.list) {
  for (const { id, file, line, operator, change } of chosen) {
    console.log([id, `src/${file}:${line}`, operator, change].join('  '));
  }
} else {
  setPriority(19);
  // An ordinary exit, which ends what was started as well.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  await tryAll();
}

function choose(mutants: readonly Numbered[]): Numbered[] {
  const { files, sample, seed, mutant } = values;
  const wanted = mutants.filter(
    ({ id, file }) =>
      (!mutant || mutant.split(',').includes(id)) && (!files || file.includes(files)),
  );
  // By a hash of seed and id: a mutant stays in the sample while others come and go.
  const order = ({ id }: Numbered) => createHash('sha256').update(`${seed} ${id}`).digest('hex');
  const drawn = wanted.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  return sample ? drawn.slice(0, Number(sample)) : drawn;
}

async function tryAll(): Promise<void> {
  const src = `${digestOf('src', 'scripts/build.ts')}`;
  const made = `${src} ${digestOf(...MAKERS)}`;
  const store = new Store({ src, copy: `${made} ${digestOf('sandbox', '__tests__/support')}` });
  const copy = copyOf(all, made);
  const recorded = await record(copy, store, values.tests);
  for (const id of values.mutant?.split(',') ?? []) delete store.tried[id];
  const judged = allJudged();
  if (!values.known) {
    // What was judged is tried when it is asked for.
    const open = values.mutant ? chosen : chosen.filter((one) => !judgedOf(judged, one));
    await tryMutants(open, all, recorded, copy, store, Number(values.most) * 1000);
  }
  const results = chosen.map((mutant) => {
    const known = store.tried[mutant.id];
    const outcome = outcomeOf(known, reachingOf(mutant, new Set([mutant.number]), recorded));
    return resultOf(mutant, outcome, known?.killed?.by, judged);
  });
  console.log(tableOf(results, (file) => (values.folders ? dirname(file) : file)));
  console.log(`\n${survivorsOf(results)}`);
  if (values.report) writeFileSync(values.report, `${JSON.stringify(results, null, 2)}\n`);
}
