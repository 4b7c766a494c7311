import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

const EXAMPLES = join(import.meta.dirname, '../../examples');

/**
 * Copies an example, with all files of its folder if it has one, to where they belong in a repository.
 * @returns the path of the workflow
 */
export async function copyExample(example: string, repository: string): Promise<string> {
  for (const name of await filesWith(example)) {
    const text = await readFile(join(EXAMPLES, name), 'utf8');
    const target = join(repository, placeOf(name, text));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  return join(repository, placeOf(example, await readFile(join(EXAMPLES, example), 'utf8')));
}

/** An example's files: all of its folder; one without a folder may use the list that lies beside it. */
async function filesWith(example: string): Promise<string[]> {
  const folder = dirname(example);
  if (folder === '.') return [example, 'customers.csv'];
  const entries = await readdir(join(EXAMPLES, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(EXAMPLES, join(parentPath, name)));
}

/**
 * Where in a repository a file of `examples/` belongs: where it says itself, or else among the
 * workflows.
 * @param name its path within `examples/`
 */
export function placeOf(name: string, text: string): string {
  const said = /^# Copy (?:this|this file) to (\S+?)[.,:]?(?:\s|$)/m.exec(text)?.[1];
  if (said) return said;
  if (/^jobs:/m.test(text)) return `.github/workflows/${name.replaceAll('/', '-')}`;
  // Lists are named by their path: here, or in the folder's own repository.
  return name.includes('/') ? name.split('/').slice(1).join('/') : `examples/${name}`;
}
