import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import { isKey, quoted, unknownKey } from './keys.ts';
import type { Cell, Fault, Place, Rows } from './place.ts';

const FIX =
  'Write a list of mappings, such as "- service: google_ads", or the path of a .yml, .yaml, .json or .csv file.';

/** Reads a YAML or JSON list of mappings; JSON is YAML. */
export function readYamlRows(text: string): Rows {
  const counter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: counter });
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const placeOf = (node: unknown) => placeAt((node as Node | null)?.range?.[0] ?? 0);
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, code }) => ({
      place: placeAt(pos[0]),
      // The parser's own words may quote the text, which can hold a secret.
      message: `can't be read as YAML or JSON (${code.toLowerCase().replaceAll('_', ' ')}).`,
      fix: FIX,
    }));
    return { rows: [], problems };
  }
  const list = document.contents;
  if (!list || (isScalar(list) && list.value === null)) return { rows: [], problems: [] };
  if (!isSeq(list)) {
    return { rows: [], problems: [{ place: placeOf(list), message: "isn't a list.", fix: FIX }] };
  }
  const read: Rows = { rows: [], problems: [] };
  for (const item of list.items) {
    const place = placeOf(item);
    const entry = isAlias(item) ? item.resolve(document) : item;
    if (!isMap(entry)) {
      read.problems.push({ place, message: "isn't a mapping.", fix: FIX });
      continue;
    }
    const cells = new Map<string, Cell>();
    for (const pair of entry.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : '';
      const cell = readCell(pair, document, placeOf);
      if (!isKey(name)) {
        const key = quoted(name);
        read.problems.push({ place: placeOf(pair.key), key, ...unknownKey(name) });
      } else if ('message' in cell) read.problems.push({ ...cell, key: name });
      else cells.set(name, cell);
    }
    read.rows.push({ place, cells });
  }
  return read;
}

function readCell(
  { key, value }: Pair,
  document: Document,
  placeOf: (node: unknown) => Place,
): Cell | Fault {
  const place = placeOf(value ?? key);
  // Numbers as they are written: an id may begin with a zero.
  if (isScalar(value) && typeof value.value === 'number') {
    return { place, value: value.source ?? String(value.value) };
  }
  try {
    return { place, value: (value as Node | null)?.toJS(document) ?? null };
  } catch {
    // An alias that can't be resolved, or multiplies without end.
    return { place, message: "can't be resolved.", fix: 'Write it out.' };
  }
}
