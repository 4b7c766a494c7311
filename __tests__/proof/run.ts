import { parseArgs } from 'node:util';
import { allCases } from './all-cases.ts';
import { nameOf } from './case.ts';
import { judge } from './judge.ts';
import { loadAction } from './world.ts';

const { values } = parseArgs({
  options: {
    operation: { type: 'string' },
    case: { type: 'string' },
    limit: { type: 'string' },
  },
});

await loadAction();
const operation = values.case?.split(' / ')[0] ?? values.operation;
const cases = (await allCases(operation === undefined ? undefined : [operation])).filter(
  (one) => values.case === undefined || nameOf(one) === values.case,
);
console.log(`${cases.length} cases`);
const started = performance.now();
const kinds = new Map<string, string[]>();
let bad = 0;
for (const one of cases.slice(0, Number(values.limit ?? cases.length))) {
  const { broken, log } = await judge(one).catch((error) => ({
    broken: [`crash: ${error.stack}`],
    log: '',
  }));
  if (values.case) console.log(log);
  if (broken.length > 0) {
    bad += 1;
    for (const text of broken) {
      const kind = text.replace(/[a-z]+_[a-z]+\w*|\d+/g, '#').slice(0, 300);
      kinds.set(kind, [...(kinds.get(kind) ?? []), `${nameOf(one)} [${one.what}]`]);
    }
  }
}
for (const [kind, which] of kinds)
  console.log(`\n${which.length} x ${kind}\n   ${which.slice(0, 6).join('\n   ')}`);
console.log(`${bad} broken; ${Math.round(performance.now() - started)} ms`);
