import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plain } from '../../src/report/markdown.ts';
import { Gate } from '../../src/runner/gate.ts';
import { escapeCommands } from '../../src/runner/runner.ts';
import { character } from '../support/character.ts';

const gateWith = ({ secrets = [] as string[], config = {} as unknown, shown = [] as string[] }) => {
  const gate = new Gate();
  for (const secret of secrets) gate.addSecret(secret);
  gate.addConfig(config);
  for (const text of shown) gate.protect(text);
  return gate;
};
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const asciiJson = (text: string) =>
  json(text).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
const form = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);

const NAMES = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** Everything that a value may be written as. */
const WRITINGS: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'as JSON': json,
  'as JSON in ASCII': asciiJson,
  'as JSON with escaped slashes': (text) => json(text).replaceAll('/', '\\/'),
  'percent-encoded': encodeURIComponent,
  'percent-encoded in lower case': (text) =>
    encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  'percent-encoded where a URI needs it': encodeURI,
  'as a form': form,
  'in Base64': (text) => Buffer.from(text).toString('base64'),
  'in Base64 without padding': (text) => Buffer.from(text).toString('base64').replace(/=+$/, ''),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in Base64, percent-encoded': (text) => encodeURIComponent(Buffer.from(text).toString('base64')),
  'in Base64 of JSON': (text) => Buffer.from(json(text)).toString('base64'),
  'in Base64 of several lines': (text) =>
    Buffer.from(text).toString('base64').replace(/.{64}/g, '$&\n'),
  'in Base64 of several lines, in JSON': (text) =>
    json(Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n')),
  'in hexadecimal digits': (text) => Buffer.from(text).toString('hex'),
  'in hexadecimal digits in capitals': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'as JSON in JSON': (text) => json(json(text)),
  'percent-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'as a form in a URL': (text) => encodeURIComponent(form(text)),
  'as JSON, percent-encoded': (text) => encodeURIComponent(json(text)),
  'percent-encoded, as JSON with escaped slashes': (text) =>
    json(encodeURI(text)).replaceAll('/', '\\/'),
  'as JSON in JSON in Markdown': (text) => plain(json(json(text))),
  'percent-encoded twice in Markdown': (text) =>
    plain(encodeURIComponent(encodeURIComponent(text))),
  'as text in Markdown': plain,
  'as JSON in Markdown': (text) => plain(json(text)),
  'in HTML': (text) =>
    text.replace(/[&<>"']/g, (letter) => `&#x${letter.charCodeAt(0).toString(16)};`),
  'in HTML, by names': (text) =>
    text.replace(/[&<>"']/g, (letter) => `&${NAMES[letter as keyof typeof NAMES]};`),
};

const TRICKY = [
  'hunter2hunter2',
  'say "open" \\ sésame',
  'p%41ss+word & <more>/😀',
  'under_scored*and`ticked`@#1',
  '-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----',
  'tab\tand  two blanks',
];

describe.each(Object.entries(WRITINGS))('%s', (_, write) => {
  test.each(TRICKY)('%j does not pass', (value) => {
    const written = write(value);
    for (const gate of [gateWith({ config: { key: value } }), gateWith({ secrets: [value] })]) {
      expect(gate.redact(`Bad value (${written}).`)).not.toContain(written);
      expect(gate.redact(written)).not.toMatch(/[a-z]{4}/i);
    }
  });
});

test.each([0, 1, 2].flatMap((before) => [0, 1, 2].map((after) => [before, after] as const)))(
  'in Base64 after %i bytes and before %i it does not pass',
  (before, after) => {
    const gate = gateWith({ config: { key: 'hunter2-sesame?>' } });
    const written = `${'u'.repeat(before)}hunter2-sesame?>${'w'.repeat(after)}`;
    for (const encoding of ['base64', 'base64url'] as const) {
      const encoded = Buffer.from(written).toString(encoding);
      // The letters at the ends hold bits of what stands beside it.
      expect(gate.redact(`(${encoded})`)).toMatch(/^\([\w-]{0,3}\*\*\*[\w-]{0,4}=*\)$/);
    }
  },
);

test.each([
  ["it's open", "'it''s open'", "'***'"],
  ['say "open"', '(say ""open"")', '(***)'],
  ["it's open", String.raw`'it\'s \x6fpen'`, "'***'"],
])('%j does not pass as %s', (value, quoted, redacted) => {
  expect(gateWith({ config: [value] }).redact(quoted)).toBe(redacted);
});

test('no written form of a value survives, whatever surrounds it', () => {
  const value = fc
    .oneof(
      fc.string({ minLength: 4, maxLength: 40, unit: character }),
      fc.string({ minLength: 4, maxLength: 40, unit: 'grapheme' }),
      fc.string({ minLength: 4, maxLength: 30, unit: fc.constantFrom(...'ab"\\%+/\n\r &<_é😀') }),
    )
    .filter(
      (text) => text.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim().length >= 4 && text.isWellFormed(),
    );
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...Object.values(WRITINGS)),
      fc.string({ maxLength: 20 }),
      fc.string({ maxLength: 20 }),
      (values, write, before, after) => {
        const gate = gateWith({ config: { values } });
        for (const one of values) {
          const written = write(one);
          if (
            written.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim().length < 4 ||
            /^(true|false|null)$/i.test(one.trim())
          )
            continue;
          const text = `${before} ${written} ${after}`;
          // What stands around it may spell it as well: then the stars are wherever it was.
          expect(
            gate
              .redact(text)
              .split('***')
              .some((part) => part.includes(written)),
          ).toBe(false);
        }
      },
    ),
    { numRuns: 300, seed: 9 },
  );
});

describe('of several values', () => {
  test('one whose beginning is another is taken out whole', () => {
    const config = { user: 'acme', password: 'acme-hunter2', pin: 4711, more: '4711 and more' };
    const gate = gateWith({ config });
    expect(gate.redact('For acme: acme-hunter2, 4711 and more.')).toBe('For ***: ***, ***.');
  });

  test('what stands around one stays', () => {
    const gate = gateWith({ secrets: ['hunter2 hunter2'] });
    for (const [open, close] of [
      ['\\"', '\\"'],
      ['%22', '%22'],
      ['&lt;', '&gt;'],
    ]) {
      expect(gate.redact(`${open}hunter2  hunter2${close}`)).toBe(`${open}***${close}`);
    }
  });

  test('those that overlap are taken out together', () => {
    const gate = gateWith({ config: ['hunter-two', 'two-sesame'] });
    expect(gate.redact('It is hunter-two-sesame.')).toBe('It is ***.');
  });

  test('every leaf counts, at any depth, numbers too; keys, common words and short ones do not', () => {
    const config: Record<string, unknown> = {
      list: [{ deep: ['opensesame'] }],
      port: 54321,
      ssl: true,
      also: 'true',
      id: 'abc',
    };
    config.itself = config;
    const gate = gateWith({ config });
    expect(gate.redact('list deep opensesame, port 54321, true, abc')).toBe(
      'list deep ***, port ***, true, abc',
    );
  });

  test('one that is added later counts from then on', () => {
    const gate = gateWith({ config: ['first-one'] });
    expect(gate.redact('first-one, second-one')).toBe('***, second-one');
    gate.addConfig(['second-one']);
    gate.addSecret('third-one');
    expect(gate.redact('first-one, second-one, third-one')).toBe('***, ***, ***');
  });
});

test('a key of several lines: all of it, joined with \\n, on one line, and one line of it', () => {
  const key = TRICKY[4] as string;
  const gate = gateWith({ config: { key } });
  for (const quoted of [key, json(key), key.replaceAll('\n', ' '), key.replaceAll('\n', '\r\n')]) {
    expect(gate.redact(`Bad key: ${quoted}!`)).not.toMatch(/MII|kqh|BEGIN|END/);
  }
  expect(gate.redact('Bad line MIIEvQIBADANBg.')).toBe('Bad line ***.');
});

test('one that was cut off by an ellipsis leaves nothing of it', () => {
  const gate = gateWith({ secrets: ['sandbox-secret'], config: ['say "open sesame"'] });
  expect(gate.redact('Bad value "sandbox-se..."')).toBe('Bad value "***..."');
  expect(gate.redact('Fivetran says: sandbox-se…')).toBe('Fivetran says: ***…');
  expect(gate.redact('is "say \\"open se…".')).toBe('is "***…".');
  expect(gate.redact('Working on it…')).toBe('Working on it…');
});

test('one with an ellipsis of its own leaves nothing of it either', () => {
  const gate = gateWith({ config: ['open...sesame…street'] });
  expect(gate.redact('is "open...ses…", "open...", "open...sesame…str..." or "open...door"')).toBe(
    'is "***…", "***...", "***..." or "***...door"',
  );
});

test.each(['…', '...', 'MIIE…', 'MIIEvQIB%25…&amp;\\u0025… '])(
  'many of %s take no longer where a secret is long',
  (unit) => {
    const line = (_: unknown, n: number) =>
      `MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ${n}`;
    const gate = gateWith({ config: [Array.from({ length: 60 }, line).join('\n')] });
    const started = process.cpuUsage();
    gate.redact(unit.repeat(60_000 / unit.length));
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2500);
  },
);

describe('a text that is shown on purpose', () => {
  const link =
    'https://fivetran.com/connect-card/setup?redirect_uri=https%3A%2F%2Facme.com&auth=abc';
  const config = { account: 'acme', host: 'acme.com', secret: 'acme_eu-hunter2' };

  test('is whole, though a value of config is part of it', () => {
    const gate = gateWith({ config, shown: [link, 'acme_eu'] });
    expect(gate.redact(`acme_eu: <${link}>`)).toBe(`acme_eu: <${link}>`);
    expect(gate.redact(plain(`acme_eu: ${link}`))).toBe(plain(`acme_eu: ${link}`));
  });

  test('does not show that value elsewhere, nor one that it is part of', () => {
    const gate = gateWith({ config, shown: [link, 'acme_eu'] });
    expect(gate.redact('acme, acme_eu, acme_eu-hunter2')).toBe('***, acme_eu, ***');
  });

  test('never shows a credential', () => {
    const gate = gateWith({ secrets: ['hunter2'], config, shown: ['acme-hunter2-eu'] });
    expect(gate.redact('acme-hunter2-eu')).toBe('acme-***-eu');
  });
});

test("results: an error's code is the same whatever is in config", () => {
  const gate = gateWith({ config: { mode: 'refused' } });
  const [result] = gate.redactData([{ error: { code: 'refused', message: 'It was refused.' } }]);
  expect(result).toEqual({ error: { code: 'refused', message: 'It was ***.' } });
});

test("results: an output's own values lose credentials alone, an error's words lose all", () => {
  const gate = gateWith({ secrets: ['api"secret'], config: { host: 'acme.com' } });
  const results = [
    { link: 'https://acme.com/', created: null, extra: { owner: 'me@acme.com', x: 'api"secret' } },
    { error: { code: 'refused', message: 'No host acme.com, no api"secret', fix: 'x' }, n: 3 },
  ];
  const redacted = gate.redactData(results);
  expect(redacted).toEqual([
    { link: 'https://acme.com/', created: null, extra: { owner: 'me@acme.com', x: '***' } },
    { error: { code: 'refused', message: 'No host ***, no ***', fix: 'x' }, n: 3 },
  ]);
});

test.each([
  ['::error::x', '\u200b::error::x'],
  [' \t\u00a0\u0085\ufeff::error::x', ' \t\u00a0\u0085\ufeff\u200b::error::x'],
  ['a\n  ::stop-commands::x', 'a\n  \u200b::stop-commands::x'],
  ['a\r::x::', 'a\r\u200b::x::'],
  ['a ##[stop-commands]x ##[group]', 'a ##\u200b[stop-commands]x ##\u200b[group]'],
  ['###[x]', '###\u200b[x]'],
  ['a::b::c', 'a::b::c'],
  ['## Heading', '## Heading'],
])('%j is no command', (text, escaped) => expect(escapeCommands(text)).toBe(escaped));

test.each(['abcdef12', 'GH-12-sesame', 'x abcdef0123456789 y'])(
  '%j is found where Markdown cuts it in two',
  (secret) => {
    const gate = new Gate();
    gate.addSecret(secret);
    expect(plain(secret)).toContain('<!-- -->');
    expect(gate.redact(`It is ${plain(secret)}.`)).toBe('It is ***.');
  },
);

test('thousands of values and texts take no time to speak of', () => {
  const gate = new Gate();
  const started = process.cpuUsage();
  for (let index = 0; index < 5000; index++) {
    gate.addConfig({ host: `db${index}.acme.com`, password: `hunter-${index}-sesame` });
    gate.protect(`customer_${index}`);
    gate.protect(`https://fivetran.com/connect-card/setup?auth=${index}`);
    gate.redact(`Created connection conn_${index} (google_ads, customer_${index}).`);
  }
  const rows = Array.from(
    { length: 5000 },
    (_, index) => `| ${index} | ${plain(`customer_${index} isn't "db${index}.acme.com"…`)} |`,
  );
  const summary = gate.redact(rows.join('\n'));
  expect(summary).not.toMatch(/db\d/);
  expect(summary).toContain('customer_4999');
  // Measured: a fifth of a second. Rebuilt for each text, it would be minutes.
  // Processor time, since other tests want the processor too.
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
});

describe('the smallest and the commonest', () => {
  test('a secret of four characters doesn’t pass, one of three does', () => {
    for (const what of ['secrets', 'config'] as const) {
      const gate = gateWith({ [what]: ['abcd', 'xyz'] });
      expect(gate.redact('abcd xyz')).toBe('*** xyz');
    }
  });

  test('true, false and null are no secrets, words that have them are', () => {
    const config = ['TRUE', ' false ', 'Null', 'trueish', 'untrue', 'nullable', 12345];
    const gate = gateWith({ config });
    expect(gate.redact('TRUE true false null')).toBe('TRUE true false null');
    expect(gate.redact('trueish untrue nullable 12345')).toBe('*** *** *** ***');
  });

  test('six bytes don’t pass within other Base64, five may: a part of them may be a word', () => {
    const within = (secret: string) =>
      gateWith({ secrets: [secret] })
        .redact(Buffer.from(`xx${secret}yyyy`).toString('base64'))
        .includes('***');
    expect(within('sesame')).toBe(true);
    expect(within('sesam')).toBe(false);
    const alone = Buffer.from('sesam').toString('base64');
    expect(gateWith({ secrets: ['sesam'] }).redact(alone)).toBe('***=');
  });

  test.each([
    [0, 0, '***'],
    [1, 0, 'dW***4'],
    [2, 0, 'dXV***'],
    [0, 1, '***nc'],
    [1, 2, 'dW***53dw'],
    [2, 2, 'dXV***d3c'],
    [3, 3, 'dXV1***nd3dw'],
  ])('in Base64 after %i bytes and before %i all is gone that is its own alone', (a, b, rest) => {
    const text = Buffer.from(`${'u'.repeat(a)}hunter2-sesame?>${'w'.repeat(b)}`).toString('base64');
    const redacted = gateWith({ secrets: ['hunter2-sesame?>'] }).redact(text);
    // A letter at either end has bits of both.
    expect(redacted.replace(/=+$/, '')).toBe(rest);
  });
});

describe('notations', () => {
  test.each([
    ...[
      'two\\nlines',
      'two\\rlines',
      'two\\tlines',
      'two\\blines',
      'two\\flines',
      'two\\u000alines',
    ],
    ...['two\\x0alines', 'two%0Alines', 'two%0alines', 'two+lines', 'two%20lines', 'two&#10;lines'],
    ...['two&#xA;lines', 'two\u2028lines', 'two \n lines', 'two\u200blines'],
  ])('%j is one of two lines', (written) => {
    for (const secret of ['two\nlines', 'two lines', 'two \r\n lines']) {
      expect(gateWith({ secrets: [secret] }).redact(`<${written}>`)).toBe('<***>');
    }
  });

  test.each([
    ["it's so", ['it&apos;s so', 'it&#39;s so', 'it&#X27;s so', "it\\'s so", 'it%27s so']],
    ['a<b>"c"&d', ['a&lt;b&gt;&quot;c&quot;&amp;d', 'a&LT;b&GT;&QUOT;c&QUOT;&AMP;d']],
    ['5 € a 𝒳', ['5 %e2%82%ac a %f0%9d%92%b3', '5+%E2%82%AC+a+%F0%9D%92%B3', '5 \\u20ac a 𝒳']],
    ['a/b\\c/d', ['a\\/b\\\\c\\/d', 'a%2Fb%5Cc%2fd']],
    ['50% + x', ['50%25 + x', '50%25+%2B+x', '50&#37; &#43; x']],
  ])('%j does not pass as any of %j', (secret, all) => {
    for (const written of all) {
      expect([written, gateWith({ secrets: [secret] }).redact(`(${written})`)]).toEqual([
        ...[written, '(***)'],
      ]);
    }
  });

  test('what is none is left as it is, and hides nothing', () => {
    const gate = gateWith({ secrets: ['hunter2hunter2'] });
    for (const odd of [
      '%c0%80',
      '%ff',
      '&#9999999;',
      '&#x110000;',
      '&nbsp;',
      '\\z',
      '\\u12',
      '100%',
    ]) {
      expect(gate.redact(`${odd} hunter2hunter2 ${odd}`)).toBe(`${odd} *** ${odd}`);
      expect(gate.redactValue(`${odd} hunter2hunter2 ${odd}`)).toBe(`${odd} *** ${odd}`);
    }
  });

  test('escapes beside one stay, whatever they stand for', () => {
    const gate = gateWith({ secrets: ['sésame-sésame'] });
    const around = (open: string, close: string, written = 'sésame-sésame') =>
      expect(gate.redact(`x${open}${written}${close}y`)).toBe(`x${open}***${close}y`);
    around('\\n', '\\n', 's\\u00e9same-s\\u00E9same');
    around('%20%20', '%20', 's%C3%A9same-s%c3%a9same');
    around('&amp;&amp;', '&#10;', 's&#233;same-s&#xE9;same');
    around('  ', '\n\n');
    around('\\u00e9', '\\u00e9', 's\\u00e9same-s\\u00e9same');
  });
});

describe('of several that meet', () => {
  test('those that touch are taken out together, at the beginning and the end as well', () => {
    const gate = gateWith({ secrets: ['aaaa', 'bbbb'] });
    expect(gate.redact('aaaabbbb')).toBe('***');
    expect(gate.redact('aaaabbbb x bbbbaaaa')).toBe('*** x ***');
    expect(gate.redact('xaaaa-bbbbx')).toBe('x***-***x');
    expect(gate.redactValue('aaaa-bbbb')).toBe('***-***');
  });

  test('a value is shown only within what is shown, wherever that stands', () => {
    const gate = gateWith({ config: ['acme', 'name'], shown: ['my_acme', 'acme_eu', 'name'] });
    expect(gate.redact('acme my_acme acme acme_eu acme')).toBe('*** my_acme *** acme_eu ***');
    expect(gate.redact('my_acme_eu')).toBe('my_acme_eu');
    expect(gate.redact('name names acme')).toBe('name names ***');
    expect(gate.redact('no acme')).toBe('no ***');
  });

  test('a key of results may have a credential in it as well', () => {
    const gate = gateWith({ secrets: ['hunter2hunter2'], config: ['acme.com'] });
    expect(gate.redactData({ extra: { 'x hunter2hunter2': 1, 'acme.com': null } })).toEqual({
      ...{ extra: { 'x ***': 1, 'acme.com': null } },
    });
    expect(gate.redactData([{ error: { more: ['acme.com'] } }, 'acme.com', true])).toEqual([
      ...[{ error: { more: ['***'] } }, 'acme.com', true],
    ]);
  });
});
