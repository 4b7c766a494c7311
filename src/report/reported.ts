import type { LinkResult } from '../model/link.ts';
import type { ListPosition } from '../model/position.ts';
import { resultJson } from './results.ts';

/** One result of a run, with what people find its request by. */
export interface Reported {
  result: LinkResult;
  /** Its request's number in the run, from 1. */
  number: number;
  /** Where its request stands in a list; undefined for one that isn't from a list. */
  position: ListPosition | undefined;
}

/** The results of a run, with the positions of their requests, if those are from a list. */
export function asReported(
  results: readonly LinkResult[],
  positions: ReadonlyArray<ListPosition | undefined> = [],
): Reported[] {
  return results.map((result, at) => ({ result, number: at + 1, position: positions[at] }));
}

/** What a failure calls the request that it is about: `Customer 7 (customers.csv:8)`. */
export function requestName({ result, number, position }: Reported): string {
  const { name, service_name, connection_name, schema } = resultJson(result);
  if (position) {
    const { path, line } = position;
    return `${name ?? `Request ${number}`}${path === undefined ? '' : ` (${path}:${line})`}`;
  }
  const connection = connection_name ?? schema;
  const described = service_name && connection ? `${service_name} as ${connection}` : connection;
  return name ?? described ?? service_name ?? `Request ${number}`;
}
