import type { FaultName } from './faults.ts';
import type { Duplicates } from './world.ts';

/** One fault at one request of an operation. */
export interface Case {
  operation: string;
  duplicates: Duplicates;
  /** The request that is struck, by its number in a run without a fault, from 1 on. */
  request: number;
  /** What that asks for. */
  what: string;
  fault: FaultName;
  /** Whether only that request is struck, or every one that asks for the same. */
  times: 'once' | 'always';
}

/** A case as one word of a command line, and the other way round. */
export function nameOf({ operation, duplicates, request, fault, times }: Case): string {
  return [operation, duplicates, request, fault, times].join(' / ');
}
