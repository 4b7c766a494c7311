import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { asLinkError, InputError, LinkError, type Problem } from '../../src/model/errors.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('every code has a heading in docs/errors.md, to which its address leads, and every heading a code', () => {
  const union = read('src/model/errors.ts').split('export type ErrorCode')[1]?.split(';')[0] ?? '';
  const codes = [...union.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code);
  const entries = [
    ...read('docs/errors.md').matchAll(/^### `([a-z-]+)`\n\n(.+)\n\n\*\*What to do:\*\* (.+)$/gm),
  ];
  expect(codes.length).toBeGreaterThan(15);
  // GitHub's anchor of a heading is its text without the backticks.
  expect(entries.map(([, code]) => code)).toEqual(codes);
  expect(read('docs/errors.md').match(/^###/gm)).toHaveLength(codes.length);
});

test('problems of one kind keep their code, mixed ones are invalid-input', () => {
  const problem = (code: Problem['code']): Problem => ({
    code,
    input: 'x',
    message: 'y.',
    fix: 'z.',
  });
  const one = new InputError([problem('bad-service')]);
  expect([one.code, one.message, one.fix]).toEqual(['bad-service', 'x y.', 'z.']);
  expect(new InputError([problem('bad-service'), problem('invalid-input')]).code).toBe(
    'invalid-input',
  );
});

test('whatever else is thrown becomes an internal error, its origin kept', () => {
  const thrown = new TypeError('x is not a function');
  expect(asLinkError(thrown)).toMatchObject({ code: 'internal', cause: thrown });
  const error = new LinkError('network', 'No connection.', 'Try again.');
  expect(asLinkError(error)).toBe(error);
});
