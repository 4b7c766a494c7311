import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { Rows } from './position.ts';

/** Where a list of requests comes from, and what it says. */
export interface Source extends Rows {
  /** The file's path, or the input's name, as it stands in messages. */
  label: string;
}

/**
 * Reads the rows of a list: inline YAML or JSON, or a file of either or of CSV.
 * @param folder to which a path is relative
 */
export async function readSource(text: string, folder: string): Promise<Source> {
  const path = pathIn(text);
  const label = path ?? 'requests';
  const content = path === undefined ? text : await readText(path, folder);
  if (typeof content !== 'string') return { label, rows: [], problems: [content] };
  const rows =
    path && extname(path).toLowerCase() === '.csv'
      ? (await import('./rows-csv.ts')).readCsvRows(content)
      : (await import('./rows-yaml.ts')).readYamlRows(content);
  return { label, ...rows };
}

/** The path that an input is, if it isn't the list itself: one line with the ending of a file. */
function pathIn(text: string): string | undefined {
  const line = text.trim();
  const isPath = /\.(ya?ml|json|csv)$/i.test(line) && !/\n|^(- |[[{])/.test(line);
  return isPath ? line : undefined;
}

async function readText(path: string, folder: string): Promise<string | Rows['problems'][number]> {
  const whole = resolve(folder, path);
  const start = { line: 1, column: 1 };
  let bytes: Buffer;
  try {
    bytes = await readFile(whole);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? {
          position: start,
          message: `doesn't exist: no file ${whole} was found.`,
          fix: 'Check the path, which is relative to the workspace, and that an earlier step checks out the repository or writes the file.',
        }
      : {
          position: start,
          message: `can't be read (${code}).`,
          fix: 'Check that it is a file, and that the runner may read it.',
        };
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { position: firstForeign(bytes), message: "isn't UTF-8.", fix: 'Save it as UTF-8.' };
  }
}

/** The position of the first bytes that aren't UTF-8. */
function firstForeign(bytes: Buffer): { line: number; column: number } {
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
