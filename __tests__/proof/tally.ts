import type { Case } from './case.ts';
import { EXCEPTIONS } from './exceptions.ts';
import type { CaseResult } from './try-case.ts';

/** Columns of the table, by the names of faults. */
const GROUPS: ReadonlyArray<[string, RegExp]> = [
  ['no connection, reset, cut short', /^(refused|reset|cut)/],
  ['time-out', /^(time-out|slow)/],
  ['401, 403, 404, 408, 409', /^(status-40|graphql-(forbidden|not))/],
  ['429', /^(status-429|graphql-rate)/],
  ['500, 502', /^status-50/],
  ['unusable response', /^(truncated|other|missing)/],
  ['killed', /^killed/],
  ['cancelled', /^cancelled/],
];

interface Count {
  survived: number;
  of: number;
}

/** How many cases there are and how many were survived, by operation and kind of fault. */
export class Tally {
  readonly #counts = new Map<string, Map<string, Count>>();
  readonly #excepted = new Map<string, number>();
  readonly #total: Count = { survived: 0, of: 0 };

  add(one: Case, { broken, excepted }: Pick<CaseResult, 'broken' | 'excepted'>): void {
    const group = GROUPS.find(([, faults]) => faults.test(one.fault))?.[0] ?? '';
    const row = this.#counts.get(one.operation) ?? new Map<string, Count>();
    this.#counts.set(one.operation, row);
    const cell = row.get(group) ?? { survived: 0, of: 0 };
    row.set(group, cell);
    for (const count of [cell, this.#total]) {
      count.of += 1;
      if (broken.length === 0) count.survived += 1;
    }
    for (const name of new Set(excepted)) {
      this.#excepted.set(name, (this.#excepted.get(name) ?? 0) + 1);
    }
  }

  /** Both tables as Markdown: cases survived, and exceptions. */
  get markdown(): string {
    const { survived, of } = this.#total;
    const columns = GROUPS.map(([name]) => name);
    const rows = [...this.#counts].map(([operation, cells]) => {
      const counts = columns.map((name) => written(cells.get(name)));
      return `| ${operation} | ${counts.join(' | ')} |`;
    });
    const exceptions = EXCEPTIONS.map(
      ({ name, reason }) => `| ${name} | ${this.#excepted.get(name) ?? 0} | ${reason} |`,
    );
    return [
      `**${survived} of ${of}** cases survived.`,
      '',
      `| operation | ${columns.join(' | ')} |`,
      `| --- |${' ---: |'.repeat(columns.length)}`,
      ...rows,
      '',
      'Among them are those in which an exception counts:',
      '',
      '| exception | cases | why |',
      '| --- | ---: | --- |',
      ...exceptions,
    ].join('\n');
  }
}

function written(count: Count | undefined): string {
  return count ? `${count.survived} of ${count.of}` : '';
}
