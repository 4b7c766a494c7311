import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { LinkError, type Problem } from '../errors.ts';
import type { LinkRequest } from '../fivetran/link.ts';
import { connectionName } from '../fivetran/naming.ts';
import { isRecord } from '../http/transport.ts';
import { nearest } from '../nearest.ts';
import { checkRequest, type Fields } from './check.ts';
import { readMapping } from './mapping.ts';
import type { Place, Row, Rows } from './place.ts';

/** What an entry may say, and which field of a request it is. */
const KEYS = {
  name: 'name',
  'group-id': 'groupId',
  service: 'service',
  schema: 'schema',
  table: 'table',
  config: 'config',
  settings: 'settings',
  'connection-id': 'connectionId',
  'redirect-uri': 'redirectUri',
} as const;

/** More problems than these help nobody; how many more there are is said. */
const MOST_PROBLEMS = 100;

export interface RequestList {
  requests: LinkRequest[];
  problems: Problem[];
  warnings: string[];
}

/**
 * Reads the input `requests`: a YAML or JSON list, or the path of a file with one, or with CSV.
 * What an entry leaves out comes from the inputs.
 * @param folder to which a path is relative
 */
export async function readRequestList(
  text: string,
  inputs: Fields,
  folder: string,
): Promise<RequestList> {
  // Thousands of requests leave much behind that is soon forgotten. V8 would rather have more room
  // for that than clear it away; docs/performance.md has what it takes with and without.
  setFlagsFromString('--semi-space-growth-factor=1');
  const isPath = !text.includes('\n') && /\.(ya?ml|json|csv)$/i.test(text) && !/^[[{-]/.test(text);
  const source = isPath ? text : 'requests';
  const problems: Problem[] = [];
  const report = ({ line, column }: Place, message: string, fix: string, key?: string) => {
    const place = [source, line, column].filter((part) => part !== undefined).join(':');
    const input = key ? `${place}, ${key}` : place;
    problems.push({ code: 'bad-requests', input, message, fix });
  };
  const warnings = new Set<string>();

  const { rows, problems: unreadable } = await readRows(text, isPath ? text : undefined, folder);
  for (const { place, message, fix } of unreadable) report(place, message, fix);
  if (rows.length === 0 && problems.length === 0) {
    report({ line: 1 }, 'is empty.', 'Give at least one entry.');
  }
  const requests: LinkRequest[] = [];
  const seen = new Map<string, Place>();
  for (const row of rows) {
    const fields = await readFields(row, inputs, report);
    const request = checkRequest(fields, {
      problem: ({ input, message, fix }) => {
        const at = row.cells.get(input.split('.')[0] ?? '')?.place ?? row.place;
        report(at, message, fix, input);
      },
      warning: (message) => warnings.add(message),
    });
    if (!request) continue;
    if (fields.name) request.asked.name = fields.name;
    for (const key of identities(request)) {
      const before = seen.get(key);
      if (before)
        report(
          row.place,
          `is the same ${key.split(' ')[0]} as in line ${before.line}.`,
          'Keep one of them.',
        );
      else seen.set(key, row.place);
    }
    requests.push(request);
  }
  const more = problems.length - MOST_PROBLEMS;
  if (more > 0) {
    problems.splice(MOST_PROBLEMS);
    report({ line: 1 }, `has ${more} more problems.`, 'Mend these first.');
  }
  return { requests, problems, warnings: [...warnings] };
}

async function readRows(text: string, path: string | undefined, folder: string): Promise<Rows> {
  const content = path === undefined ? text : await readText(path, folder);
  if (path !== undefined && extname(path).toLowerCase() === '.csv') {
    const { readCsvRows } = await import('./rows-csv.ts');
    return readCsvRows(content);
  }
  const { readYamlRows } = await import('./rows-yaml.ts');
  return readYamlRows(content.replace(/^\uFEFF/, ''));
}

async function readText(path: string, folder: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      await readFile(resolve(folder, path)),
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new LinkError(
      'bad-requests',
      code === 'ENOENT'
        ? `There is no file ${path} in the workspace.`
        : `The file ${path} can't be read as UTF-8 (${code}).`,
      code === 'ENOENT'
        ? 'Check the path, which is relative to the workspace, and that actions/checkout ran before.'
        : 'Save it as UTF-8, and check that the runner may read it.',
      { cause: error },
    );
  }
}

type ReportAt = (place: Place, message: string, fix: string, key?: string) => void;

/** The fields of one entry, on top of what the inputs say. */
async function readFields(
  { cells, place }: Row,
  inputs: Fields,
  report: ReportAt,
): Promise<Fields & { name?: string }> {
  const fields: Fields & { name?: string } = { ...inputs };
  // An entry for a connection that exists has no use for what names a new one.
  if (cells.get('connection-id')?.value)
    Object.assign(fields, { service: '', schema: '', table: '' });
  for (const [key, cell] of cells) {
    if (!Object.hasOwn(KEYS, key)) {
      const [meant] = nearest(key, Object.keys(KEYS));
      report(
        cell.place,
        `isn't something that an entry has.`,
        meant ? `Did you mean ${meant}?` : `It may have ${Object.keys(KEYS).join(', ')}.`,
        JSON.stringify(key.slice(0, 40)),
      );
      continue;
    }
    const { value } = cell;
    if (value === null || value === undefined) continue;
    const field = KEYS[key as keyof typeof KEYS];
    if (field === 'config' || field === 'settings') {
      const mapping = await readMappingCell(key, cell, report);
      // Key by key: what an entry says goes before what the input says.
      if (mapping) fields[field] = { ...inputs[field], ...mapping };
    } else if (['string', 'number', 'boolean'].includes(typeof value)) {
      fields[field] = String(value).trim();
    } else {
      report(cell.place ?? place, 'is not a text.', 'Write a single value.', key);
    }
  }
  return fields;
}

async function readMappingCell(
  key: string,
  { value, place }: { value: unknown; place: Place },
  report: ReportAt,
): Promise<Record<string, unknown> | undefined> {
  if (isRecord(value)) return value;
  if (typeof value === 'string') {
    // A cell of CSV holds the mapping as a text.
    return readMapping(key, value, ({ message, fix }) => report(place, message, fix, key));
  }
  report(place, 'is not a mapping.', `Write ${key} as a mapping.`, key);
  return undefined;
}

/** What no two entries of a list may share, in words. */
function identities(request: LinkRequest): string[] {
  const { name } = request.asked;
  const target =
    request.kind === 'existing'
      ? `connection-id ${request.connectionId}`
      : `connection ${request.connection.groupId} ${connectionName(request.connection)}`;
  return name ? [target, `name ${name}`] : [target];
}
