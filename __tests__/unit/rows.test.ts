import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCsvRows } from '../../src/inputs/list/rows-csv.ts';
import { readYamlRows } from '../../src/inputs/list/rows-yaml.ts';

const valuesOf = ({ rows }: ReturnType<typeof readCsvRows>) =>
  rows.map(({ cells }) => Object.fromEntries([...cells].map(([key, { value }]) => [key, value])));

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

  test('every position is where the value stands', () => {
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

test('a JSON list is read as JSON.parse reads it, however it is indented', () => {
  const json = fc.array(
    fc.record(
      { name: fc.string({ unit: 'binary' }), config: fc.dictionary(fc.string(), fc.jsonValue()) },
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
