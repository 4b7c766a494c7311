import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import type { Fields } from '../../src/inputs/fields.ts';
import { type RequestList, readRequestList } from '../../src/inputs/list/request-list.ts';
import { plainCsv } from '../support/csv.ts';
import { anyText } from '../support/hostile.ts';
import { holdsLater, PATIENCE_MS } from '../support/properties.ts';

// A list that anybody wrote is used whole, or refused with positions that exist in it.

const INPUTS: Fields = {
  groupId: 'acme_group',
  service: 'google_ads',
  schema: '',
  table: '',
  connectionId: '',
  redirectUri: 'https://example.com',
  config: {},
  settings: {},
  hideSetupGuide: false,
  allFields: false,
  allowUnknownService: false,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connect-card-lists-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** How often a list was used and refused: a reader that only refuses is no good. */
const counted = { used: 0, refused: 0 };

/** Reads a list as a file of that name, or as the input itself. */
async function read(text: string | Uint8Array, name: string): Promise<RequestList> {
  await writeFile(join(folder, name), text);
  const list = await readRequestList(name, INPUTS, folder);
  counted[list.problems.length > 0 ? 'refused' : 'used'] += 1;
  return list;
}

/** Asserts that every position is in the text: an annotation anywhere else is shown nowhere. */
function expectPositions({ problems, warnings }: RequestList, text: string): void {
  const bare = text.replace(/^\ufeff/, '');
  // Editors differ in whether a lone carriage return ends a line.
  const either = [/\r\n|\r|\n/, /\r?\n/].map((end) => bare.split(end));
  const outside = [...problems, ...warnings].flatMap(({ position }) => {
    if (!position) return [];
    const { line, column } = position;
    const longest = Math.max(...either.map((lines) => lines[line - 1]?.length ?? -1));
    return column >= 1 && column <= longest + 1 ? [] : [{ line, column }];
  });
  expect(outside).toEqual([]);
}

const serial = () => {
  let next = 0;
  return () => `customer_${next++}`;
};

const END = fc.constantFrom('\n', '\n', '\r\n', '\r\n', '\r', '\n\n', ' \n', '\n \t\n');
const odd = fc.oneof(
  { arbitrary: fc.constantFrom('Acme Ltd', 'a@b.co', '', ' ', '007', 'say ""x""'), weight: 5 },
  { arbitrary: anyText, weight: 1 },
);
const cell = fc.oneof(
  { arbitrary: odd.map((text) => `"${text.replaceAll('"', '""')}"`), weight: 4 },
  { arbitrary: fc.constantFrom('Acme Ltd', '', ' x ', '1', '#', 'a:b', '- a'), weight: 6 },
  { arbitrary: odd, weight: 1 },
);
const column = fc.constantFrom('Owner', 'E-Mail', 'name', 'NAME', '"Note, or so"', '', 'nmae');

/** CSV as people, spreadsheets and scripts write it. */
const csv = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t'),
    columns: fc.uniqueArray(column, { maxLength: 3 }),
    ends: fc.array(END, { minLength: 1, maxLength: 3 }),
    rows: fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 5 }),
    ragged: fc.oneof({ arbitrary: fc.constant(-1), weight: 9 }, fc.nat(5)),
    bom: fc.constantFrom('', '\ufeff'),
    last: fc.boolean(),
  })
  .map(({ delimiter, columns, ends, rows, ragged, bom, last }) => {
    const schema = serial();
    const lines = [
      ['schema', ...columns],
      ...rows.map((cells, index) => [
        schema(),
        ...cells.slice(0, columns.length + (ragged === index ? 1 : 0)),
      ]),
    ].map((cells) => cells.join(delimiter));
    const text = lines.map((line, index) => line + ends[index % ends.length]).join('');
    return bom + (last ? text : text.trimEnd());
  });

/** The characters that a program or a person may have lost, added or doubled. */
const damage = fc.record({
  at: fc.nat(),
  remove: fc.constantFrom(0, 0, 1, 2),
  insert: fc.oneof(
    fc.constantFrom(
      '"',
      ',',
      ';',
      '\n',
      '\r',
      ' ',
      '\\',
      '- ',
      ': ',
      '&a ',
      '*a',
      '<<: ',
      '{',
      ']',
    ),
    anyText,
  ),
});
const damaged = (text: fc.Arbitrary<string>) =>
  fc.oneof(
    { arbitrary: text, weight: 2 },
    fc.tuple(text, damage).map(([whole, { at, remove, insert }]) => {
      const from = whole.length > 0 ? at % whole.length : 0;
      return whole.slice(0, from) + insert + whole.slice(from + remove);
    }),
  );

test(
  'CSV: every row is a request with its own values, or there is a problem',
  async () => {
    await holdsLater(
      fc.asyncProperty(damaged(csv), async (given) => {
        const text = given.toWellFormed();
        const list = await read(text, 'list.csv');
        expectPositions(list, text);
        if (list.problems.length > 0) return;
        const bare = text.replace(/^\ufeff/, '');
        const delimiter = /[,;\t]/.exec(bare.trimStart().split(/[\r\n]/, 1)[0] ?? '')?.[0] ?? ',';
        const [header = [], ...rows] = plainCsv(bare, delimiter) ?? [];
        const known = header.map((name) => name.toLowerCase());
        const wanted = rows.map((row) => {
          const value = (name: string) => row[known.indexOf(name)]?.trim();
          const extra = row.flatMap((one, index) =>
            header[index] && !['schema', 'name', 'service'].includes(known[index] ?? '')
              ? [[header[index], one]]
              : [],
          );
          return { schema: value('schema'), name: value('name') || undefined, extra };
        });
        const used = list.requests.map(({ target: { schema, name, extra = {} } }) => ({
          schema,
          name,
          extra: Object.entries(extra).map(([key, value]) => [key.trim(), String(value).trim()]),
        }));
        expect(used).toEqual(wanted);
      }),
      100,
    );
  },
  PATIENCE_MS,
);

/** Lists as YAML and JSON write them, in several styles. */
const entries = fc.array(
  fc.record(
    {
      name: fc.oneof(
        anyText.map((text) => text.trim()),
        fc.constantFrom('Acme Ltd', '007'),
      ),
      owner: fc.oneof(fc.jsonValue({ maxDepth: 1 }), anyText),
      'E-Mail': fc.constantFrom('a@b.co', ''),
      config: fc.dictionary(fc.constantFrom('user', 'key'), anyText, { maxKeys: 2 }),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 4 },
);
const yaml = fc
  .tuple(
    entries,
    fc.constantFrom<(value: unknown) => string>(
      (value) => stringify(value),
      (value) => stringify(value, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 20 }),
      (value) => stringify(value, { collectionStyle: 'flow' }),
      (value) => stringify(value, { blockQuote: 'folded', indent: 4 }),
      (value) => JSON.stringify(value),
      (value) => JSON.stringify(value, null, '\t'),
    ),
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom('', '\ufeff', '---\n', '# A list\n'),
  )
  .map(([list, write, end, before]) => {
    const schema = serial();
    const text = write(list.map((one) => ({ ...one, schema: schema() })));
    return before + text.replaceAll('\n', end);
  });

/** YAML that no program writes, but people do. */
const TRICKS = fc
  .array(
    fc.constantFrom(
      '- &a {schema: a, owner: x}',
      '- *a',
      '- *b',
      '- {<<: *a, schema: b}',
      '- <<: *a\n  schema: c',
      '- {schema: d, schema: e}',
      '- {schema: &s f, table: *s}',
      '- {name: &n 007, schema: g}',
      '- {name: *n, schema: h}',
      '- {schema: i, 1: x, "1": y}',
      '- {schema: j, ? [a] : b, ? {c: d} : e}',
      '- ? schema\n  : k',
      '- !x {schema: l}',
      '- {schema: !!binary bQ==}',
      '- {schema: m, owner: !!set {a, b}}',
      '- {schema: n, name: True}',
      '- {schema: o, name: ~, owner: null}',
      '- ',
      '- []',
      '- schema: p\n- schema: q\r- schema: r',
      '  - schema: s',
      '---',
      '...',
      '%YAML 1.1',
      '- {schema: t, owner: &o {self: *o}}',
      '- {Schema: u, SCHEMA: v}',
      '- {schema: w, name: |\n   x\n}',
      '- schema: y\n  name: >-\n    a\n    b',
      '- {schema: z, __proto__: 1, constructor: 2}',
      '\t- schema: aa',
      '[{schema: bb}, {schema: cc},]',
      '"- schema: dd"',
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((lines) => `${lines.join('\n')}\n`);

test.each(['list.yml', 'list.json'])(
  '%s: every entry is a request, or there is a problem',
  async (name) => {
    await holdsLater(
      fc.asyncProperty(fc.oneof(damaged(yaml), TRICKS), async (given) => {
        const text = given.toWellFormed();
        const list = await read(text, name);
        expectPositions(list, text);
        if (list.problems.length > 0) return;
        const parsed: unknown = parse(text.replace(/^\ufeff/, ''), {
          logLevel: 'silent',
          merge: true,
        });
        if (!Array.isArray(parsed)) throw new Error('It is no list.');
        expect(list.requests).toHaveLength(parsed.length);
        for (const [index, entry] of parsed.entries()) {
          const { schema, name: called, extra = {} } = list.requests[index]?.target ?? {};
          const said = new Map(
            Object.entries(entry as object).map(([key, value]) => [
              key.trim().toLowerCase(),
              value,
            ]),
          );
          if (typeof said.get('schema') === 'string')
            expect(schema).toBe(String(said.get('schema')).trim());
          if (typeof said.get('name') === 'string') {
            expect(called ?? '').toBe(String(said.get('name')).trim());
          }
          const own = Object.keys(entry as object).filter(
            (key) => !/^(name|schema|table|service|config)$/i.test(key.trim()),
          );
          expect(Object.keys(extra).sort()).toEqual(own.sort());
        }
      }),
      100,
    );
  },
  PATIENCE_MS,
);

test(
  'bytes that anybody wrote',
  async () => {
    await holdsLater(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 60 }),
          fc.tuple(csv, fc.nat(), fc.nat(255)).map(([text, at, byte]) => {
            const bytes = Buffer.from(text);
            if (bytes.length > 0) bytes[at % bytes.length] = byte;
            return bytes;
          }),
          csv.map((text) => Buffer.from(text, 'utf16le')),
          csv.map((text) => Buffer.from(text, 'latin1')),
        ),
        fc.constantFrom('list.csv', 'list.yml'),
        async (bytes, name) => {
          expectPositions(await read(bytes, name), Buffer.from(bytes).toString());
        },
      ),
      60,
    );
  },
  PATIENCE_MS,
);

test('lists were used as well as refused', () => {
  const { used, refused } = counted;
  expect(used).toBeGreaterThan((used + refused) / 5);
  expect(refused).toBeGreaterThan((used + refused) / 10);
});
