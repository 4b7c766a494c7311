import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './act.ts';
import type { World } from './world.ts';

/** Runs the command of docs/getting-started.md that lists groups, with the sandbox in Fivetran's place. */
export async function listGroups({ fivetran }: World): Promise<void> {
  const page = await readFile(join(ROOT, 'docs/getting-started.md'), 'utf8');
  const [, command = ''] = /```sh\n(.*?\/v1\/groups.*?)```/s.exec(page) ?? [];
  assert.ok(command.includes('https://api.fivetran.com'), 'the page has the command');
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-euo', 'pipefail', '-c', command.replace('https://api.fivetran.com', fivetran.url)],
    {
      env: {
        ...process.env,
        FIVETRAN_API_KEY: fivetran.apiKey,
        FIVETRAN_API_SECRET: fivetran.apiSecret,
      },
    },
  );
  assert.equal(
    stdout,
    'acme_group  acme_group\neurope_group  europe_group\namerica_group  america_group\n',
  );
}
