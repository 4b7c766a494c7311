/**
 * Builds `dist` of the last commit again, in a new clone at another path, with other packages' copies,
 * another home, time zone, language and file mode, and (where this user may) as another user, and
 * compares it byte by byte with what is committed.
 *
 *     npm run reproduce
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** An unprivileged user's id, which needs no account. */
const OTHER_USER = '65534';

const ROOT = join(import.meta.dirname, '..');
const base = mkdtempSync(join(tmpdir(), 'reproduce-'));
const clone = join(base, 'Another Place', 'ünder', 'an-action');
const home = join(base, 'home');

function run(
  command: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
) {
  return execFileSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
}

/** The environment of the build: everything differs that may differ from machine to machine. */
function environment(): NodeJS.ProcessEnv {
  const path = [join(clone, 'node_modules/.bin'), '/usr/local/bin', '/usr/bin', '/bin'];
  return {
    ...{ PATH: path.join(delimiter), HOME: home, USER: 'somebody', LOGNAME: 'somebody' },
    // Days ahead of this machine's date, and a language in which i isn't the lower case of I.
    ...{ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', CI: '' },
  };
}

function hashes(): Map<string, string> {
  const files = globSync('dist/**', { cwd: clone, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    files.map((path) => [
      path.slice(clone.length + 1),
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]),
  );
}

/** Builds in the clone, as another user where this one is root. */
function build(): void {
  const another = process.getuid?.() === 0 && process.platform === 'linux';
  if (another) run('chown', ['-R', `${OTHER_USER}:${OTHER_USER}`, base]);
  const user = another
    ? ['setpriv', `--reuid=${OTHER_USER}`, `--regid=${OTHER_USER}`, '--clear-groups']
    : [];
  run('sh', ['-c', 'umask 077; exec "$@"', 'sh', ...user, 'node', 'scripts/build.ts'], {
    cwd: clone,
    env: environment(),
  });
}

try {
  mkdirSync(home);
  run('git', ['clone', '--quiet', '--no-hardlinks', ROOT, clone]);
  run('npm', ['ci', '--prefer-offline'], { cwd: clone });
  const committed = hashes();
  build();
  const built = hashes();
  const names = [...new Set([...committed.keys(), ...built.keys()])];
  const differing = names.filter((name) => committed.get(name) !== built.get(name));
  if (committed.size === 0 || differing.length > 0) {
    console.error(`The build of the last commit differs from its dist: ${differing.join(', ')}`);
    console.error('If dist is older than src, run "npm run build" and commit dist.');
    process.exitCode = 1;
  } else {
    console.log(`${built.size} files of dist have the same bytes when built elsewhere.`);
  }
} finally {
  rmSync(base, { recursive: true, force: true });
}
