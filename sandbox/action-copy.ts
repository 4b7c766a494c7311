import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/**
 * act runs actions with whatever `node` is first in its own PATH, which no option changes. GitHub runs
 * this one with Node 24. So an older Node starts the one that runs the sandbox.
 */
const START = `if (Promise.withResolvers) {
  require('./dist/index.js');
} else {
  const child = require('node:child_process').spawn(
    ${JSON.stringify(process.execPath)},
    [require('node:path').join(__dirname, 'dist/index.js')],
    { stdio: 'inherit' },
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
}
`;

/**
 * Writes what a release has, with the stand-in as the default of `fivetran-api-url`: workflows run
 * word for word, and none of them can accidentally send anything to Fivetran.
 */
export async function copyAction(folder: string, fivetranUrl: string): Promise<void> {
  let action = await readFile(join(ROOT, 'action.yml'), 'utf8');
  for (const [from, to] of [
    ['default: https://api.fivetran.com\n', `default: ${fivetranUrl}\n`],
    ['main: dist/index.js\n', 'main: start.cjs\n'],
  ] as const) {
    const [before, after, ...more] = action.split(from);
    if (after === undefined || more.length > 0) {
      throw new Error(`action.yml should say once: ${from}`);
    }
    action = `${before}${to}${after}`;
  }
  await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  await writeFile(join(folder, 'start.cjs'), START);
  await writeFile(join(folder, 'action.yml'), action);
}
