import type { Mutant } from './find.ts';

/** A mutant with the number by which it is switched on. */
export interface Numbered extends Mutant {
  number: number;
}

interface Site {
  start: number;
  end: number;
  isStatement: boolean;
  mutants: Numbered[];
}

/**
 * A file with all its mutants, each behind a question: `(mutated(17) ? changed : original)`. So one build
 * has them all.
 * @param from where the file imports the question from
 */
export function instrumented(source: string, mutants: readonly Numbered[], from: string): string {
  const sites = new Map<string, Site>();
  for (const mutant of mutants) {
    const { start, end, isStatement } = mutant;
    const key = `${start} ${end} ${isStatement}`;
    const site = sites.get(key) ?? { start, end, isStatement, mutants: [] };
    site.mutants.push(mutant);
    sites.set(key, site);
  }
  // From the outside in: of two places that begin together, the longer is around the other.
  const ordered = [...sites.values()].sort(
    (a, b) => a.start - b.start || b.end - a.end || Number(b.isStatement) - Number(a.isStatement),
  );
  const render = (start: number, end: number): string => {
    let out = '';
    let at = start;
    while (ordered[0] && ordered[0].start < end) {
      const site = ordered.shift() as Site;
      out += source.slice(at, site.start) + withChoice(site, render(site.start, site.end));
      at = site.end;
    }
    return out + source.slice(at, end);
  };
  // Types don't follow the choices, and needn't.
  return `// @ts-nocheck\nimport { mutated as __mutated } from '${from}';\n${render(0, source.length)}`;
}

function withChoice({ isStatement, mutants }: Site, original: string): string {
  if (isStatement) return `{ if (!__mutated(${mutants[0]?.number})) { ${original} } }`;
  const choices = mutants.map(
    ({ number, replacement }) => `__mutated(${number}) ? (${replacement}) : `,
  );
  return `(${choices.join('')}(${original}))`;
}
