import { CsvError, parse } from 'csv-parse/sync';
import { isKey, quoted, unknownKey } from './keys.ts';
import {
  type Cell,
  type Fault,
  type Position,
  positionOf,
  type Row,
  type Rows,
} from './position.ts';

interface Parsed {
  record: string[];
  /** The record as it is written. */
  raw: string;
  /** Up to and with this record. */
  info: { lines: number };
}

/**
 * Reads CSV with a header row (RFC 4180), its lines ended in either way. Semicolons and tabs between
 * the columns will do, as spreadsheets write them in much of the world.
 */
export function readCsvRows(text: string): Rows {
  // No name of a column has one of these in it, so that the header tells.
  const delimiter =
    /[,;\t]/.exec(text.split(/\r?\n/).find((line) => line.trim()) ?? '')?.[0] ?? ',';
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
  const problems = checkHeader(header, delimiter);
  const rows: Row[] = [];
  for (const one of records) {
    const row = readRow(one, header.record, delimiter);
    if ('cells' in row) rows.push(row);
    else problems.push(row);
  }
  return { rows, problems };
}

function checkHeader(header: Parsed, delimiter: string): Fault[] {
  const positions = positionsOf(header, delimiter);
  const at = (index: number): Position => positions[index] ?? { line: 1, column: 1 };
  if (!header.record.some(isKey)) {
    const fix = 'Name the columns in the first line, for example name,service,schema.';
    return [{ position: at(0), message: 'has no header row.', fix }];
  }
  return header.record.flatMap((name, index): Fault[] => {
    const position = at(index);
    if (!isKey(name)) return [{ position, key: quoted(name), ...unknownKey(name) }];
    if (header.record.indexOf(name) === index) return [];
    return [{ position, key: name, message: 'is a column already.', fix: 'Keep one of them.' }];
  });
}

function readRow(parsed: Parsed, names: string[], delimiter: string): Row | Fault {
  const { record } = parsed;
  const positions = positionsOf(parsed, delimiter);
  const position = { line: positions[0]?.line ?? 1, column: 1 };
  if (record.length !== names.length) {
    return {
      position,
      message: `has ${record.length} values; the header has ${names.length}.`,
      fix: 'Write one value for each column, empty ones too, and put a value with a comma in it in double quotes.',
    };
  }
  const cells = record.flatMap((value, index): Array<[string, Cell]> => {
    const name = names[index] ?? '';
    // What is wrong with a column has been said of the header.
    return isKey(name)
      ? [[name, { value: value || null, position: positions[index] ?? position }]]
      : [];
  });
  return { position, cells: new Map(cells) };
}

/** Where each cell of a record stands. */
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
