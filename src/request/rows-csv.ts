import { CsvError, parse } from 'csv-parse/sync';
import type { Cell, Row, Rows } from './place.ts';

interface Parsed {
  record: string[];
  info: { lines: number };
}

/** Reads CSV with a header row (RFC 4180), its lines ended in either way. */
export function readCsvRows(text: string): Rows {
  let parsed: Parsed[];
  try {
    parsed = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: number }).lines ?? 1);
    const what = error.code.replace(/^CSV_/, '').toLowerCase().replaceAll('_', ' ');
    const fix = 'Write values with commas, quotes or line breaks in double quotes.';
    return { rows: [], problems: [{ place: { line }, message: `isn't CSV (${what}).`, fix }] };
  }
  const [header, ...records] = parsed;
  const names = header?.record ?? [];
  const rows: Row[] = [];
  const problems: Rows['problems'] = [];
  for (const { record, info } of records) {
    const line = info.lines - record.join('').split('\n').length + 1;
    const place = { line };
    if (record.length !== names.length) {
      problems.push({
        place,
        message: `has ${record.length} values; the header has ${names.length}.`,
        fix: 'Write one value for each column, empty ones too.',
      });
      continue;
    }
    const cells = record.map((value, column): [string, Cell] => [
      names[column] ?? '',
      { value: value === '' ? null : value, place: { line, column: column + 1 } },
    ]);
    rows.push({ place, cells: new Map(cells) });
  }
  return { rows, problems };
}
