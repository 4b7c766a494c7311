import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { asLinkError, InputError, LinkError, type Problem } from '../../src/model/errors.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('every code is explained in docs/errors.md, and every code there exists', () => {
  const union = read('src/model/errors.ts').split('export type ErrorCode')[1]?.split(';')[0] ?? '';
  const codes = [...union.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code);
  const explained = [...read('docs/errors.md').matchAll(/^\| `([a-z-]+)` \|/gm)].map(
    ([, code]) => code,
  );
  expect(codes.length).toBeGreaterThan(15);
  expect(explained).toEqual(codes);
});

test('problems of one kind keep their code, mixed ones are invalid-input', () => {
  const problem = (code: Problem['code']): Problem => ({
    code,
    input: 'x',
    message: 'y.',
    fix: 'z.',
  });
  expect(new InputError([problem('bad-service')]).code).toBe('bad-service');
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
