import { expect, test } from '@jest/globals';
import { obeyCommands } from '../../sandbox/runner/commands.ts';

test('commands are obeyed at the beginning of a line, and with ##[ anywhere in it', () => {
  const { commands, log } = obeyCommands(
    [
      'Hello ::error::not a command',
      '  ::warning title=Card::One%0Atwo',
      'Fivetran says ##[error]no',
      'and ##[stop-commands]x',
      '::error::hidden',
      '::x::',
      '::notice::shown\r::debug::after a lone return',
      '::no-such-command::text',
    ].join('\n'),
  );
  expect(commands).toEqual(['warning', 'error', 'stop-commands', 'notice', 'debug']);
  expect(log.split('\n')).toEqual([
    'Hello ::error::not a command',
    'Warning: One',
    'two',
    'Error: no',
    '::error::hidden',
    'Notice: shown',
    '##[debug]after a lone return',
    '::no-such-command::text',
  ]);
});

test('annotations with their positions', () => {
  const { annotations } = obeyCommands(
    '::error title=Card%3A x,file=list.csv,line=3,col=13::Bad%2C 100%25\n##[warning file=a.yml;line=2]Odd',
  );
  expect(annotations).toEqual([
    {
      level: 'error',
      title: 'Card: x',
      message: 'Bad%2C 100%',
      file: 'list.csv',
      line: 3,
      col: 13,
    },
    { level: 'warning', title: '', message: 'Odd', file: 'a.yml', line: 2 },
  ]);
});

test('masks: a value, each of its lines, the longest first, and not before they are added', () => {
  const { log, masks } = obeyCommands(
    'abc\n::add-mask::abc\n::add-mask::abcdef%0Aghi\nabcdef ghi abc\n##[add-mask]xyz\nxyz',
  );
  expect(masks).toEqual(['abc', 'abcdef\nghi', 'abcdef', 'ghi', 'xyz']);
  expect(log).toBe('abc\n*** *** ***\n***');
});
