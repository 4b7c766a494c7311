import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { rendered } from '../../sandbox/demo/show.ts';
import { ROOT } from '../act/act.ts';

test('the demo shows every step of onboarding', () => {
  const told = stripVTControlCharacters(
    execFileSync(process.execPath, [join(ROOT, 'sandbox/demo/run.ts')], {
      encoding: 'utf8',
      timeout: 30_000,
    }),
  );
  const chapters = [
    'Created connection polished_headland',
    'polished_headland is connected',
    'tess put the approving label on',
    'Your link is ready.',
    'Here is a fresh link.',
    'Fivetran says of amber_acorn: connected.',
    'Issue 1: connected, and now says so.',
    'There is nothing more to do.',
    'labels: connect-card, connected',
  ];
  // Long lines of a comment are wrapped.
  const flowing = told.replace(/\n\s*│ +/g, ' ');
  const places = chapters.map((text) => flowing.indexOf(text));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));

  const links = [...told.matchAll(/setup\?…(\S+)\)$/gm)].map(([, end]) => end);
  expect(links).toHaveLength(2);
  expect(links[1]).not.toBe(links[0]);
  expect(new Set(told.match(/#issuecomment-\d+/g))).toHaveProperty('size', 1);
  const comments = told.split('\n').filter((line) => line.startsWith('  │'));
  expect(comments.filter((line) => line.length > 90)).toEqual([]);
});

test('a comment is shown as readers see it on GitHub', () => {
  const shown = stripVTControlCharacters(
    rendered(
      '### Title\n\n**[Open it](<https://example.com/a?b=c&auth=1234567890>)** with `code` &#64;\n\n<!-- hidden -->',
    ),
  );
  expect(shown).toBe('Title\n\nOpen it (example.com/a?…567890) with code @');
});
