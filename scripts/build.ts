// Builds `dist`, which GitHub runs, from `src`: TypeScript becomes JavaScript in `lib`, and ncc bundles
// that with its packages into few files. docs/performance.md says what each choice here saves.
import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { minify } from 'terser';
import { EMPTIED, LEFT_OUT, LOADED_LATER } from '../src/packages/left-out.ts';
import { licensesText } from './shipped/licenses.ts';
import { shippedPackages } from './shipped/packages.ts';
import { SBOM_PATH, sbomText } from './shipped/sbom.ts';

const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

/** Replaces what undici imports by another name in the bundle, where it must be. */
function replaceInEntry(text: string, by: string): void {
  const entry = readFileSync('dist/index.js', 'utf8');
  if (!entry.includes(text)) throw new Error(`undici no longer imports ${text}.`);
  writeFileSync('dist/index.js', entry.replaceAll(text, by));
}

for (const folder of ['lib', 'dist']) rmSync(folder, { recursive: true, force: true });
run('tsc', '-p', 'tsconfig.build.json');
// ncc writes CommonJS unless the nearest package.json calls for modules, as the project's does.
writeFileSync('lib/package.json', '{}\n');
const external = [...LEFT_OUT, ...EMPTIED, LOADED_LATER].flatMap((path) => ['-e', path]);
// No cache: what comes out depends on what goes in, and on nothing that was built before.
run(
  'ncc',
  'build',
  'lib/index.js',
  '-o',
  'dist',
  '-m',
  '--no-cache',
  '--stats-out',
  'lib/stats.json',
  ...external,
);
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');

// What is loaded later lies beside the entry, which imports it from there.
const later = `./${basename(LOADED_LATER)}`;
replaceInEntry(LOADED_LATER, later);
for (const path of EMPTIED) replaceInEntry(`require("${path}")`, '{}');
copyFileSync(join('node_modules/undici/lib/dispatcher', LOADED_LATER), join('dist', later));

// ncc minifies the entry alone, and not the files that are loaded later.
for (const file of globSync('dist/*.index.js')) {
  const names = { keep_classnames: true, keep_fnames: true };
  const { code = '' } = await minify(readFileSync(file, 'utf8'), {
    ...names,
    format: { comments: false },
  });
  writeFileSync(file, code);
}

// Last, because the bill of materials has the hash of every other file.
const { modules } = JSON.parse(readFileSync('lib/stats.json', 'utf8'));
const packages = shippedPackages(modules, '.');
writeFileSync('dist/licenses.txt', licensesText(packages));
const project = JSON.parse(readFileSync('package.json', 'utf8'));
writeFileSync(SBOM_PATH, sbomText(project, packages, '.'));
