import { connectionName } from '../model/connection.ts';
import type { DryRunRequest, LinkResult } from '../model/link.ts';

/** More lines than these nobody reads in a log. */
const MOST_LINES = 50;
const MOST_NAMES = 5;

/**
 * What a dry run of many requests holds back, in few lines: similar ones together, by what they
 * create, their service and their group.
 */
export function dryRunMany(results: readonly LinkResult[]): string[] {
  const kinds = new Map<string, string[]>();
  for (const result of results) {
    if (result.outcome !== 'dry-run') continue;
    const [kind, name] = kindOf(result);
    const names = kinds.get(kind) ?? [];
    names.push(name);
    kinds.set(kind, names);
  }
  const lines = [...kinds].map(([kind, names]) => `${names.length} × ${kind}: ${some(names)}`);
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `and ${more} more kinds`] : lines;
}

/** The first held-back request of each kind, as an example of the others. */
export function firstRequests(results: readonly LinkResult[]): DryRunRequest[] {
  const examples = new Map<boolean, DryRunRequest>();
  for (const result of results) {
    if (result.outcome !== 'dry-run' || !result.wouldSend) continue;
    // A request for a card is for a connection that exists.
    const isCard = result.connection !== undefined;
    if (!examples.has(isCard)) examples.set(isCard, result.wouldSend);
  }
  return [...examples.values()];
}

function kindOf({ connection, target }: LinkResult): [string, string] {
  if (connection) {
    const { service, groupId, name, id } = connection;
    return [`a card for an existing ${service} in group ${groupId}`, `${name} (${id})`];
  }
  const { service, groupId, schema = '', table } = target;
  const name = connectionName({ schema, ...(table !== undefined && { table }) });
  return [`a new connection of ${service} in group ${groupId}`, name];
}

function some(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
