import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readForm } from '../../src/issue-form/form.ts';

describe('an issue form', () => {
  test.each<[string, string, ReturnType<typeof readForm>]>([
    [
      'as GitHub writes it',
      '### Service\n\ngoogle_ads',
      { values: { service: 'google_ads' }, repeated: [] },
    ],
    [
      'with Windows line ends',
      '### Schema\r\n\r\nacme\r\n',
      { values: { schema: 'acme' }, repeated: [] },
    ],
    [
      'empty answers',
      '### Service\n\n_No response_\n\n### Schema\n\nNone\n\n### Table\n\n',
      { values: {}, repeated: [] },
    ],
    [
      'headings of another depth',
      '## Service\n\na\n\n#### Schema\n\nb',
      { values: {}, repeated: [] },
    ],
    ['a heading within a line', 'x ### Schema\n\nb', { values: {}, repeated: [] }],
    ['an indented heading', ' ### Schema\n\nb', { values: {}, repeated: [] }],
    [
      'other headings end an answer',
      '### Schema\n\na\n\n### Notes\n\nb',
      { values: { schema: 'a' }, repeated: [] },
    ],
    [
      'twice',
      '### Schema\n\na\n\n### SCHEMA \n\nb',
      { values: { schema: 'b' }, repeated: ['schema'] },
    ],
    [
      'twice, once empty',
      '### Schema\n\n\n\n### Schema\n\nb',
      { values: { schema: 'b' }, repeated: ['schema'] },
    ],
  ])('%s', (_, body, expected) => {
    expect(readForm(body)).toEqual(expected);
  });

  test('any text gives known headings only, and ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (body) => {
        const { values } = readForm(body);
        for (const heading of Object.keys(values)) {
          expect(['service', 'schema', 'table', 'destination']).toContain(heading);
        }
      }),
    );
  });
});
