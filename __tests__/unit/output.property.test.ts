import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { actionsRunner, escapeCommands } from '../../src/runner/runner.ts';
import { commandsIn, outputsIn } from '../support/command-grammar.ts';
import { anyText, hostile } from '../support/hostile.ts';
import { printed } from '../support/printed.ts';
import { holds, holdsLater, PATIENCE_MS } from '../support/properties.ts';

// No text becomes a workflow command or an output of another name.

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connect-card-outputs-'));
  file = join(folder, 'output');
  process.env.GITHUB_OUTPUT = file;
});
afterAll(async () => {
  delete process.env.GITHUB_OUTPUT;
  await rm(folder, { recursive: true });
});

test.each([
  ['::error::x', ['error']],
  ['\u0085 \u3000::Error file=a,b=c::x', ['error']],
  ['\ufeff::error::x', ['error']],
  ['a\r::error::x\u2028::error::x', ['error']],
  ['a::error::x\n::errors::x\n::error:x\n:: error::x', []],
  ['a ##[error]x ##[warning]y', ['error']],
  ['##[error a=b;c=d]x', ['error']],
  ['##[errors]x\n##[error\n## [error]', []],
  // Compared by language these begin with `::` and have `##[`, and the name that follows is another.
  ['\u200b::error::x\n##\u200b[error]x', []],
])('the runner’s grammar: %j', (text, commands) => expect(commandsIn(text)).toEqual(commands));

test(
  'what is escaped has no command in any line',
  () => {
    holds(
      fc.property(hostile, (text) => expect(commandsIn(escapeCommands(text))).toEqual([])),
      1000,
    );
  },
  PATIENCE_MS,
);

test(
  'whatever is reported, the runner sees the action’s own commands',
  async () => {
    await holdsLater(
      fc.asyncProperty(fc.array(anyText, { minLength: 12, maxLength: 12 }), async (texts) => {
        const runner = actionsRunner({ RUNNER_DEBUG: '1' });
        const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = ''] = texts;
        const { text } = await printed(() => {
          runner.info(a);
          runner.notice(b);
          runner.warning(c, { line: 1, column: 2, file: d, path: d });
          runner.error(e, f, { line: 3, column: 4, file: g });
          runner.group(h, texts);
          runner.debug(a + b);
          runner.mask(`x${texts.join('')}`);
          runner.info(texts.join('\n'));
        });
        expect(commandsIn(text)).toEqual([
          ...['notice', 'warning', 'error', 'group', 'endgroup', 'debug', 'add-mask'],
        ]);
      }),
      200,
    );
  },
  PATIENCE_MS,
);

test(
  'outputs have the names and the values that they were given',
  async () => {
    await holdsLater(
      fc.asyncProperty(fc.array(anyText, { minLength: 3, maxLength: 3 }), async (texts) => {
        const names = ['link', 'schema', 'results'];
        await writeFile(file, '');
        actionsRunner({ GITHUB_OUTPUT: file }).outputs(
          Object.fromEntries(names.map((name, index) => [name, texts[index]])),
        );
        const written = outputsIn(await readFile(file, 'utf8'));
        expect(written).toEqual(names.map((name, index) => [name, texts[index]?.toWellFormed()]));
      }),
      100,
    );
  },
  PATIENCE_MS,
);
