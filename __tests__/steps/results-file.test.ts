import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runStep } from '../../sandbox/runner/run.ts';
import { type Followed, followed } from '../support/follow-up.ts';
import { resultsOf } from '../support/onboard.ts';

// The results have links. They are in no file that others can read, or that nobody deletes.

let here: Followed;
let folder: string;
beforeEach(async () => {
  here = await followed();
  folder = await mkdtemp(join(tmpdir(), 'connect-card-results-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What each operation is given, beside the account. */
const OPERATIONS = {
  link: { 'group-id': 'acme_group', service: 'google_ads', schema: 'acme' },
  'follow-up': { operation: 'follow-up' },
};

/** Runs a step whose temporary folder is this test's, as the machine has it for everybody. */
function run(inputs: Record<string, string>, runnerTemp: string) {
  return runStep({
    with: {
      'fivetran-api-key': here.fivetran.apiKey,
      'fivetran-api-secret': here.fivetran.apiSecret,
      'fivetran-api-url': here.fivetran.url,
      'github-token': here.github.token,
      ...inputs,
    },
    env: { GITHUB_API_URL: here.github.url, RUNNER_TEMP: runnerTemp, TMPDIR: folder },
  });
}

const CASES = Object.entries(OPERATIONS).map(([operation, inputs]) => ({ operation, inputs }));

test.each(CASES)('$operation: one file under RUNNER_TEMP, for nobody else', async ({ inputs }) => {
  const step = await run(inputs, folder);
  const [name = '', ...more] = await readdir(folder);
  expect(more).toEqual([]);
  const file = join(folder, name);
  expect(step.outputs['results-file']).toBe(file);
  expect(await readFile(file, 'utf8')).toBe(step.outputs.results);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(step.annotations).toEqual([]);
});

test.each(CASES)('$operation, without a usable RUNNER_TEMP: no file', async ({ inputs }) => {
  const taken = join(folder, 'taken');
  await writeFile(taken, '');
  for (const runnerTemp of ['', join(folder, 'missing'), taken]) {
    const step = await run(inputs, runnerTemp);
    expect(step.exitCode).toBe(0);
    expect(step.outputs['results-file']).toBeUndefined();
    expect(resultsOf(step)).toHaveLength(inputs === OPERATIONS.link ? 1 : 0);
    expect(step.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('RUNNER_TEMP') },
    ]);
    expect(await readdir(folder)).toEqual(['taken']);
  }
});
