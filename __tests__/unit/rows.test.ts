import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { positionsIn } from '../../src/inputs/list/position.ts';
import { readRequestList } from '../../src/inputs/list/request-list.ts';
import { readCsvRows } from '../../src/inputs/list/rows-csv.ts';
import { readYamlRows } from '../../src/inputs/list/rows-yaml.ts';
import { character } from '../support/character.ts';

/** What the rows hold, by the names that they were given. */
const valuesOf = ({ rows }: ReturnType<typeof readCsvRows>) =>
  rows.map(({ cells, extra }) =>
    Object.fromEntries([
      ...[...cells].map(([key, { value }]): [string, unknown] => [key, value]),
      ...extra,
    ]),
  );

/** Values as a spreadsheet holds them: with commas, quotes and line breaks, blanks around them gone. */
const value = fc
  .string({ unit: fc.constantFrom('a', 'ß', '😀', ',', ';', '"', '\n', '\t', ' ', '{', ':') })
  .map((text) => text.trim());
const list = fc.array(fc.record({ name: value, schema: value, config: value }), { maxLength: 6 });

describe.each([',', ';', '\t'])('CSV divided by %j', (delimiter) => {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const write = (rows: Array<Record<string, string>>, end: string) =>
    [
      'name,schema,config'.replaceAll(',', delimiter),
      ...rows.map((row) => Object.values(row).map(quote).join(`${delimiter} `)),
      '',
    ].join(end);

  test.each(['\n', '\r\n'])('is read as it was written, lines ended by %j', (end) => {
    fc.assert(
      fc.property(list, (rows) => {
        const { rows: read, problems } = readCsvRows(write(rows, end));
        expect(problems).toEqual([]);
        // Spreadsheets write empty rows at the end.
        const wanted = rows.filter((row) => Object.values(row).some(Boolean));
        expect(valuesOf({ rows: read, problems })).toEqual(
          wanted.map((row) =>
            Object.fromEntries(Object.entries(row).map(([key, text]) => [key, text || null])),
          ),
        );
      }),
    );
  });

  test('every position is that of the value', () => {
    fc.assert(
      fc.property(list, (rows) => {
        const text = write(rows, '\n');
        const lines = text.split('\n');
        for (const { cells } of readCsvRows(text).rows) {
          for (const { value: read, position } of cells.values()) {
            const rest = [
              (lines[position.line - 1] ?? '').slice(position.column - 1),
              ...lines.slice(position.line),
            ].join('\n');
            expect(rest.startsWith(quote(String(read ?? '')))).toBe(true);
          }
        }
      }),
    );
  });
});

test.each(['name,schema\na,b\r\nc,d\re,f', 'name,schema\r\na,b\nc,d\n\re,f\r\n'])(
  'CSV whose lines end in different ways: %j',
  (text) => {
    const { rows, problems } = readCsvRows(text);
    expect(problems).toEqual([]);
    expect(valuesOf({ rows, problems }).map(({ name }) => name)).toEqual(['a', 'c', 'e']);
    const [a, c] = rows;
    expect([a?.position.line, c?.position.line]).toEqual([2, 3]);
  },
);

describe('YAML that would lose something', () => {
  test.each([
    ['- &a {schema: a}\n- {<<: *a, name: b}', 2, 4, /isn't supported/],
    ['- {schema: a, ? [b] : c}', 1, 17, /no text/],
    ['- {schema: a, : c}', 1, 15, /no text/],
    ['- {schema: a, 1: b, "1": c}', 1, 21, /twice/],
  ])('%j', (text, line, column, message) => {
    const { problems } = readYamlRows(text);
    expect(problems).toEqual([
      expect.objectContaining({
        position: { line, column },
        message: expect.stringMatching(message),
      }),
    ]);
  });

  test('a number that an alias repeats stays as it is written', () => {
    const { rows } = readYamlRows('- {name: &n 007, schema: a}\n- {name: *n, schema: b}');
    expect(rows.map(({ cells }) => cells.get('name')?.value)).toEqual(['007', '007']);
  });

  test.each([
    ['- {schema: a}\n%YAML 1.1\n- {schema: b}\n', [3, 4]],
    ['[ { name: "a",{ schema: b } ]\r\n', [1, 1]],
  ])('positions are in the text: %j', (text, [from = 0, to = 0]) => {
    const lines = text.split(/\r?\n/);
    const { problems } = readYamlRows(text);
    expect(problems.length).toBeGreaterThan(0);
    for (const { position: { line, column } = { line: 0, column: 0 } } of problems) {
      expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? -1) + 1);
      expect(line).toBeLessThanOrEqual(to);
    }
    expect(problems.some(({ position }) => (position?.line ?? 0) >= from)).toBe(true);
  });
});

test('a JSON list is read as JSON.parse reads it, however it is indented', () => {
  const json = fc.array(
    fc.record(
      { name: fc.string({ unit: character }), config: fc.dictionary(fc.string(), fc.jsonValue()) },
      { requiredKeys: [] },
    ),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(json, fc.constantFrom('', '  ', '\t'), (entries, indent) => {
      const read = readYamlRows(JSON.stringify(entries, null, indent));
      expect(read.problems).toEqual([]);
      // Keys such as __proto__ must come out as they went in.
      expect(JSON.stringify(valuesOf(read))).toBe(JSON.stringify(entries));
    }),
  );
});

describe('columns and keys that are the author’s own', () => {
  test('of CSV are passed on, known ones compared without case', () => {
    const { rows, problems } = readCsvRows(
      'Name,SERVICE,Schema,E-Mail,__proto__,Date\nAcme,stripe,a,a@b.c,x,\n',
    );
    expect(problems).toEqual([]);
    expect([...(rows[0]?.cells.keys() ?? [])]).toEqual(['name', 'service', 'schema']);
    expect([...(rows[0]?.extra ?? [])]).toEqual([
      ['E-Mail', 'a@b.c'],
      ['__proto__', 'x'],
      ['Date', ''],
    ]);
  });

  test('of YAML are passed on whatever they hold', () => {
    const { rows, problems } = readYamlRows('- {Service: s3, owner: {login: nina}, tags: [a, 1]}');
    expect(problems).toEqual([]);
    expect([...(rows[0]?.cells.keys() ?? [])]).toEqual(['service']);
    expect([...(rows[0]?.extra ?? [])]).toEqual([
      ['owner', { login: 'nina' }],
      ['tags', ['a', 1]],
    ]);
  });

  test.each(['shema', 'schemas', 'group_id', 'Group ID', 'redirect-url', 'nmae', 'serivce'])(
    '%s is a near miss, and its values count as meant',
    (name) => {
      const { rows, problems } = readCsvRows(`${name},connection-id\nx,y\n`);
      expect(problems).toMatchObject([
        { key: JSON.stringify(name), fix: expect.stringMatching(/^Did you mean/) },
      ]);
      expect(rows[0]?.cells.size).toBe(2);
    },
  );

  test.each(['date', 'owner', 'email', 'title', 'customer', 'plan', 'service_owner', 'x'])(
    '%s is none',
    (name) => expect(readCsvRows(`schema,${name}\nx,y\n`).problems).toEqual([]),
  );

  test('a column without a name or values is left out', () => {
    const { rows, problems } = readCsvRows('schema,,\na,,\n');
    expect(problems).toEqual([]);
    expect(rows[0]?.extra.size).toBe(0);
  });
});

test('what is the author’s own is part of what was asked for', async () => {
  const inputs = {
    ...{ groupId: 'g', service: 'stripe', schema: '', table: '', connectionId: '' },
    ...{ redirectUri: 'https://example.com', config: {}, settings: {} },
    ...{ hideSetupGuide: false, allFields: false, allowUnknownService: false },
  };
  const list = '- {schema: a, E-Mail: a@b.c}\n- {schema: b}';
  const { requests, problems } = await readRequestList(list, inputs, '.');
  expect(problems).toEqual([]);
  expect(requests.map(({ target }) => target.extra)).toEqual([{ 'E-Mail': 'a@b.c' }, undefined]);
});

test.each([
  ['config.api_token', 'Write it as a field of the mapping config, or choose another name.'],
  ['Settings.paused', 'Write it as a field of the mapping settings, or choose another name.'],
  ['auth', 'Write it as a field of the mapping settings, or choose another name.'],
  ['sync_frequency', 'Write it as a field of the mapping settings, or choose another name.'],
  ['all-fields', 'Set it as an input of the step, for all links, or choose another name.'],
])('%s belongs elsewhere: it is reported, and its value passed on to nothing', (name, fix) => {
  const message = 'has no effect here, and its value would be passed on as it is.';
  for (const read of [
    readCsvRows(`service,${name}\nstripe,hunter2`),
    readYamlRows(`- {a: 1, ${name}: hunter2, service: stripe}`),
  ]) {
    expect(read.problems).toEqual([
      {
        position: { line: 1, column: expect.any(Number) },
        key: JSON.stringify(name),
        message,
        fix,
      },
    ]);
    expect(JSON.stringify(valuesOf(read))).not.toContain('hunter2');
    expect(valuesOf(read)).toMatchObject([{ service: 'stripe' }]);
  }
});

test('a place before the first line’s end is its first column, where that line is empty', () => {
  expect(positionsIn('\r\n- a')(0)).toEqual({ line: 1, column: 1 });
  expect(positionsIn('a\r\nb')(2)).toEqual({ line: 1, column: 2 });
});
