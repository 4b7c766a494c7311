import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '../../docs/reliability.md');
const BETWEEN = /(?<=<!-- proof -->\n)[\s\S]*?(?=<!-- \/proof -->)/;

/** The generated part of docs/reliability.md. */
export function readProof(): string {
  return BETWEEN.exec(readFileSync(PAGE, 'utf8'))?.[0].trim() ?? '';
}

export function writeProof(markdown: string): void {
  const page = readFileSync(PAGE, 'utf8');
  writeFileSync(
    PAGE,
    page.replace(BETWEEN, () => `\n${markdown}\n\n`),
  );
}

/** How many cases a generated part says there are, by operation and kind of fault. */
export function casesIn(markdown: string): string[] {
  const lines = markdown.split('\n').filter((line) => / of \d/.test(line));
  return lines.map((line) => line.replace(/\d+ of (\d+)/g, '$1'));
}
