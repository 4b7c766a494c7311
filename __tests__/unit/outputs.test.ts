import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Gate } from '../../src/runner/gate.ts';
import { writeOutputs } from '../../src/runner/outputs.ts';
import type { Outputs } from '../../src/runner/runner.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connect-card-outputs-'));
});
afterEach(() => rm(folder, { recursive: true }));

const SMALL = [{ outcome: 'linked' }];
const LARGE = [{ outcome: 'linked', extra: 'x'.repeat(500_000) }];

test.each([
  { results: SMALL, name: '.', GITHUB_OUTPUT: '/o', output: true, file: true, warns: [] },
  {
    results: LARGE,
    name: '.',
    GITHUB_OUTPUT: '/o',
    output: false,
    file: true,
    warns: ['results-file'],
  },
  {
    results: SMALL,
    name: 'x',
    GITHUB_OUTPUT: '/o',
    output: true,
    file: false,
    warns: ['RUNNER_TEMP'],
  },
  {
    ...{ results: LARGE, name: 'x', GITHUB_OUTPUT: '/o', output: false, file: false },
    warns: ['too large', 'RUNNER_TEMP', 'run the job again'],
  },
  { results: LARGE, name: 'x', GITHUB_OUTPUT: '', output: false, file: false, warns: [] },
])(
  'output $output, file $file, outputs read by others: $GITHUB_OUTPUT',
  ({ results, name, GITHUB_OUTPUT, output, file, warns }) => {
    let written: Outputs = {};
    const outputs = (values: Outputs) => {
      written = values;
    };
    const runner = { gate: new Gate(), outputs };
    const env = { RUNNER_TEMP: join(folder, name), GITHUB_OUTPUT };
    const warning = writeOutputs(results, { outcome: 'linked' }, { runner, env }) ?? '';
    expect(['results' in written, typeof written['results-file'] === 'string']).toEqual([
      output,
      file,
    ]);
    if (warns.length === 0) expect(warning).toBe('');
    for (const words of warns) expect(warning).toContain(words);
  },
);
