/**
 * Writes what actionlint can't read where it is into a folder, as workflows: every YAML block of the
 * documents, completed where it is a part of a workflow, and the examples that use files beside them.
 *
 *     node scripts/snippets.ts FOLDER
 */
import { globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { asWorkflow, type Kind, kindOf } from './snippets/complete.ts';
import { copyExample } from './snippets/example-files.ts';
import { yamlBlocksIn } from './snippets/markdown.ts';

const ROOT = join(import.meta.dirname, '..');

/** A block of YAML in a document. */
export interface Snippet {
  /** The document and the line, to find it again. */
  place: string;
  text: string;
  /** What it is a part of; undefined where it isn't known. */
  kind: Kind | undefined;
  /** It as a workflow of its own; undefined for what is no part of one. */
  workflow: string | undefined;
}

/** The project's documents, by their paths from its root. */
export function documents(): string[] {
  const patterns = ['*.md', 'docs/**/*.md', 'examples/**/*.md', '.github/**/*.md'];
  return globSync(patterns, { cwd: ROOT }).sort();
}

/**
 * The blocks of YAML in a document, except for those that it calls something else.
 * @param inputs the names of this action's inputs
 * @throws for a block that is no YAML
 */
export function snippetsIn(path: string, markdown: string, inputs: readonly string[]): Snippet[] {
  return yamlBlocksIn(markdown).flatMap(({ line, text, isOther }) => {
    if (isOther) return [];
    const place = `${path}:${line}`;
    try {
      const kind = kindOf(text, inputs);
      return { place, text, kind, workflow: kind && asWorkflow(kind, text) };
    } catch (error) {
      throw new Error(`${place}: ${(error as Error).message}`, { cause: error });
    }
  });
}

/**
 * Writes a block of a document into a repository as a workflow, and the document's list of customers
 * beside it.
 * @param block words that only this block has, and the event that starts it if it doesn't say that itself
 * @returns the path of the workflow
 * @throws where no block, or none that can be a workflow, has these words
 */
export async function copySnippet(
  document: string,
  { words, event }: { words: string; event: string },
  repository: string,
): Promise<string> {
  const markdown = await readFile(join(ROOT, document), 'utf8');
  const found = snippetsIn(document, markdown, await inputNames());
  const [snippet, ...more] = found.filter(({ text }) => text.includes(words));
  if (!snippet?.workflow || more.length > 0) {
    throw new Error(`${document} should have one workflow with «${words}».`);
  }
  const path = join(repository, '.github/workflows/snippet.yml');
  const starts = /^on:/m.test(snippet.text);
  await write(
    path,
    starts ? snippet.workflow : snippet.workflow.replace(/^on: .*/m, `on: ${event}`),
  );
  const list = /```csv\n(.*?)```/s.exec(markdown)?.[1];
  if (list) await write(join(repository, 'customers.csv'), list);
  return path;
}

/** The names of this action's inputs. */
export async function inputNames(): Promise<string[]> {
  return Object.keys(parse(await readFile(join(ROOT, 'action.yml'), 'utf8')).inputs);
}

async function main(folder: string): Promise<void> {
  const inputs = await inputNames();
  for (const path of documents()) {
    for (const snippet of snippetsIn(path, await readFile(join(ROOT, path), 'utf8'), inputs)) {
      if (snippet.workflow) {
        const name = snippet.place.replaceAll(/[/:]/g, '-');
        await write(join(folder, 'documents', `${name}.yml`), snippet.workflow);
      }
    }
  }
  for (const workflow of globSync('*/*.yml', { cwd: join(ROOT, 'examples') })) {
    const repository = join(folder, dirname(workflow));
    await copyExample(workflow, repository);
    // By this, actionlint knows a repository.
    await mkdir(join(repository, '.git'), { recursive: true });
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

if (import.meta.main) {
  const [, , folder] = process.argv;
  if (!folder) {
    console.error('Which folder? node scripts/snippets.ts FOLDER');
    process.exitCode = 1;
  } else {
    await main(folder);
  }
}
