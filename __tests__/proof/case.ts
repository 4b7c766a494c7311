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

/** Two faults, in one run of an operation or in two that follow each other. */
export interface Pair extends Pick<Case, 'operation' | 'duplicates'> {
  strikes: readonly Strike[];
}

/** One of them. */
export interface Strike {
  run: number;
  /** The request that is struck, by its number in that run; there may be none. */
  request: number;
  fault: FaultName;
}

/** A fault that has struck a request. */
export type Struck = Omit<Case, 'request' | 'times'>;

/** A case as one word of a command line, and the other way round. */
export function nameOf({ operation, duplicates, request, fault, times }: Case): string {
  return [operation, duplicates, request, fault, times].join(' / ');
}

/** A pair as one word of a command line. */
export function nameOfPair({ operation, duplicates, strikes }: Pair): string {
  const each = strikes.map(({ run, request, fault }) => `${run}.${request} ${fault}`);
  return [operation, duplicates, ...each].join(' / ');
}

/** The pair of that name. */
export function pairNamed(name: string): Pair {
  const [operation = '', duplicates = 'accept', ...each] = name.split(' / ');
  const strikes = each.map((one) => {
    const [, run, request, fault] = /^(\d+)\.(\d+) (.+)$/.exec(one) ?? [];
    return { run: Number(run), request: Number(request), fault: fault as FaultName };
  });
  return { operation, duplicates: duplicates as Duplicates, strikes };
}
