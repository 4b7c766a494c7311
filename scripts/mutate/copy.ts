import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instrumented, type Numbered } from './instrument.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where the copy's programs find out what to do, and leave what they have seen. */
const STATE = '.mutate';

/** A copy of the repository whose `src` and `dist` have all mutants, each switched off. */
export interface Copy {
  folder: string;
  state: string;
}

/** The repository's files, as far as git knows or could know them. */
function filesOf(...folders: string[]): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...folders];
  const listed = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return [...new Set(listed.split('\0'))].filter((file) => file && existsSync(join(ROOT, file)));
}

/** A digest of files' paths and contents. */
export function digestOf(...folders: string[]): string {
  const hash = createHash('sha256');
  for (const file of filesOf(...folders).sort())
    hash.update(`${file}\n`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Makes the copy, or brings the tests of one up to date that was made from the same `src`.
 * @param digest of `src` and of what makes mutants
 */
export function copyOf(mutants: readonly Numbered[], digest: string): Copy {
  const folder = join(
    tmpdir(),
    `connect-card-mutants-${createHash('sha256').update(ROOT).digest('hex').slice(0, 8)}`,
  );
  const state = join(folder, STATE);
  const made = join(state, 'made');
  const isMade = existsSync(made) && readFileSync(made, 'utf8') === digest;
  if (!isMade) rmSync(folder, { recursive: true, force: true });
  mkdirSync(state, { recursive: true });
  for (const file of filesOf()) {
    if (isMade && /^(?:src|dist)\//.test(file)) continue;
    cpSync(join(ROOT, file), join(folder, file));
  }
  if (isMade) return { folder, state };
  // Not a link: the build takes packages from the project's own folder alone.
  cpSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('/.cache'),
  });
  cpSync(join(ROOT, 'scripts/mutate/inside/switch.ts'), join(folder, 'src/mutated.ts'));
  for (const [file, own] of Map.groupBy(mutants, (mutant) => mutant.file)) {
    const source = readFileSync(join(ROOT, 'src', file), 'utf8');
    const from = posix.relative(dirname(file), 'mutated.ts');
    const path = from.startsWith('.') ? from : `./${from}`;
    writeFileSync(join(folder, 'src', file), instrumented(source, own, path));
  }
  const PATH = `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`;
  execFileSync('node', ['scripts/build.ts'], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, PATH },
  });
  writeFileSync(made, digest);
  return { folder, state };
}
