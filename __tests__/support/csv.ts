/**
 * Reads CSV (RFC 4180) in the plainest way, to compare with: a row ends with any line break outside of
 * quotes, blanks around a value are no part of it, and rows without values count for nothing.
 * @returns undefined where a quote stands anywhere but around a value
 */
export function plainCsv(text: string, delimiter: string): string[][] | undefined {
  const lines = text.replace(/\r\n?/g, '\n');
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at <= lines.length; at++) {
    const end = (index: number) =>
      index >= lines.length || `${delimiter}\n`.includes(lines.charAt(index));
    while (!end(at) && lines.charAt(at).trim() === '') at++;
    let value = '';
    if (lines.charAt(at) === '"') {
      for (at++; lines.charAt(at) !== '"' || lines.charAt(at + 1) === '"'; at++) {
        if (at >= lines.length) return undefined;
        if (lines.charAt(at) === '"') at++;
        value += lines.charAt(at);
      }
      for (at++; !end(at); at++) if (lines.charAt(at).trim() !== '') return undefined;
    } else {
      for (; !end(at); at++) value += lines.charAt(at);
      if (value.includes('"')) return undefined;
    }
    row.push(value);
    if (lines.charAt(at) === delimiter) continue;
    if (row.some((one) => one.trim() !== '')) rows.push(row.map((one) => one.trim()));
    row = [];
  }
  return rows;
}
