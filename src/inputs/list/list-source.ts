import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { ListPosition, Position } from '../../model/position.ts';
import type { Fault, Rows } from './position.ts';

/** Where a list of requests comes from. */
export type Source = Pick<ListPosition, 'path' | 'file'>;

/**
 * Reads the rows of a list: inline YAML or JSON, or a file of either or of CSV.
 * @param folder the workspace, to which a path is relative
 */
export async function readSource(text: string, folder: string): Promise<Rows & { source: Source }> {
  const path = pathIn(text);
  if (path === undefined) return { source: {}, ...(await readYaml(text)) };
  const bytes = await readBytes(path, folder);
  if ('message' in bytes) return { source: { path }, rows: [], problems: [bytes] };
  const file = fileWithin(folder, path);
  const source = { path, ...(file !== undefined && { file }) };
  return { source, ...(await readRows(bytes, path)) };
}

async function readYaml(text: string): Promise<Rows> {
  return (await import('./rows-yaml.ts')).readYamlRows(text);
}

async function readRows(bytes: Buffer, path: string): Promise<Rows> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const position = firstForeign(bytes);
    return {
      rows: [],
      problems: [{ position, message: "isn't UTF-8.", fix: 'Save it as UTF-8.' }],
    };
  }
  if (extname(path).toLowerCase() !== '.csv') return readYaml(text);
  return (await import('./rows-csv.ts')).readCsvRows(text);
}

/** The path that an input is, if it isn't the list itself: one line with the ending of a file. */
function pathIn(text: string): string | undefined {
  const line = text.trim();
  const isPath = /\.(ya?ml|json|csv)$/i.test(line) && !/\n|^(- |[[{])/.test(line);
  return isPath ? line : undefined;
}

/** A file's path as GitHub's annotations have it; undefined for one outside of the workspace. */
function fileWithin(folder: string, path: string): string | undefined {
  const file = relative(folder, resolve(folder, path)).replaceAll(sep, '/');
  return isAbsolute(file) || file.startsWith('../') ? undefined : file;
}

async function readBytes(path: string, folder: string): Promise<Buffer | Fault> {
  const whole = resolve(folder, path);
  try {
    return await readFile(whole);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? {
          message: `doesn't exist: no file ${whole} was found.`,
          fix: 'Check the path, which is relative to the workspace, and that an earlier step checks out the repository or writes the file.',
        }
      : {
          message: `can't be read (${code}).`,
          fix: 'Check that it is a file, and that the runner may read it.',
        };
  }
}

/** The position of the first bytes that aren't UTF-8. */
function firstForeign(bytes: Buffer): Position {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let from = 0; from <= bytes.length; line++) {
    const end = bytes.indexOf(10, from);
    const part = bytes.subarray(from, end < 0 ? bytes.length : end);
    try {
      strict.decode(part);
    } catch {
      return { line, column: part.toString().indexOf('\uFFFD') + 1 };
    }
    from = end < 0 ? bytes.length + 1 : end + 1;
  }
  return { line, column: 1 };
}
