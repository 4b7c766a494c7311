/** Where in a text something stands; lines and columns count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** One value of a row, and where it stands. */
export interface Cell {
  value: unknown;
  position: Position;
}

/** One entry of a list of requests, not checked yet. */
export interface Row {
  position: Position;
  cells: Map<string, Cell>;
}

/** Something wrong with how a list is written. */
export interface Fault {
  position: Position;
  /** What it is about, where that isn't the position as a whole. */
  key?: string;
  message: string;
  fix: string;
}

/** What reads a text into rows. Where that can't be done it says what is wrong, and where. */
export interface Rows {
  rows: Row[];
  problems: Fault[];
}

/** Line and column of an offset in a text. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
