/**
 * Asks the registry about the packages in package-lock.json.
 *
 *     node scripts/audit.ts advisories    known vulnerabilities: any in what is shipped, high ones elsewhere
 *     node scripts/audit.ts signatures    the registry's signatures and the packages' attestations
 *
 * Exits with 0 when all is well, 1 when something was found, and 77 when the registry couldn't be asked,
 * for example offline; with AUDIT_REQUIRED=true that is a failure as well.
 */
import { spawnSync } from 'node:child_process';

/** The exit code for a check that couldn't be done, as in Automake's tests. */
const SKIPPED = 77;

const CHECKS: Record<string, string[][]> = {
  advisories: [
    ['audit', '--omit=dev', '--audit-level=low'],
    ['audit', '--audit-level=high'],
  ],
  signatures: [['audit', 'signatures']],
};

/** npm's codes where nothing answers. */
const OFFLINE =
  /^(ENOTFOUND|EAI_AGAIN|ECONN\w+|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|E5\d\d)$/;
/** Those of a registry that doesn't have what was asked for. */
const UNSUPPORTED = /^(E404|E405|E501)$/;

interface Report {
  error?: { code?: string; summary?: string };
  message?: string;
  statusCode?: number;
}

/** Why npm got no answer from the registry; undefined where it did. */
function unanswered(report: Report): string | undefined {
  if (report.error === undefined) return undefined;
  const code =
    report.error.code || (report.statusCode === undefined ? '' : `E${report.statusCode}`);
  const said = report.error.summary || report.message || code;
  return OFFLINE.test(code) || UNSUPPORTED.test(code) ? said : undefined;
}

function npm(args: string[]): number {
  const { stdout, status } = spawnSync('npm', [...args, '--json', '--fetch-retries=1'], {
    encoding: 'utf8',
    maxBuffer: 1e8,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (status === 0) return 0;
  const reason = unanswered(JSON.parse(stdout || '{}'));
  if (reason === undefined) {
    console.error(`npm ${args.join(' ')} failed:\n${stdout}`);
    return 1;
  }
  console.error(`npm ${args.join(' ')} wasn't done: ${reason}`);
  return process.env.AUDIT_REQUIRED === 'true' ? 1 : SKIPPED;
}

const [check = ''] = process.argv.slice(2);
const commands = CHECKS[check];
if (commands === undefined) {
  console.error(`Name one of: ${Object.keys(CHECKS).join(', ')}.`);
  process.exitCode = 1;
} else {
  const codes = commands.map(npm);
  process.exitCode = codes.includes(1) ? 1 : Math.max(...codes);
}
