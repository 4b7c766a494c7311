import type { Position } from '../../model/position.ts';
import type { Key } from './keys.ts';

/** One value of a row, and its position. */
export interface Cell {
  value: unknown;
  position: Position;
}

/** One entry of a list of requests, not checked yet. */
export interface Row {
  position: Position;
  /** By what they are of a request. */
  cells: Map<Key, Cell>;
  /** What is passed on as it is, by the author's own names. */
  extra: Map<string, unknown>;
}

/** Something wrong with how a list is written. */
export interface Fault {
  /** Absent where there is no text to have one. */
  position?: Position;
  /** What it is about, where that isn't the position as a whole. */
  key?: string;
  message: string;
  fix: string;
}

/** The rows of a text, and what is wrong with how they are written. */
export interface Rows {
  rows: Row[];
  problems: Fault[];
}

/** Line and column of an offset in a text. */
export function positionOf(text: string, offset: number): Position {
  return positionsIn(text)(offset);
}

/** The same for many offsets in one text, whose lines are looked for once. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
    starts.push(end + 1);
  }
  return (offset) => {
    // Between the two characters of a line's end there is no column.
    const isWithinEnd = offset > 0 && text.startsWith('\r\n', offset - 1);
    const at = isWithinEnd ? offset - 1 : Math.min(offset, text.length);
    let line = 0;
    for (let high = starts.length; high - line > 1; ) {
      const middle = (line + high) >> 1;
      if ((starts[middle] as number) <= at) line = middle;
      else high = middle;
    }
    return { line: line + 1, column: at - (starts[line] as number) + 1 };
  };
}
