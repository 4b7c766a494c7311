import { readCommandLine } from '../../sandbox/command-line.ts';
import { allCases } from './all-cases.ts';
import { nameOf, nameOfPair, pairNamed } from './case.ts';
import { casesIn, readProof, writeProof } from './page.ts';
import { sample, samplePairs } from './sample.ts';
import { Tally } from './tally.ts';
import { tryCase, tryPair } from './try-case.ts';
import { loadAction } from './world.ts';

const HELP = `Every fault at every request: docs/reliability.md

  npm run proof -- [options]

  --operation NAME   only this operation
  --fault NAME       only this fault
  --case NAME        only this case, and what its runs said
  --sample COUNT     only that many, chosen by --seed
  --seed NUMBER      (1)
  --pairs COUNT      so many pairs of faults instead, chosen by --seed
  --pair NAME        only this pair, and what its runs said
  --write            write the result into docs/reliability.md
  --check            compare the number of cases with docs/reliability.md, and run none
`;

const options = {
  operation: { type: 'string' },
  fault: { type: 'string' },
  case: { type: 'string' },
  sample: { type: 'string' },
  pairs: { type: 'string' },
  pair: { type: 'string' },
  seed: { type: 'string', default: '1' },
  write: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
} as const;
const { values } = readCommandLine({ options }, HELP);
process.exitCode = await (values.pairs || values.pair ? provePairs() : prove());

/** Tries pairs of faults. */
async function provePairs(): Promise<number> {
  await loadAction();
  const names = values.operation === undefined ? undefined : [values.operation];
  const pairs = values.pair
    ? [pairNamed(values.pair)]
    : samplePairs(await allCases(names), Number(values.pairs), Number(values.seed));
  let failed = 0;
  let struckTwice = 0;
  const excepted = new Map<string, number>();
  for (const pair of pairs) {
    const result = await tryPair(pair);
    if (result.struck > 1) struckTwice += 1;
    for (const name of new Set(result.excepted)) {
      excepted.set(name, (excepted.get(name) ?? 0) + 1);
    }
    if (values.pair) console.log(result.log, '\n');
    if (result.broken.length === 0) continue;
    failed += 1;
    for (const text of result.broken) console.log(`  ${text}`);
    console.log(`  npm run proof -- --pair '${nameOfPair(pair)}'`);
  }
  console.log(
    `${pairs.length - failed} of ${pairs.length} pairs survived; both faults struck in ${struckTwice}.`,
  );
  for (const [name, count] of excepted) console.log(`  ${name}: ${count}`);
  return failed > 0 ? 1 : 0;
}

async function prove(): Promise<number> {
  await loadAction();
  const operation = values.case?.split(' / ')[0] ?? values.operation;
  const all = await allCases(operation === undefined ? undefined : [operation]);
  const wanted = all.filter(
    (one) =>
      (values.case === undefined || nameOf(one) === values.case) &&
      (values.fault === undefined || one.fault === values.fault),
  );
  const size = Number(values.sample ?? wanted.length);
  const cases = values.sample ? sample(wanted, size, Number(values.seed)) : wanted;
  if (cases.length === 0) {
    console.error('There is no such case.');
    return 1;
  }
  const tally = new Tally();
  if (values.check) {
    for (const one of cases) tally.add(one, { broken: [], excepted: [] });
    if (casesIn(tally.markdown).join('\n') === casesIn(readProof()).join('\n')) return 0;
    console.error('docs/reliability.md is about other cases: npm run proof -- --write');
    return 1;
  }
  let failed = 0;
  for (const one of cases) {
    const result = await tryCase(one);
    tally.add(one, result);
    if (values.case) console.log(result.log, '\n');
    if (result.broken.length === 0) continue;
    failed += 1;
    console.log(`${nameOf(one)} (${one.what})`);
    for (const text of result.broken) console.log(`  ${text}`);
    console.log(`  npm run proof -- --case '${nameOf(one)}'`);
  }
  console.log(tally.markdown);
  if (values.write && cases.length < (await allCases()).length) {
    console.error('Not written: the page is about all cases.');
    return 1;
  }
  if (values.write) writeProof(tally.markdown);
  return failed > 0 ? 1 : 0;
}
