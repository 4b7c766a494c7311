import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Cell, Place, Row, Rows } from './place.ts';

/** Reads a YAML or JSON list of mappings; JSON is YAML. */
export function readYamlRows(text: string): Rows {
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const placeOf = (node: { range?: Node['range'] } | null | undefined): Place => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    return { line, column: col };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      // The parser's own words may quote the text, which can hold a secret.
      const what = error.code.toLowerCase().replaceAll('_', ' ');
      return {
        place: { line, column: col },
        message: `can't be read as YAML or JSON (${what}).`,
        fix: 'Write a list of mappings.',
      };
    });
    return { rows: [], problems };
  }
  const list = document.contents;
  const rows: Row[] = [];
  const problems: Rows['problems'] = [];
  const fix = 'Write a list of mappings, such as "- service: google_ads".';
  if (!isSeq(list)) {
    return { rows, problems: [{ place: placeOf(list), message: "isn't a list.", fix }] };
  }
  for (const item of list.items) {
    const place = placeOf(item as Node);
    if (!isMap(item)) {
      problems.push({ place, message: "isn't a mapping.", fix });
      continue;
    }
    const cells = new Map<string, Cell>();
    for (const { key, value } of item.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const node = (value ?? key) as Node;
      // An alias that can't be resolved, or multiplies without end, throws.
      let content: unknown;
      try {
        content = (value as Node | null)?.toJS(document) ?? null;
      } catch {
        problems.push({ place: placeOf(node), message: "can't be resolved.", fix });
      }
      cells.set(name, { value: content, place: placeOf(node) });
    }
    rows.push({ place, cells });
  }
  return { rows, problems };
}
