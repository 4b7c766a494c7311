import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Mutant, mutantsOf } from './find.ts';

/** The files that keep promises, below `src`. */
const PROMISES = [
  'main.ts',
  'fivetran/{create-once,create-again,duplicates,confirmed}.ts',
  'operations/link/*.ts',
  'operations/onboard/*.ts',
  'operations/follow-up/*.ts',
  'operations/{hand-over,issue-comment,issue-list,entries}.ts',
  'github/{approval,comment-pages,event,record,thread,snapshot}.ts',
  'issue-form/*.ts',
  'runner/{gate,decoded-views}.ts',
  'http/{retry,wait-budget,transport}.ts',
];

/** All mutants of all files, in a stable order. */
export function allMutants(root: string): Mutant[] {
  return globSync(PROMISES, { cwd: join(root, 'src') })
    .sort()
    .flatMap((file) => mutantsOf(file, readFileSync(join(root, 'src', file), 'utf8')));
}
