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
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
