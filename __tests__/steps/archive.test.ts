import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { proxy } from '../support/front.ts';
import { linkStep } from '../support/step.ts';

/** Every job that uses the action downloads it: 250 kB is what that may cost. */
const MOST = 250_000;

/** Whoever owns the repository, and whatever line ends they set. */
const PLAIN = ['-c', 'safe.directory=*', '-c', 'core.autocrlf=false'];

// There is no archive to make where there is no repository.
(existsSync('.git') ? describe : describe.skip)('the archive that a runner downloads', () => {
  const action = mkdtempSync(join(tmpdir(), 'connect-card-archive-'));
  let sandbox: Sandbox;
  let size: number;
  beforeAll(async () => {
    const archive = execFileSync('git', [...PLAIN, 'archive', 'HEAD'], { maxBuffer: 1e8 });
    size = gzipSync(archive, { level: 9 }).length;
    execFileSync('tar', ['x', '-C', action], { input: archive });
    sandbox = await startSandbox();
  });
  afterAll(async () => {
    rmSync(action, { recursive: true });
    await sandbox.close();
  });

  test('is small', () => expect(size).toBeLessThanOrEqual(MOST));

  test('leaves out what runs do without', () => {
    expect(readdirSync(action)).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist']));
    for (const name of ['__tests__', 'sandbox', 'src', 'package-lock.json']) {
      expect(readdirSync(action)).not.toContain(name);
    }
  });

  test('creates a link', async () => {
    const step = await linkStep(sandbox, { schema: 'plain' }, { action });
    expect(step.outputs.outcome).toBe('linked');
  });

  test('creates one with everything that is loaded only when needed', async () => {
    const way = await proxy();
    const step = await linkStep(
      sandbox,
      { schema: 'lazy', config: 'customer_id: 1', settings: 'paused: true' },
      { action, env: { HTTP_PROXY: `http://127.0.0.1:${way.port}` } },
    );
    await way.close();
    expect(step.outputs.outcome).toBe('linked');
    expect(way.asked).not.toEqual([]);
  });
});
