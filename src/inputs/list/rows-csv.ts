import { CsvError, parse } from 'csv-parse/sync';
import type { Position } from '../../model/position.ts';
import { type NamedKey, quoted, readKey } from './keys.ts';
import { type Cell, type Fault, positionOf, type Row, type Rows } from './position.ts';

interface Parsed {
  record: string[];
  /** The record as it is written. */
  raw: string;
  /** Up to and with this record. */
  info: { lines: number };
}

/**
 * Reads CSV with a header row (RFC 4180). Columns may be divided by semicolons and tabs as well, as
 * spreadsheets write them in much of the world, and lines may end in different ways: the parser
 * would take the first way for all, and lines that end otherwise for one.
 */
export function readCsvRows(written: string): Rows {
  const text = written.replace(/\r\n?/g, '\n');
  // The first of them in the header divides the columns.
  const delimiter = /[,;\t]/.exec(text.split('\n').find((line) => line.trim()) ?? '')?.[0] ?? ',';
  let parsed: Parsed[];
  try {
    parsed = parse(text, {
      delimiter,
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows: [], problems: [unreadable(text, delimiter, error)] };
  }
  const [header, ...records] = parsed;
  if (!header) return { rows: [], problems: [] };
  const columns = header.record.map(readKey);
  if (columns.every(({ kind }) => kind === 'extra')) {
    const position = positionsOf(header, delimiter)[0] ?? { line: 1, column: 1 };
    const message = 'has no header row: none of its columns is known.';
    const fix = 'Name the columns in the first line, for example name,service,schema.';
    return { rows: [], problems: [{ position, message, fix }] };
  }
  const problems = checkHeader(header, columns, delimiter);
  const rows: Row[] = [];
  for (const one of records) {
    const row = readRow(one, header.record, columns, delimiter);
    if ('cells' in row) rows.push(row);
    else problems.push(row);
  }
  return { rows, problems };
}

function checkHeader({ record, ...rest }: Parsed, columns: NamedKey[], delimiter: string): Fault[] {
  const positions = positionsOf({ record, ...rest }, delimiter);
  const identities = columns.map((column, index) =>
    column.kind === 'known' ? column.key : `"${record[index]}"`,
  );
  return columns.flatMap((column, index): Fault[] => {
    const position = positions[index] ?? { line: 1, column: 1 };
    const name = record[index] ?? '';
    if (column.kind === 'wrong') {
      return [{ position, key: quoted(name), message: column.message, fix: column.fix }];
    }
    if (!name || identities.indexOf(identities[index] ?? '') === index) return [];
    const key = column.kind === 'known' ? column.key : quoted(name);
    return [{ position, key, message: 'is a column already.', fix: 'Keep one of them.' }];
  });
}

function readRow(
  parsed: Parsed,
  names: string[],
  columns: NamedKey[],
  delimiter: string,
): Row | Fault {
  const { record } = parsed;
  const positions = positionsOf(parsed, delimiter);
  const position = { line: positions[0]?.line ?? 1, column: 1 };
  if (record.length !== names.length) {
    return {
      position,
      message: `has ${record.length} values; the header has ${names.length}.`,
      fix: 'Write one value for each column, also for those without a value, and put a value with a comma in it in double quotes.',
    };
  }
  const row: Row = { position, cells: new Map(), extra: new Map() };
  for (const [index, value] of record.entries()) {
    const column = columns[index];
    const name = names[index] ?? '';
    const cell: Cell = { value: value || null, position: positions[index] ?? position };
    // A misspelled column has been reported; it is taken as meant, so that its values are checked.
    if (column && column.kind !== 'extra') {
      if (column.key) row.cells.set(column.key, cell);
    } else if (name) row.extra.set(name, value);
    else if (value) {
      const fix = 'Name the column in the header, or remove its values.';
      return { position: cell.position, message: 'is in a column without a name.', fix };
    }
  }
  return row;
}

/** The position of each cell of a record. */
function positionsOf({ raw, info }: Parsed, delimiter: string): Position[] {
  const written = raw.trimEnd();
  const first = info.lines - written.split('\n').length + 1;
  return startsOf(raw, delimiter).map((offset) => {
    const { line, column } = positionOf(raw, offset);
    return { line: first + line - 1, column };
  });
}

/** The offset at which each cell starts, the blanks before it left out. */
function startsOf(text: string, delimiter: string): number[] {
  const starts: number[] = [];
  let expecting = true;
  let inQuotes = false;
  for (let offset = 0; offset < text.length; offset++) {
    const character = text.charAt(offset);
    const divides = character === delimiter && !inQuotes;
    if (expecting && (divides || character.trim())) {
      starts.push(offset);
      expecting = false;
    }
    // A doubled quote ends and begins at once.
    if (character === '"') inQuotes = !inQuotes;
    if (divides) expecting = true;
  }
  return expecting ? [...starts, text.length] : starts;
}

function unreadable(text: string, delimiter: string, error: CsvError): Fault {
  return {
    position: positionOf(text, faultIn(text, delimiter, error)),
    // The parser's own words may quote the text, which can hold a secret.
    message: `isn't CSV (${error.code.replace(/^CSV_/, '').toLowerCase().replaceAll('_', ' ')}).`,
    fix: 'Write a value that has a comma, a quote or a line break in it in double quotes, and each quote within it twice.',
  };
}

/** The offset of the cell that can't be read. */
function faultIn(text: string, delimiter: string, error: CsvError): number {
  // A quote that is never closed takes all that follows into its cell, which so is the last one.
  const lines = text.replaceAll('\n', delimiter);
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return startsOf(lines, delimiter).at(-1) ?? 0;
  const { bytes_records: good = 0, column = 0 } = error as Partial<Record<string, number>>;
  const read = Buffer.from(text).subarray(0, good).toString().length;
  return read + (startsOf(text.slice(read), delimiter)[column] ?? 0);
}
