import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { ROOT } from '../act/act.ts';

const folder = mkdtempSync(join(tmpdir(), 'audit-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the script makes of an npm that ends with this code and prints this. */
function audit(check: string, code: number, printed: object, env: NodeJS.ProcessEnv = {}) {
  const npm = `#!/bin/sh\necho "$*" >>'${folder}/asked'\ncat <<'END'\n${JSON.stringify(printed)}\nEND\nexit ${code}\n`;
  writeFileSync(join(folder, 'npm'), npm, { mode: 0o755 });
  writeFileSync(join(folder, 'asked'), '');
  const { status, stderr } = spawnSync(process.execPath, ['scripts/audit.ts', check], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: [folder, '/usr/bin', '/bin'].join(delimiter), ...env },
  });
  return { status, stderr, asked: readFileSync(join(folder, 'asked'), 'utf8') };
}

const vulnerable = { auditReportVersion: 2, vulnerabilities: { undici: { severity: 'low' } } };
const offline = { error: { code: 'ENOTFOUND', summary: 'getaddrinfo ENOTFOUND' } };
const unsupported = { message: '405 Method Not Allowed', statusCode: 405, error: { summary: '' } };

test('nothing found passes, and what is shipped is held to more than the rest', () => {
  const { status, asked } = audit('advisories', 0, { auditReportVersion: 2 });
  expect(status).toBe(0);
  expect(asked).toMatch(/^audit --omit=dev --audit-level=low .*\naudit --audit-level=high /);
});

test.each([
  ['a vulnerability', 'advisories', vulnerable],
  ['a wrong signature', 'signatures', { invalid: [{ name: 'undici' }], missing: [] }],
  ['an error of npm itself', 'signatures', { error: { code: 'EUSAGE', summary: 'wrong' } }],
  ['no output', 'advisories', {}],
])('%s fails', (_, check, printed) => {
  expect(audit(check, 1, printed).status).toBe(1);
});

test.each([
  ['offline', offline],
  ['a registry without advisories', unsupported],
])('%s is skipped, and says so', (_, printed) => {
  const { status, stderr } = audit('advisories', 1, printed);
  expect(status).toBe(77);
  expect(stderr).toMatch(/wasn't done: .*(ENOTFOUND|405)/);
});

test('a release can require the answer', () => {
  expect(audit('signatures', 1, offline, { AUDIT_REQUIRED: 'true' }).status).toBe(1);
});

test('an unknown check fails', () => {
  expect(audit('everything', 0, {}).status).toBe(1);
});
