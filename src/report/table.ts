/** A column of a table: its title, and the Markdown of its cells, empty where nothing is known. */
export interface Column<Row> {
  title: string;
  isNumber?: true;
  cell(row: Row): string;
}

/** A table in Markdown, as its parts. */
export interface Table {
  /** What is the same in all rows, by its column's title; it stands in no row. */
  shared: ReadonlyMap<string, string>;
  /** The header row, and the line below it. */
  head: string[];
  rows: string[];
}

/** Lays out rows. A column without values is left out; what all of several rows share is set apart. */
export function tableOf<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[]): Table {
  const shared = new Map<string, string>();
  const shown: Array<Column<Row> & { cells: string[] }> = [];
  for (const column of columns) {
    const cells = rows.map((row) => column.cell(row));
    const [first = ''] = cells;
    const isSame = cells.every((cell) => cell === first);
    if (!isSame || (first && rows.length === 1)) shown.push({ ...column, cells });
    else if (first) shared.set(column.title, first);
  }
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = [
    line(shown.map(({ title }) => title)),
    line(shown.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
  ];
  return {
    shared,
    head: shown.length > 0 ? head : [],
    rows:
      shown.length > 0 ? rows.map((_, at) => line(shown.map(({ cells }) => cells[at] ?? ''))) : [],
  };
}
