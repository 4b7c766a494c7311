import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plain } from '../../src/report/markdown.ts';
import { Gate } from '../../src/runner/gate.ts';
import { character } from '../support/character.ts';
import { anyText } from '../support/hostile.ts';
import { holds, PATIENCE_MS } from '../support/properties.ts';

// No value of `config` or `auth` passes, in whatever of the promised notations it is written, all of it
// or a part.

/** One way to write a text: each of its characters as it is or encoded, as `pick` decides. */
interface Notation {
  write(text: string, pick: (choices: number) => number): string;
  /** What a reader of the notation reads. */
  read(text: string): string;
}

const hex = (letter: string, digits: number) =>
  letter.charCodeAt(0).toString(16).padStart(digits, '0');
/** Lower or upper case, letter by letter. */
const cased = (text: string, pick: (choices: number) => number) =>
  [...text].map((letter) => (pick(2) > 0 ? letter.toUpperCase() : letter)).join('');
const JSON_SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
const HTML_NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const ofBase64 = (text: string) => Buffer.from(text.replace(/[^\w+/-]/g, ''), 'base64').toString();

const NOTATIONS: Record<string, Notation> = {
  'as it is': { write: (text) => text, read: (text) => text },
  'as JSON': {
    write: (text, pick) =>
      [...Array(text.length).keys()]
        .map((index) => {
          const letter = text.charAt(index);
          const must = /["\\\p{Cc}]/u.test(letter);
          const short = JSON_SHORT[letter];
          if (short && (must ? pick(2) === 0 : pick(3) === 0)) return short;
          return must || pick(5) === 0 ? `\\u${cased(hex(letter, 4), pick)}` : letter;
        })
        .join(''),
    read: (text) => JSON.parse(`"${text}"`),
  },
  'percent-encoded': {
    write: (text, pick) =>
      [...text]
        .map((letter) => {
          const must = /[^\x21-\x7e]|%/.test(letter);
          const bytes = [...Buffer.from(letter)].map((byte) => byte.toString(16).padStart(2, '0'));
          return must || pick(4) === 0
            ? bytes.map((byte) => `%${cased(byte, pick)}`).join('')
            : letter;
        })
        .join(''),
    read: decodeURIComponent,
  },
  'as a form': {
    write: (text) => new URLSearchParams({ '': text }).toString().slice(1),
    read: (text) => decodeURIComponent(text.replaceAll('+', ' ')),
  },
  'in HTML': {
    write: (text, pick) =>
      [...text]
        .map((letter) => {
          const name = HTML_NAMES[letter];
          const must = name !== undefined;
          if (name && pick(2) === 0) return name;
          if (!must && pick(4) > 0) return letter;
          const point = letter.codePointAt(0) ?? 0;
          return pick(2) > 0
            ? `&#${point};`
            : `&#${cased('x', pick)}${cased(point.toString(16), pick)};`;
        })
        .join(''),
    read: (text) =>
      text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (_, dec, code, name) =>
        name
          ? (Object.entries(HTML_NAMES).find(([, one]) => one === `&${name};`)?.[0] ?? '')
          : String.fromCodePoint(dec ? Number(dec) : Number.parseInt(code, 16)),
      ),
  },
  'in Markdown': { write: plain, read: (text) => text.replace(/<!-- -->/g, '') },
  'in JSON in Markdown': {
    write: (text) => plain(JSON.stringify(text).slice(1, -1)),
    read: (text) => text.replace(/<!-- -->|&#92;(?:[bfnrt]|u[\da-f]{4})/g, ''),
  },
  'in quotes that are doubled': {
    write: (text) => text.replaceAll("'", "''"),
    read: (text) => text.replaceAll("''", "'"),
  },
  'in double quotes that are doubled': {
    write: (text) => text.replaceAll('"', '""'),
    read: (text) => text.replaceAll('""', '"'),
  },
  'with escapes of other languages': {
    write: (text, pick) =>
      [...text]
        .map((letter) => {
          if (letter === '\\' || letter === "'") return `\\${letter}`;
          return letter < ' ' || (letter < '\x80' && pick(4) === 0)
            ? `\\x${cased(hex(letter, 2), pick)}`
            : letter;
        })
        .join(''),
    read: (text) =>
      text.replace(/\\(?:x([\da-f]{2})|(.))/gi, (_, code, letter) =>
        code ? String.fromCharCode(Number.parseInt(code, 16)) : letter,
      ),
  },
  'over several lines': {
    write: (text, pick) =>
      text.replace(/\s+/g, () => ['\n', '\r\n', '  ', '\n    ', ' \t'][pick(5)] ?? ' '),
    read: (text) => text,
  },
};

const blank = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;
const isSecret = (text: string) =>
  text.isWellFormed() &&
  text.replace(blank, ' ').trim().length >= 4 &&
  !/^(true|false|null)$/i.test(text.trim());

/** Passwords, keys and tokens of all kinds. */
const secret = fc
  .oneof(
    fc.string({ minLength: 4, maxLength: 30, unit: 'grapheme-ascii' }),
    fc.string({ minLength: 4, maxLength: 30, unit: character }),
    fc.string({ minLength: 4, maxLength: 30, unit: fc.constantFrom(...'ab"\\%+/\n\r &<_é😀\'') }),
    fc.base64String({ minLength: 8, maxLength: 40 }),
    fc.constantFrom('hunter2', "it's open", 'p%41ss', 'a\\u0041b', '&amp;&', 'x  y', 'abcdef0123'),
    anyText,
  )
  .filter(isSecret);
/** Puts a value into a `config` as deep as anybody's. */
const place = fc.constantFrom<(value: string) => unknown>(
  (value) => ({ password: value }),
  (value) => ({ auth: { client_access: { client_secret: value } } }),
  (value) => [{ list: ['other-value', [value]] }],
  (value) => ({ a: null, b: true, c: 1, d: value }),
);
const choices = fc.infiniteStream(fc.nat(59));

function gates(value: string, config: unknown): Gate[] {
  const ofConfig = new Gate();
  ofConfig.addConfig(config);
  const ofCredential = new Gate();
  ofCredential.addSecret(value);
  return [ofConfig, ofCredential];
}

const BEFORE = 'Wrong: (';
const AFTER = '), 0.';

/** What is left of a text that stood between the two. */
function leftOf(redacted: string): string {
  expect(redacted.startsWith(BEFORE) && redacted.endsWith(AFTER)).toBe(true);
  return redacted.slice(BEFORE.length, -AFTER.length).split('***').join('');
}

describe.each(Object.entries(NOTATIONS))('%s', (_, { write, read }) => {
  test(
    'nothing is left of a value but blanks',
    () => {
      holds(
        fc.property(secret, place, choices, (value, put, stream) => {
          const written = write(value, (most) => (stream.next().value ?? 0) % most);
          for (const gate of gates(value, put(value))) {
            const left = leftOf(gate.redact(BEFORE + written + AFTER));
            expect(read(left).replace(blank, '')).toBe('');
          }
        }),
        60,
      );
    },
    PATIENCE_MS,
  );
});

test(
  'in Base64, by itself or with anything around it, at most two letters are left',
  () => {
    holds(
      fc.property(
        secret.filter((value) => Buffer.byteLength(value.trim()) >= 6),
        place,
        fc.string({ unit: 'grapheme-ascii', maxLength: 12 }),
        fc.string({ unit: 'grapheme-ascii', maxLength: 12 }),
        fc.constantFrom('base64', 'base64url'),
        (value, put, before, after, encoding) => {
          const text = value.trim();
          const written = Buffer.from(before + text + after).toString(encoding as BufferEncoding);
          for (const gate of gates(value, put(value))) {
            const redacted = gate.redact(`${BEFORE}${written}${AFTER}`);
            // A letter at either end holds bits of what stands beside the value.
            const length = Math.ceil((Buffer.byteLength(text) * 8) / 6);
            const kept = leftOf(redacted).replaceAll('=', '').length;
            const around = Math.ceil((Buffer.byteLength(before + after) * 8) / 6);
            expect(kept).toBeLessThanOrEqual(around + 3);
            expect(ofBase64(redacted.replaceAll('*', ''))).not.toContain(text);
            expect(length).toBeGreaterThan(7);
          }
        },
      ),
      60,
    );
  },
  PATIENCE_MS,
);

test(
  'of a value that was cut off, less than four characters are left',
  () => {
    holds(
      fc.property(secret, fc.nat(), (value, at) => {
        const line = value.replace(blank, ' ').trim();
        const cut = line.slice(0, 4 + (at % (line.length - 3)));
        for (const gate of gates(value, { value })) {
          // The value may go on with an ellipsis itself.
          expect(leftOf(gate.redact(`${BEFORE}${cut}…${AFTER}`))).toMatch(/^…?$/);
        }
      }),
      100,
    );
  },
  PATIENCE_MS,
);

test(
  'each line of a value with several is one',
  () => {
    const line = secret.map((text) => text.replace(blank, ' ').trim());
    holds(
      fc.property(fc.array(line, { minLength: 2, maxLength: 4 }), fc.nat(), (lines, at) => {
        const one = lines[at % lines.length] ?? '';
        for (const gate of gates(lines.join('\n'), { key: lines.join('\r\n') })) {
          expect(leftOf(gate.redact(BEFORE + one + AFTER)).replace(blank, '')).toBe('');
        }
      }),
      60,
    );
  },
  PATIENCE_MS,
);

// The names of members are nobody's words.
const credential = secret.filter((text) => !'extra error message'.includes(text.trim()));

test(
  'data has no value in an error, and no credential anywhere',
  () => {
    holds(
      fc.property(secret, credential, anyText, (value, key, text) => {
        const gate = new Gate();
        gate.addConfig({ value });
        gate.addSecret(key);
        const words = `${text} ${value} ${key}`;
        const data = gate.redactData([{ extra: { [words]: words }, error: { message: words } }]);
        const everything = JSON.stringify(data);
        const [{ error } = { error: undefined }] = data;
        const inOneLine = (one: string) => one.replace(blank, ' ').trim();
        expect(
          inOneLine(JSON.stringify(error)).includes(inOneLine(JSON.stringify(value).slice(1, -1))),
        ).toBe(false);
        expect(everything.includes(JSON.stringify(key.trim()).slice(1, -1))).toBe(false);
      }),
      60,
    );
  },
  PATIENCE_MS,
);
