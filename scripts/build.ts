// Builds `dist`, which GitHub runs, from `src`: TypeScript to JavaScript in `lib`, and that with the
// packages it uses to few files. docs/performance.md has what each choice here saves.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';

/** Parts of undici that are loaded only when asked for, and that nothing here asks for. */
const LEFT_OUT = [
  // An experimental HTTP parser: src/http switches it off.
  '../milo/simd.js',
  '../milo/no-simd.js',
  // What `fetch` makes of bodies: those sent here are text.
  '../web/fetch/body.js',
  '../web/fetch/formdata',
  '../web/webidl',
];

const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

for (const folder of ['lib', 'dist']) rmSync(folder, { recursive: true, force: true });
run('tsc', '-p', 'tsconfig.build.json');
// ncc writes CommonJS unless the nearest package.json calls for modules, as the project's does.
writeFileSync('lib/package.json', '{}\n');
const external = LEFT_OUT.flatMap((path) => ['-e', path]);
run('ncc', 'build', 'lib/index.js', '-o', 'dist', '-m', '--license', 'licenses.txt', ...external);
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
