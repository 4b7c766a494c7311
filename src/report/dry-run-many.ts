import { connectionName } from '../model/connection.ts';
import type { LinkRequest, LinkResult } from '../model/link.ts';

/** What anybody reads in a log. */
const MOST_LINES = 50;
const MOST_NAMES = 5;

/**
 * What a dry run of many requests holds back, in few lines: alike ones together, by what they are,
 * their service and their group.
 */
export function dryRunMany(
  requests: readonly LinkRequest[],
  results: readonly LinkResult[],
): string[] {
  const kinds = new Map<string, string[]>();
  for (const [index, request] of requests.entries()) {
    const result = results[index];
    if (result?.outcome !== 'dry-run') continue;
    const [kind, name] = kindOf(request, result);
    const names = kinds.get(kind) ?? [];
    names.push(name);
    kinds.set(kind, names);
  }
  const lines = [...kinds].map(([kind, names]) => `${names.length} × ${kind}: ${some(names)}`);
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `and ${more} more kinds`] : lines;
}

function kindOf(request: LinkRequest, { connection }: LinkResult): [string, string] {
  if (connection) {
    const { service, groupId, name, id } = connection;
    return [`a card for ${service} that is there in group ${groupId}`, `${name} (${id})`];
  }
  if (request.kind === 'existing') return ['a card', request.connectionId];
  const { service, groupId } = request.connection;
  return [`a new connection of ${service} in group ${groupId}`, connectionName(request.connection)];
}

function some(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
