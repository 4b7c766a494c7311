import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { rendered } from '../../sandbox/demo/show.ts';
import { ROOT } from '../act/act.ts';

test('the demo tells the whole story', () => {
  const told = execFileSync(process.execPath, [join(ROOT, 'sandbox/demo/run.ts')], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  const chapters = [
    'Made connection polished_headland',
    'polished_headland is connected',
    'tess put the approving label on',
    'Your link is ready.',
    'Here is a fresh link.',
    'Globex is connected',
    'Issue 1: connected, and now says so.',
    'There is nothing more to do.',
    'labels: connect-card, connected',
  ];
  const places = chapters.map((text) => told.indexOf(text));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('a comment is shown as its readers see it', () => {
  const shown = rendered(
    '### Title\n\n**[Open it](<https://example.com/a>)** with `code` &#64;\n\n<!-- hidden -->',
  ).replace(new RegExp(`${String.fromCharCode(27)}\\[[\\d;]+m`, 'g'), '');
  expect(shown).toBe('Title\n\nOpen it (https://example.com/a) with code @');
});
