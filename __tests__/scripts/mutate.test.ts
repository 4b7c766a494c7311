import { stripTypeScriptTypes } from 'node:module';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { mutantsOf } from '../../scripts/mutate/find.ts';
import { instrumented } from '../../scripts/mutate/instrument.ts';
import { judgedOf } from '../../scripts/mutate/judged.ts';
import { resultOf, tableOf } from '../../scripts/mutate/report.ts';

const changes = (source: string) => mutantsOf('a.ts', source).map(({ change }) => change);

test.each([
  ['f(a < b)', ['a < b → a <= b', 'a < b → a >= b']],
  ['f(a !== b)', ['a !== b → a === b']],
  ['f((a + b) * c)', ['(a + b) * c → (a + b) / c', 'a + b → a - b']],
  ['f(a && b)', ['a && b → (a) || (b)', 'a && b → a', 'a && b → b']],
  ['f(a ?? b)', ['a ?? b → a', 'a ?? b → b']],
  ['f(!a)', ['!a → a']],
  ['f(true)', ['true → false']],
  ['f(0, 7, 500)', ['0 → 1', '7 → 8', '7 → 6', '500 → 0', '500 → 1000']],
  ["f('code')", ["'code' → ''"]],
  ['f([a])', ['[a] → []']],
  ['f(/^a$/i)', ['/^a$/i → /a$/i', '/^a$/i → /^a/i', '/^a$/i → /^a$/']],
  ['f(a?.b.c)', ['a?.b.c → a.b.c']],
  ['f(a?.[b]?.(c))', ['a?.[b]?.(c) → a?.[b](c)', 'a?.[b]?.(c) → a[b]?.(c)']],
  ['f(a.some(b))', ['a.some(b) → a.every(b)']],
  ['f(a.filter(b))', ['a.filter(b) → a']],
  ['f(a.toString())', []],
])('%s', (source, expected) => {
  const call = `${source}; → (removed)`;
  expect(changes(`${source};`)).toEqual([call, ...expected]);
});

test('conditions are tried both ways, those of loops one way', () => {
  expect(changes('if (a) { b; }')).toEqual(['a → true', 'a → false', 'b; → (removed)']);
  expect(changes('while (a) {}')).toEqual(['a → false']);
});

test('an early return is removed, the one in the end isn’t', () => {
  const source = 'function f() { if (a) return b; return c; }';
  expect(changes(source)).toEqual(['a → true', 'a → false', 'return b; → (removed)']);
});

test('texts for people, types and imports stay', () => {
  const source = `
    import { a } from './a.ts';
    type B = 'b' | 1;
    const c = () => import('./c.ts');
    const d = new LinkError('code', 'Something happened.', \`Do \${this}.\`);
    runner.notice('It happened.');
  `;
  expect(changes(source)).toEqual(["'code' → ''"]);
});

describe('a file with all its mutants', () => {
  const source = `
    export function f(list: readonly number[], least = 2): string[] {
      const out: string[] = [];
      for (const one of list) {
        if (one < least) continue;
        out.push(one === least && list.length > 1 ? 'same' : \`\${one}\`);
      }
      return out;
    }`;
  const mutants = mutantsOf('a.ts', source).map((one, index) => ({ ...one, number: index + 1 }));
  const whole = instrumented(source, mutants, './mutated.ts');
  const js = stripTypeScriptTypes(whole)
    .replace(/import .*/, '')
    .replace('export ', '');
  const run = (active: number) =>
    runInNewContext(`${js}; f([1, 2, 3])`, { __mutated: (one: number) => one === active });
  const outcome = (active: number): unknown => {
    try {
      return [...run(active)];
    } catch {
      return 'thrown';
    }
  };

  test('does what it did with none switched on', () => {
    expect(outcome(0)).toEqual(['same', '3']);
  });

  test('does something else with any of them', () => {
    expect(mutants.length).toBeGreaterThan(15);
    const same = mutants.filter(({ number }) => `${outcome(number)}` === 'same,3');
    // With three numbers, their order and their count hardly matter.
    expect(same.map(({ change }) => change)).toEqual([
      'one === least && list.length > 1 → one === least',
      'list.length > 1 → list.length >= 1',
      '1 → 2',
      '1 → 0',
    ]);
  });
});

test('an id stays when the line moves, and two places of one line differ', () => {
  const [first, ...rest] = mutantsOf('a.ts', 'f(a < b, a < b);');
  const moved = mutantsOf('a.ts', '// Above.\n\nf(a < b, a < b);');
  expect(moved.map(({ id }) => id)).toEqual([first, ...rest].map((one) => one?.id));
  expect(new Set(moved.map(({ id }) => id)).size).toBe(moved.length);
});

test('the score leaves equivalents out, and nothing else', () => {
  const mutants = mutantsOf('x/a.ts', 'f(a < b, true);').map((one, index) => ({
    ...one,
    number: index + 1,
  }));
  const said = {
    file: 'x/a.ts',
    text: 'f(a < b, true);',
    change: 'a < b → a <= b',
    verdict: 'equivalent' as const,
    why: 'They are never the same.',
  };
  expect(mutants.map((mutant) => judgedOf([said], mutant)?.why)).toEqual([
    undefined,
    said.why,
    undefined,
    undefined,
  ]);
  const outcomes = ['killed', 'survived', 'late', 'unreached'] as const;
  const results = mutants.map((mutant, index) =>
    resultOf(mutant, outcomes[index] ?? 'killed', undefined, [said]),
  );
  const table = tableOf(results, (file) => file.split('/')[0] ?? '');
  expect(table).toContain('| x | 4 | 2 | 1 | 1 | 67 % |');
});
