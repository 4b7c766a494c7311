import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import type { Position } from '../../model/position.ts';
import { quoted, readKey } from './keys.ts';
import { type Cell, type Fault, positionsIn, type Row, type Rows } from './position.ts';

const FIX =
  'Write a list of mappings, such as "- service: google_ads", or the path of a .yml, .yaml, .json or .csv file.';

/** Reads a YAML or JSON list of mappings; JSON is YAML. */
export function readYamlRows(text: string): Rows {
  const document = parseDocument(text, {
    prettyErrors: false,
    // Its warnings, printed on standard error, would quote the text.
    logLevel: 'error',
  });
  // The parser's own counter misses lines: that of a directive between entries, for example.
  const positionAt = positionsIn(text);
  const positionOf = (node: unknown) => positionAt((node as Node | null)?.range?.[0] ?? 0);
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, code }) => ({
      position: positionAt(pos[0]),
      // The parser's own words may quote the text, which can hold a secret.
      message: `can't be read as YAML or JSON (${code.toLowerCase().replaceAll('_', ' ')}).`,
      fix: FIX,
    }));
    return { rows: [], problems };
  }
  const list = document.contents;
  if (!list || (isScalar(list) && list.value === null)) return { rows: [], problems: [] };
  if (!isSeq(list)) {
    return {
      rows: [],
      problems: [{ position: positionOf(list), message: "isn't a list.", fix: FIX }],
    };
  }
  const read: Rows = { rows: [], problems: [] };
  for (const item of list.items) {
    const position = positionOf(item);
    const entry = isAlias(item) ? item.resolve(document) : item;
    if (!isMap(entry)) {
      read.problems.push({ position, message: "isn't a mapping.", fix: FIX });
      continue;
    }
    const row: Row = { position, cells: new Map(), extra: new Map() };
    for (const pair of entry.items) {
      const fault = readPair(pair, row, document, positionOf);
      if (fault) read.problems.push(fault);
    }
    read.rows.push(row);
  }
  return read;
}

const TWICE = { message: 'appears twice.', fix: 'Keep one of them.' };

/** Puts a pair into its row; what is wrong with it, if anything is. */
function readPair(
  pair: Pair,
  row: Row,
  document: Document,
  positionOf: (node: unknown) => Position,
): Fault | undefined {
  const position = positionOf(pair.key);
  if (!isScalar(pair.key) || pair.key.value === null) {
    return { position, message: 'is a key that is no text.', fix: 'Write a single name.' };
  }
  const name = String(pair.key.value);
  if (name === '<<') {
    const message = "isn't supported: it would merge another mapping into this one.";
    return { position, key: quoted(name), message, fix: 'Write the keys out.' };
  }
  const cell = readCell(pair, document, positionOf);
  const column = readKey(name);
  if ('message' in cell) return { ...cell, key: column.kind === 'known' ? name : quoted(name) };
  if (column.kind === 'extra') {
    if (row.extra.has(name)) return { position, key: quoted(name), ...TWICE };
    row.extra.set(name, cell.value);
    return undefined;
  }
  const { key } = column;
  const known = key !== undefined && row.cells.has(key);
  // A misspelled key is reported and taken as meant, so that its value is checked.
  if (key && !known) row.cells.set(key, cell);
  if (column.kind === 'wrong') {
    return { position, key: quoted(name), message: column.message, fix: column.fix };
  }
  if (!known) return undefined;
  return { position, key, ...TWICE };
}

function readCell(
  { key, value: written }: Pair,
  document: Document,
  positionOf: (node: unknown) => Position,
): Cell | Fault {
  const position = positionOf(written ?? key);
  const value = isAlias(written) ? (written.resolve(document) ?? written) : written;
  // Numbers as they are written: an id may begin with a zero.
  if (isScalar(value) && typeof value.value === 'number') {
    return { position, value: value.source ?? String(value.value) };
  }
  try {
    return { position, value: (value as Node | null)?.toJS(document) ?? null };
  } catch {
    // An alias that can't be resolved, or multiplies without end.
    return { position, message: "can't be resolved.", fix: 'Write it out.' };
  }
}
