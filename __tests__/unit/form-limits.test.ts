import { describe, expect, test } from '@jest/globals';
import { type Form, readForm } from '../../src/issue-form/form.ts';
import { FormReader } from '../../src/issue-form/form-reader.ts';
import { findHidden, headingIn, knownHeadingIn, title } from '../../src/issue-form/hidden.ts';
import { readsAs } from '../../src/issue-form/lookalikes.ts';
import { matchesWhole } from '../../src/issue-form/pattern.ts';
import { isPlain } from '../../src/issue-form/plain.ts';
import { readServices } from '../../src/issue-form/requested-services.ts';

// Where a form stops being one: lengths, empty answers, letters that nearly are others.

const answered = (heading: string, answer: string) => readForm(`### ${heading}\n\n${answer}`);
const schemaOf = (answer: string) => answered('Schema', answer);
const faults = ({ problems }: Form) => problems.map(({ message }) => message);

describe('an answer', () => {
  test.each(['', '   ', '\t', 'None', 'NONE', 'none \t', '_no response_', '   _No response_'])(
    'is empty, and no problem: %j',
    (answer) => {
      expect(schemaOf(answer)).toMatchObject({ values: {}, problems: [] });
      expect(answered('Service', answer)).toMatchObject({ services: [], problems: [] });
      expect(answered('Customer', answer)).toMatchObject({ customer: undefined, problems: [] });
    },
  );

  test.each(['Nonesuch', 'x None', 'None x', '_No response_ x'])('isn’t empty: %j', (answer) => {
    expect(answered('Customer', answer).customer).toBe(answer);
  });

  test('of several lines is none, whatever the first one is', () => {
    for (const answer of ['None\nacme', 'acme\nNone', '_No response_\nacme']) {
      expect(faults(schemaOf(answer))).toEqual(['has several lines.']);
    }
    expect(answered('Service', 'None\nstripe').services).toEqual(['None', 'stripe']);
  });

  test('has 255 characters at most, in each of its lines', () => {
    expect(schemaOf('a'.repeat(255)).values.schema).toHaveLength(255);
    expect(faults(schemaOf('a'.repeat(256)))).toEqual(['is too long.']);
    expect(faults(answered('Service', `stripe\n${'a'.repeat(256)}`))).toEqual(['is too long.']);
    expect(faults(answered('Service', `${'a'.repeat(256)}\nstripe`))).toEqual(['is too long.']);
  });

  test('is read as a page shows it: blanks around it are gone, and several are one', () => {
    expect(schemaOf('  acme   corp  ').values.schema).toBe('acme corp');
    expect(answered('Service', 'Google   Ads ,  Stripe').services).toEqual([
      'Google Ads',
      'Stripe',
    ]);
    expect(answered('Service', '- [x] Google   Ads ').services).toEqual(['Google Ads']);
    expect(answered('Customer', '  Acme   Corp ').customer).toBe('Acme Corp');
  });

  test('begins below its heading, and ends above the next', () => {
    const form = readForm('acme\n### Schema\n \t \nb\n\t\n### Notes\nc\n### Table\nd');
    expect(form).toMatchObject({ values: { schema: 'b', table: 'd' }, problems: [] });
    expect(readForm('### Schema\n### Notes\nacme').values).toEqual({});
  });

  test('under a heading that stands twice is refused as such', () => {
    expect(faults(readForm('### Schema\n\na\n\n### Schema\n\nb'))).toEqual(['appears twice.']);
  });
});

describe('several services', () => {
  test.each<[string, string[] | undefined]>([
    ['a,,b,', ['a', 'b']],
    [', ,', undefined],
    ['- [x] a\n- [X] b\n- [ ] c', ['a', 'b']],
    ['- [x] a\nb', undefined],
    ['a\n- [x] b', undefined],
    ['- [x] *a*', undefined],
    ['- [ ] a\n- [ ] *b*', undefined],
    ['x - [x] a', undefined],
    ['- [y] a', undefined],
  ])('%j', (answer, services) => {
    const form = answered('Service', answer);
    expect(form.services).toEqual(services ?? []);
    expect(form.problems.length > 0).toBe(services === undefined);
  });
});

describe('a customer', () => {
  test('is a line of 100 characters at most', () => {
    expect(answered('Customer', 'a'.repeat(100)).customer).toHaveLength(100);
    expect(answered('CUSTOMER', 'Acme').customer).toBe('Acme');
    for (const odd of ['a'.repeat(101), 'Acme\nBcme', 'Ac\u0007me', 'Ac\u200dme']) {
      expect(answered('Customer', odd)).toMatchObject({ customer: undefined, problems: [] });
    }
    const twice = readForm('### Customer\n\nAcme\n\n### Customer\n\nBcme');
    expect(twice.customer).toBeUndefined();
  });
});

describe('headings', () => {
  test('are alone on their line, at its beginning', () => {
    expect(headingIn('###  A b  ')).toBe('A b');
    for (const line of ['### ', '###', '##\u00a0#x', ' ### A', 'x ### A', '#### A', '## A']) {
      expect(headingIn(line)).toBeUndefined();
    }
  });

  test('are known by their name, however it is capitalized', () => {
    for (const line of ['### schema', '###   SCHEMA  '])
      expect(knownHeadingIn(line)).toBe('schema');
    for (const line of ['### Schema x', '### Schema:', 'x ### Schema', '### Other', '### Sch3ma']) {
      expect(knownHeadingIn(line)).toBeUndefined();
    }
    expect(['service', 'destination'].map((one) => title(one as 'service'))).toEqual([
      ...['Service', 'Destination'],
    ]);
  });
});

describe('what could hide something', () => {
  const hides = (...lines: string[]) => findHidden(lines).map(({ message }) => message);
  test.each<[string[], string]>([
    [['<P hidden>', ''], 'has HTML'],
    [['x <b>'], 'has HTML'],
    [['</DIV>'], 'has HTML'],
    [['<!doctype x>'], 'has HTML'],
    [['<IMG src=x>', 'y'], 'has HTML'],
    [['  <img src=x>', 'y'], 'has HTML'],
    [['<https://a.example', '>'], 'has HTML'],
    [['a $x$ b'], 'has a formula'],
    [['$$'], 'has a formula'],
    [['$`x`$'], 'has a formula'],
    [['```Math', '```'], 'has a formula'],
    [['~~~ math', '~~~'], 'has a formula'],
    [['a\u202db'], 'reverse the direction'],
    [['a\u202eb'], 'reverse the direction'],
    [['```', '\u202e', '```'], 'reverse the direction'],
    [['```'], 'code block'],
    [['```', '``'], 'code block'],
    [['````', '```'], 'code block'],
    [['```', '~~~', '```'], 'code block'],
    [['```', '  ```', '```'], 'code block'],
    [['- ```'], 'code block'],
    [['1. ~~~'], 'code block'],
    [['> ```'], 'code block'],
    [['[^1]: ```'], 'code block'],
    [['- [x] ```'], 'code block'],
    [['- [X] ~~~'], 'code block'],
    [['``` a`b'], 'code block'],
  ])('%j', (lines, expected) => {
    expect(hides(...lines)).toEqual([expect.stringContaining(expected)]);
  });

  test.each<[string[]]>([
    [['<HTTPS://A.EXAMPLE/x> and <MAILTO:a@b.example>']],
    [['<IMG WIDTH="5" SRC=\'x\'><BR/>']],
    [['<img src=x>', '']],
    [['<img src=x>', ' \t', 'y']],
    [['x <img src=x> y', 'z']],
    [['1 < 2 > 1', 'a<1']],
    [['costs $5', '', 'and 5$ or $ 5 $', 'from $5 to $6']],
    [['```', 'x', '```', '~~~~', 'y', '~~~~~ \t']],
    [['```js', '<b>', '$x$', '```']],
    [['a ``` b']],
  ])('but not: %j', (lines) => expect(hides(...lines)).toEqual([]));

  test('is told once, and where a heading is meant by its name', () => {
    expect(hides('<b>', '<i>')).toHaveLength(1);
    expect(findHidden(['## Schema', '## Schema', '## Table'])).toMatchObject([
      { heading: 'schema', fix: expect.stringContaining('"### Schema"') },
      { heading: 'table' },
    ]);
    expect(findHidden(['```', '### Schema', '```'])).toMatchObject([{ heading: 'schema' }]);
    expect(findHidden(['```', 'x', '```', '### Schema'])).toEqual([]);
  });
});

describe('look-alikes', () => {
  const LETTERS: Record<string, string> = {
    ...{ a: 'аαɑⲁ', c: 'сⲥᴄ', d: 'ԁɗ', e: 'еεɛєҽℯ', h: 'һнʜηհ', l: 'іıɩιӏ1ⅼi', m: 'мᴍʍ' },
    ...{ b: 'вβьʙƅ', n: 'пոռɴπ', o: 'оοσօⲟ0', r: 'гʀᴦɼꭇ', s: 'ѕꜱ5$', t: 'тτᴛ', v: 'νѵᴠυ' },
  };
  const pairs = Object.entries(LETTERS).flatMap(([latin, all]) =>
    [...all].map((one) => [one, latin]),
  );

  test.each(pairs)('%s stands for %s in a heading, and for no other letter', (one, latin) => {
    const word = ['schema', 'service', 'table', 'destination'].find((heading) =>
      heading.includes(latin === 'l' && one !== 'i' ? 'i' : latin),
    );
    const written = word?.replace(latin === 'l' && one !== 'i' ? 'i' : latin, one);
    expect(readsAs(`### ${written}`)).toBe(word);
    // In the place of a letter that it doesn't look like.
    const [other, at] = latin === 's' ? ['table', 't'] : ['schema', 's'];
    expect(readsAs(`### ${other.replace(at, one)}`)).toBeUndefined();
  });

  test('two letters that look like one', () => {
    expect(readsAs('### scherna')).toBe('schema');
    expect(readsAs('### clestination')).toBe('destination');
    expect(readsAs('### Serv!ce')).toBe('service');
    expect(readsAs('### Tab|e')).toBe('table');
    expect(readsAs('### |table!')).toBe('table');
  });

  test('symbols and other scripts may be any letter, a word of its own is none', () => {
    for (const a of ['🄰', '🅐', '🅰', '🇦', 'ᎪA', 'ꓮ', '𐐀']) {
      expect(readsAs(`### schem${a.replace('A', '')}`)).toBe('schema');
    }
    expect(readsAs('### 🆂🅴🆁🆅🅸🅲🅴')).toBe('service');
    expect(readsAs('### 🇩🇪🇸🇹🇮🇳🇦🇹🇮🇴🇳')).toBe('destination');
    // A letter for the place of another.
    expect(readsAs('### sche🅼🅱')).toBeUndefined();
    expect(readsAs('### Схема')).toBeUndefined();
    expect(readsAs('### 顧客名簿管理')).toBeUndefined();
    expect(readsAs('### schem字')).toBeUndefined();
    expect(readsAs('### schem9')).toBeUndefined();
  });

  test('what surrounds a heading is none of it', () => {
    for (const line of [
      ...[
        '- [x] Schema',
        '- [X] Schema',
        '* [ ] Schema',
        '3) Schema',
        '12. Schema',
        '> # Schema',
        '[]Schema',
      ],
      ...['[x]: Schema', '[^1]: Schema', '> [a]: Schema', '**Schema**[^2]', '<b>Schema</b>'],
      ...['&#83;chema', '&#X53;chema', 'Sc&shy;hema', '&zwj;&nbsp;Schema', '![](x)Schema'],
      ...['Schema :smile:', '[Schema](https://a.example)', '[Schema][a]', '[Schema](a\\)b'],
    ]) {
      expect([line, readsAs(line)]).toEqual([line, 'schema']);
    }
    for (const line of [
      '&#99999999;chema',
      'Schema and more',
      'a Schema',
      '&#0;chema',
      '3.Schema x',
    ]) {
      expect([line, readsAs(line)]).toEqual([line, undefined]);
    }
  });

  test('a line of more letters than anybody takes for a heading is none', () => {
    const any = (count: number) => `schema${'ꓮ'.repeat(count)}`;
    expect(readsAs(any(194))).toBe('schema');
    expect(readsAs(any(195))).toBeUndefined();
    expect(readsAs(any(500))).toBeUndefined();
  });
});

describe('plain text', () => {
  test.each([
    ...[
      'acme',
      'a b',
      '   a',
      '{service}_x',
      '_x',
      'x_',
      'a_b_c',
      '_a b',
      'a (b) & c!',
      '1a',
      '1.a',
    ],
    ...['2 a', 'Ärzte & Söhne', 'a:b', 'a: b', 'a/b', 'abcdef1', 'é', 'a;b', 'AT&T', "O'Neil"],
  ])('%j is', (line) => expect(isPlain(line)).toBe(true));

  test.each([
    ...['', '    a', '*a', 'a*b', '-a', '1. a', '1)', '12. a', ' 3. a', '1.', '_a_', 'a _b_ c'],
    ...['&amp;', '&#65;', 'a:b:c', 'a://b', 'ABCDEF12', 'abcdef12', 'f'.repeat(64), 'a\u00adb'],
    ...['a\u200b', 'a\t', 'a`', 'a[b]', 'a<b', 'a~b', 'a\\b', 'a|b', 'a@b', 'a\u0301\u034f'],
  ])('%j isn’t', (line) => expect(isPlain(line)).toBe(false));

  test('is no commit’s number, which GitHub shortens', () => {
    const hex = (length: number) => 'a1'.repeat(40).slice(0, length);
    const plain = [7, 8, 40, 41, 63, 64, 65].filter((length) => isPlain(hex(length)));
    expect(plain).toEqual([7, 41, 63, 65]);
  });
});

describe('problems of a form', () => {
  const reader = (body: string) => new FormReader(readForm(body));
  const said = (read: FormReader) => read.problems().map((one) => `${one.input} ${one.message}`);

  test('count for the answers that are read, and those of the whole for any', () => {
    const read = reader('<b>\n\n### Schema\n\n*a*\n\n### Table\n\n*b*');
    expect(said(read)).toEqual([]);
    expect(read.value('schema')).toBe('');
    expect(said(read)).toEqual([
      expect.stringMatching(/^Issue description has HTML/),
      expect.stringMatching(/^Schema has formatting/),
    ]);
    expect(read.optional('table')).toBe('');
    expect(said(read)).toHaveLength(3);
    expect(read.problems()[0]).toMatchObject({ code: 'form-incomplete' });
  });

  test('an answer that may be missing is no problem, one that is wrong is', () => {
    const missing = reader('### Schema\n\na');
    expect(missing.optional('table')).toBe('');
    expect(said(missing)).toEqual([]);
    const given = reader('### Table\n\nb');
    expect(given.optional('table')).toBe('b');
    expect(said(reader('### Table\n\n*b*'))).toEqual([]);
    const hidden = reader('<b>\n\n### Schema\n\na');
    expect(hidden.optional('table')).toBe('');
    expect(said(hidden)).toEqual([]);
  });

  test('services that are wrong are none', () => {
    const wrong = reader('### Service\n\n*a*');
    expect(wrong.services()).toEqual([]);
    expect(said(wrong)).toEqual([expect.stringMatching(/^Service has formatting/)]);
    const empty = reader('### Service\n\nNone');
    expect(empty.services()).toEqual([]);
    expect(said(empty)).toEqual(['Service is empty.']);
  });

  test('of a finished request are the form’s where it was read, and said once', () => {
    const problem = (input: string, message = 'is odd.') => ({
      ...{ code: 'invalid-input' as const, input, message, fix: 'F.' },
    });
    const read = reader('### Schema\n\na');
    read.value('schema');
    read.checked(problem('schema'));
    read.checked(problem('schema', 'is odd as well.'));
    expect(said(read)).toEqual(['Schema is odd.']);
    // The form wasn't asked for those.
    for (const input of ['table', 'group-id', 'group-id']) read.checked(problem(input));
    read.checked(problem('group-id', 'is odd as well.'));
    expect(read.workflowProblems.map(({ input, message }) => `${input} ${message}`)).toEqual([
      ...['table is odd.', 'group-id is odd.', 'group-id is odd as well.'],
    ]);
    expect(said(read)).toHaveLength(1);
  });
});

describe('services that a form names', () => {
  const named = async (
    answer: string,
    allowed: string[],
    resolve = async () => undefined as string | undefined,
  ) => {
    const read = new FormReader(answered('Service', answer));
    const services = await readServices(read, allowed, resolve);
    return { services, fixes: read.problems().map(({ fix }) => fix) };
  };

  test('are twenty at most', async () => {
    const types =
      'stripe hubspot google_ads s3 mysql postgres shopify slack github jira zendesk intercom mailchimp salesforce marketo quickbooks xero asana pendo braintree'.split(
        ' ',
      );
    expect((await named(types.join('\n'), ['*'])).services).toHaveLength(20);
    expect((await named([...types, 'klaviyo'].join('\n'), ['*'])).services).toEqual([]);
  });

  test('have to match one of the patterns, whole', async () => {
    const allows = async (...patterns: string[]) =>
      (await named('google_ads', patterns)).services.length === 1;
    for (const pattern of ['*', 'google_*', '*_ads', 'g*s', 'google_ads', '**']) {
      expect([pattern, await allows('x', pattern)]).toEqual([pattern, true]);
    }
    for (const pattern of ['google', '_ads', 'oogle_ads*', '*google_ad', 'g.*', 'google.ads', '']) {
      expect([pattern, await allows(pattern)]).toEqual([pattern, false]);
    }
  });

  test('are listed to choose from where those are ten at most, and no patterns', async () => {
    const types = Array.from({ length: 11 }, (_, index) => `service_${index}`);
    const { fixes } = await named('stripe', types.slice(0, 10));
    expect(fixes[0]).toMatch(/^Choose from Service 0, .*Service 9\.$/);
    expect((await named('stripe', types)).fixes).toEqual(['Choose another one.']);
    expect((await named('stripe', ['s3', 'google_*'])).fixes).toEqual(['Choose another one.']);
  });

  test('by names that only Fivetran knows are believed where they can be connector types', async () => {
    expect((await named('Some Source', ['*'], async () => 'some_source')).services).toEqual([
      'some_source',
    ]);
    expect((await named('Some Source', ['*'], async () => 'Some Source!')).services).toEqual([]);
    expect((await named('some_source', ['*'])).services).toEqual(['some_source']);
    expect((await named('Some Source', ['*'])).services).toEqual([]);
  });
});

test('a pattern is matched whole, whatever alternatives it has, and in time', () => {
  expect(['a', 'b', 'ab', 'xa', 'bx'].filter((one) => matchesWhole(one, 'a|b'))).toEqual([
    'a',
    'b',
  ]);
  expect(matchesWhole('acme', '[a-z]+')).toBe(true);
  expect(matchesWhole('Acme', '[a-z]+')).toBe(false);
});
