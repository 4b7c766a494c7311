import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './copy.ts';
import type { Mutant } from './find.ts';

/** A survivor that somebody has looked at and that needs no test. */
export interface Judged {
  file: string;
  /** The line's text, as it stands in the file, and what changes in it. */
  text: string;
  change: string;
  /** `equivalent`: nobody could notice. `harmless`: one could, but nothing that is promised. */
  verdict: 'equivalent' | 'harmless';
  why: string;
}

const FILE = join(ROOT, 'scripts/mutate/judged.json');

/** What was said of a mutant. */
export function judgedOf(
  judged: readonly Judged[],
  { file, text, change }: Mutant,
): Judged | undefined {
  return judged.find((one) => one.file === file && one.text === text && one.change === change);
}

/** All that was judged. */
export function allJudged(): Judged[] {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : [];
}
