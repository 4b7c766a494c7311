import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputReader } from '../../src/inputs/input-reader.ts';
import { readMessage } from '../../src/inputs/message-input.ts';
import { customerMessage, plainName } from '../../src/report/message.ts';

const expiresAt = new Date('2026-11-25T09:38:00Z');
const source = (title: string) => ({
  title,
  link: `https://fivetran.com/connect-card/setup?auth=${title.length}`,
  expiresAt,
});
const THREE = ['Google Ads', 'Stripe', 'Facebook Ads'].map(source);

test('the message has the links, a line each with the source’s name where there are several', () => {
  expect(customerMessage('{links}', [source('Stripe')], undefined)).toBe(source('Stripe').link);
  expect(customerMessage('{links}', THREE, undefined).split('\n')).toEqual(
    THREE.map(({ title, link }) => `${title}: ${link}`),
  );
});

test('the other placeholders', () => {
  const text = customerMessage('{services} for {customer}, {expires}: {links}', THREE, 'Acme Ltd.');
  expect(text).toMatch(
    /^Google Ads, Stripe and Facebook Ads for Acme Ltd\., Wed 25 Nov 2026, 09:38 UTC: /,
  );
});

test('the action’s own message greets with and without a name', () => {
  expect(customerMessage(undefined, THREE, 'Acme')).toMatch(/^Hello Acme,\n/);
  expect(customerMessage(undefined, THREE, undefined)).toMatch(/^Hello,\n/);
  expect(customerMessage(undefined, THREE, '@@@')).toMatch(/^Hello,\n/);
  expect(customerMessage(undefined, THREE, 'Acme')).not.toMatch(/[{}]/);
});

test('the soonest end counts', () => {
  const later = { ...source('Stripe'), expiresAt: new Date('2026-11-26T09:38:00Z') };
  const text = customerMessage('{expires}{links}', [later, source('Google Ads')], undefined);
  expect(text).toContain('Wed 25 Nov');
});

test('a customer’s name is text: no markup, mention, link or placeholder comes of it', () => {
  expect(plainName('@everyone ](x)')).toBe('everyone x');
  expect(plainName('Acme, see www.evil.example/x')).toBe('Acme, see www evil example x');
  expect(plainName('U.S. Acme Inc.')).toBe('U.S. Acme Inc.');
  expect(plainName('O’Reilly & Söhne-Müller, Inc.')).toBe('O’Reilly & Söhne-Müller, Inc.');
  expect(plainName(`Zo\u0308e${'\u0336'.repeat(60)} Ltd`)).toBe(
    `Zo\u0308e${'\u0336'.repeat(4)} Ltd`,
  );
  // A letter beyond the first 65,536 isn't cut in two: GitHub takes no half of one.
  expect(plainName(`a${'𝐀'.repeat(60)}`)).toBe(`a${'𝐀'.repeat(39)}`);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(plainName(name)).not.toMatch(/[@<>[\](){}`*_|\\#:/\r\n]|\.\p{L}{2}/u);
      expect(customerMessage('{customer} {links}', THREE, `${name}{links}`)).toContain(
        THREE[0]?.link,
      );
    }),
  );
});

const problemsOf = (message: string) => {
  const read = new InputReader({ INPUT_MESSAGE: message });
  readMessage(read);
  return read.problems.map(({ input, message: what }) => `${input} ${what}`);
};

test.each([
  { message: 'Hello', problem: 'message lacks {links}.' },
  { message: '{linkz}', problem: "message has placeholders that don't exist: {linkz}." },
  { message: '{links} {links2}', problem: "message has placeholders that don't exist: {links2}." },
  { message: `{links}${'x'.repeat(70_000)}`, problem: 'message has 70007 characters.' },
])('bad input: $problem', ({ message, problem }) => {
  expect(problemsOf(message)).toContain(problem);
});

test('braces that are no placeholders are text, and fences may be in it', () => {
  expect(problemsOf('{ "a": 1 } ```{links}``` {}')).toEqual([
    "message has placeholders that don't exist: {}.",
  ]);
  expect(problemsOf('{ "a": 1 } ```{links}```')).toEqual([]);
});
