import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../act/act.ts';

/** Everything that people read: documents, examples, and the messages and comments of the code. */
const FILES = globSync(
  [
    '*.md',
    'docs/**/*.md',
    '.github/**/*.{md,yml}',
    'action.yml',
    'examples/**/*.{md,yml}',
    '{src,sandbox,scripts,bench,__tests__}/**/*.ts',
    '.ci/run',
  ],
  // The test itself names them.
  { cwd: ROOT, exclude: ['__tests__/scripts/vocabulary.test.ts'] },
);

/** Phrases that aren't this field's, each with the one that is. */
const INSTEAD: [string, RegExp][] = [
  ['fix', /\bmend(s|ed|ing)?\b/gi],
  ['error or problem', /\bmistake(s|n|nly)?\b/gi],
  ['cancelled', /\btold to stop\b/gi],
  ['in progress', /\bunder way\b/gi],
  ['add a label', /\b(put(s|ting)? on (a|the|its) label|put(s|ting)? (a|the|its) label on)\b/gi],
  [
    'remove a label',
    /\b(t(ake|akes|aking|ook) off (a|the|its) label|t(ake|akes|aking|ook) (a|the|its) label off)\b/gi,
  ],
  ['the issue description', /\bissue['’]s first text\b/gi],
  ['pass on', /\bhand(s|ed|ing)?( \w+)? on to\b/gi],
  ['one per …', /\bone an? (line|request|run|issue|job|group|row)\b/gi],
  ['as reported by Fivetran', /\bas Fivetran says\b/gi],
  ["can't be combined with", /\bexcludes `/gi],
  ["couldn't confirm", /\bcan['’]?t be told\b/gi],
  ['is rate-limiting requests', /\bwants to be asked again\b/gi],
  ['as well, or also', /, too(?=[.,;:)])/gi],
  [
    'the names in CONTRIBUTING',
    /\b(Patience|Surroundings|Notary|AnswerLost|Hopeless|Findings|Verdict|UnsentRequest|makeLinks?)\b/g,
  ],
];

/** The text as it is read: without the ends of lines, and what begins the next one in a comment. */
function flowing(text: string): string {
  return text.replace(/[ \t]*\r?\n[ \t]*(?:\/\/|\*(?!\*)|#|>)?[ \t]*/g, ' ');
}

function lapses(text: string): string[] {
  const read = flowing(text);
  return INSTEAD.flatMap(([instead, pattern]) =>
    [...read.matchAll(pattern)].map(
      (found) => `… ${read.slice(Math.max(0, found.index - 30), found.index + 40)} …: ${instead}`,
    ),
  );
}

test.each(FILES)('%s uses the words of its field', (path) => {
  expect(lapses(readFileSync(join(ROOT, path), 'utf8'))).toEqual([]);
});

test.each([
  'Mend the key.',
  'Name them, one a\n// line.',
  'It is read, too.',
  'Whoever puts\n * the label on has approved it.',
  'class Surroundings {}',
])('%j is found', (text) => expect(lapses(text)).toHaveLength(1));

test.each([
  'It is fixed.',
  'It is, too often, late.',
  'Passed on to the next step.',
  'recommended',
])('%j is not', (text) => expect(lapses(text)).toEqual([]));
