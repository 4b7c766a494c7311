import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { documents } from '../../scripts/snippets.ts';
import { ROOT } from '../act/act.ts';
import { anchorsIn, deadLinks } from '../support/links.ts';

test.each(documents())('every link in %s leads to something that exists', (path) => {
  expect(deadLinks(ROOT, path, readFileSync(join(ROOT, path), 'utf8'))).toEqual([]);
});

describe('a link is dead', () => {
  test.each([
    ['[a](no-such-file.md)', 'no such file'],
    ['[a](errors.md#no-such-heading)', 'no such heading'],
    ['[a](#b)', 'no such heading'],
    ['[a](/no-such-file.md)', 'no such file'],
    ['![a](pictures/none.png)', 'no such file'],
    ['<img src="pictures/none.png">', 'no such file'],
    ['[a]: none.md', 'no such file'],
    ['[a][b]', 'no definition'],
    ['[a](http://example.com)', 'not an https address'],
    ['[a](https://)', 'not an https address'],
    ['[a](../../../elsewhere)', 'no such file'],
  ])('%s: %s', (markdown, why) => {
    expect(deadLinks(ROOT, 'docs/page.md', markdown)).toEqual([expect.stringContaining(why)]);
  });
});

describe('a link is alive', () => {
  test.each([
    '[a](errors.md)',
    '[a](../README.md#inputs)',
    '[a](/docs/errors.md)',
    '# B c\n\n[a](#b-c)',
    '[a](decisions)',
    '[a](https://example.com/a?b#c)',
    '[a](../../../issues/new)',
    '[a](mailto:security@example.com)',
    '[a][b]\n\n[b]: errors.md',
    '`[a](none.md)`',
    '```md\n[a](none.md)\n```',
    '- [ ] to do',
  ])('%s', (markdown) => {
    expect(deadLinks(ROOT, 'docs/page.md', markdown)).toEqual([]);
  });
});

test('anchors are those of GitHub', () => {
  const markdown = [
    '# What it *does*, and `how`',
    '## Größe: 100 %',
    '## Same',
    '## Same',
    '## ⚠️ Careful!',
    '## snake_case & more',
    '<a id="own"></a>',
  ].join('\n\n');
  expect([...anchorsIn(markdown)]).toEqual([
    'what-it-does-and-how',
    'größe-100-',
    'same',
    'same-1',
    '️-careful',
    'snake_case--more',
    'own',
  ]);
});
