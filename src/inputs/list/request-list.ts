import { connectionName } from '../../model/connection.ts';
import type { Problem, Warning } from '../../model/errors.ts';
import type { LinkRequest } from '../../model/link.ts';
import type { Position } from '../../model/position.ts';
import { checkRequest } from '../check-request.ts';
import type { Fields } from '../fields.ts';
import { readEntry } from './entry.ts';
import { ListProblems } from './list-problems.ts';
import { readSource } from './list-source.ts';

export interface RequestList {
  requests: LinkRequest[];
  problems: Problem[];
  warnings: Warning[];
}

/**
 * Reads the input `requests`: a YAML or JSON list, or the path of a file with one, or with CSV.
 * What an entry leaves out comes from the inputs. All problems are found before anything is sent.
 * @param folder the workspace, to which a path is relative
 */
export async function readRequestList(
  text: string,
  inputs: Fields,
  folder: string,
): Promise<RequestList> {
  const { source, rows, problems } = await readSource(text, folder);
  const listed = new ListProblems(source, inputs);
  for (const fault of problems) listed.fault(fault);
  if (rows.length === 0 && problems.length === 0) {
    const position = { line: 1, column: 1 };
    listed.fault({ position, message: 'is empty.', fix: 'Write at least one entry.' });
  }
  const requests: LinkRequest[] = [];
  const seen = new Map<string, Position>();
  for (const row of rows) {
    const entry = await readEntry(row, inputs, (fault) => listed.fault(fault));
    const request = checkRequest(entry.fields, {
      problem: (problem) => listed.problem(problem, entry),
      warning: (message) => listed.warning(message, row.position),
    });
    if (!request) continue;
    request.position = { ...source, ...row.position };
    if (entry.name) request.target.name = entry.name;
    if (entry.extra) request.target.extra = entry.extra;
    requests.push(request);
    for (const [what, which] of identities(request)) {
      const identity = JSON.stringify([what, which]);
      const before = seen.get(identity);
      if (before) {
        listed.fault({
          position: row.position,
          message: `has the same ${what} as line ${before.line}.`,
          fix: 'Keep one of them.',
        });
      } else seen.set(identity, row.position);
    }
  }
  return { requests, ...listed.all() };
}

/** What no two entries of a list may share, in words. */
function identities(request: LinkRequest): Array<[string, string]> {
  const { name } = request.target;
  const target: [string, string] =
    request.kind === 'existing'
      ? ['connection-id', request.connectionId]
      : ['connection', `${request.connection.groupId} ${connectionName(request.connection)}`];
  return name ? [target, ['name', name]] : [target];
}
