import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readableEnd, readableTime } from '../../src/model/readable-time.ts';
import { code, plain } from '../../src/report/markdown.ts';
import { character } from '../support/character.ts';

test.each([
  ['google_ads', 'google_ads'],
  ['_not emphasis_', '&#95;not emphasis&#95;'],
  ['@everyone', '&#64;<!-- -->everyone'],
  ['#12 and acme/repo#12', '&#35;<!-- -->12 and acme/repo&#35;<!-- -->12'],
  ['GH-12 and gh-1', 'GH-<!-- -->12 and gh-<!-- -->1'],
  ['a5c3785', 'a5c378<!-- -->5'],
  // Without three letters it is another commit's beginning.
  ['abca5c3785', 'abca5c<!-- -->3785'],
  [
    'a5c3785ed8d6a35868bc169f07e40e889087fd2e',
    'a5c378<!-- -->5ed8d6<!-- -->a35868<!-- -->bc169f<!-- -->07e40e<!-- -->889087<!-- -->fd2e',
  ],
  ['acme_2024 added', 'acme_2024 added'],
  ['a | b', 'a &#124; b'],
  ['![](http://evil)', '&#33;&#91;&#93;(http&#58;//evil)'],
  ['www.evil.example', 'www&#46;evil.example'],
  ['<img onerror=x>', '&#60;img onerror=x&#62;'],
  ['`code`', '&#96;code&#96;'],
  ['&lt;b&gt;', '&#38;lt;b&#38;gt;'],
  ['$x$', '&#36;<!-- -->x&#36;<!-- -->'],
  ['- a', '&#45; a'],
  ['+ a', '&#43; a'],
  ['12. a', '12&#46; a'],
  ['1) a', '1&#41; a'],
  ['a - b. (1)', 'a - b. (1)'],
  ['line\nbreak\u0000\u202e', 'line break'],
])('%j is shown as text', (text, markdown) => expect(plain(text)).toBe(markdown));

test('names are code, and nothing gets out of it', () => {
  expect(code('google_ads')).toBe('`google_ads`');
  expect(code('a`b|c')).toBe('<code>a&#96;b&#124;c</code>');
  fc.assert(
    fc.property(fc.string({ unit: character }), (text) => {
      const shown = code(text);
      const inside = shown.replace(/^(`|<code>)/, '').replace(/(`|<\/code>)$/, '');
      expect(inside.replaceAll('<!-- -->', '')).not.toMatch(/[`<>|@[\]*\\\n]/);
    }),
  );
});

test.each([
  ['2026-11-25T09:38:59.999Z', 'Wed 25 Nov 2026, 09:38 UTC'],
  ['2027-01-03T00:00:00Z', 'Sun 3 Jan 2027, 00:00 UTC'],
])('%s is written as people write it', (time, written) => {
  expect(readableTime(new Date(time))).toBe(written);
});

test('a time that has to be over is rounded up to the minute', () => {
  expect(readableEnd(Date.parse('2026-11-25T09:38:00.001Z'))).toBe('Wed 25 Nov 2026, 09:39 UTC');
  expect(readableEnd(Date.parse('2026-11-25T09:38:00Z'))).toBe('Wed 25 Nov 2026, 09:38 UTC');
});
