import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { obeyCommands } from '../../sandbox/runner/commands.ts';

const MODULE = new URL('../../src/runner/runner.ts', import.meta.url).href;
const cwd = fileURLToPath(new URL('../..', import.meta.url));

/** Each a command, were it printed as it is. */
const COMMANDS = [
  '::stop-commands::x',
  ' \t\u0085::add-mask::x',
  'said: ##[stop-commands]x',
  'one\n::stop-commands::x',
  'one\r::stop-commands::x',
];

/** Every way to the log, with a text in each place that may have somebody's words; and what it obeys. */
const WAYS = {
  info: ['runner.info(text)', []],
  debug: ['runner.debug(text)', ['debug']],
  notice: ['runner.notice(text)', ['notice']],
  warning: ['runner.warning(text, { file: text, line: 1, column: 2 })', ['warning']],
  error: ['runner.error(text, text, { file: text, line: 1, column: 2 })', ['error']],
  group: ['runner.group(text, [text, text])', ['group', 'endgroup']],
} as const;

test.each(Object.entries(WAYS))('%s: no text acts as a command', (_, [call, own]) => {
  const script = `
    import { actionsRunner } from ${JSON.stringify(MODULE)};
    const runner = actionsRunner({ RUNNER_DEBUG: '1' });
    for (const text of ${JSON.stringify(COMMANDS)}) ${call};`;
  const raw = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd,
    encoding: 'utf8',
  });
  const { commands, masks } = obeyCommands(raw);
  expect(commands).toEqual(COMMANDS.flatMap(() => own));
  expect(masks).toEqual([]);
});
