import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { readCommandLine } from '../sandbox/command-line.ts';
import { commentSample } from './comment-sample.ts';

const HELP = `Updates what documents quote, between their markers: README.md the tables of inputs and outputs from
action.yml, docs/onboarding.md the comment of an onboarded issue from the code.

  npm run docs              rewrites them
  npm run docs -- --check   only checks that they are up to date
`;

interface Entry {
  name: string;
  description: string;
  required: boolean;
  fallback: string;
}

interface Group {
  title: string;
  entries: Entry[];
}

/**
 * A document with the comment of an onboarded issue as a quote.
 * @throws Error where its marker is missing
 */
export function withComment(document: string): string {
  const quoted = commentSample()
    // GitHub breaks lines in comments, but not in documents.
    .replace(/^(\p{Extended_Pictographic}.*)$(?=\n\p{Extended_Pictographic})/gmu, '$1\\')
    .replace(/^/gm, '> ')
    .replace(/ +$/gm, '');
  return between(document, 'comment', quoted);
}

/**
 * The README with both tables as action.yml has them.
 * @throws Error where a marker is missing
 */
export function withTables(readme: string, actionYml: string): string {
  const action = parseDocument(actionYml, { stringKeys: true });
  const tables = {
    inputs: groupsOf(action.get('inputs')).map((group) =>
      table(
        group.title,
        ['Input', 'Default', 'What it is'],
        group.entries.map((entry) => [
          code(entry.name),
          entry.required ? 'required' : code(entry.fallback),
          entry.description,
        ]),
      ),
    ),
    outputs: groupsOf(action.get('outputs')).map((group) =>
      table(
        group.title,
        ['Output', 'What it is'],
        group.entries.map((entry) => [code(entry.name), entry.description]),
      ),
    ),
  };
  return Object.entries(tables).reduce(
    (text, [name, groups]) => between(text, name, groups.join('\n\n')),
    readme,
  );
}

/** A comment `# --- Title ---` in action.yml opens a group. */
function groupsOf(section: unknown): Group[] {
  if (!isMap(section)) return [];
  const groups: Group[] = [];
  for (const [index, pair] of section.items.entries()) {
    // A comment above the first key belongs to the map, every other one to its key.
    const above = isScalar(pair.key) ? pair.key.commentBefore : undefined;
    const title = titleIn(above ?? (index === 0 ? section.commentBefore : undefined));
    if (title !== undefined || groups.length === 0) {
      groups.push({ title: title ?? '', entries: [] });
    }
    groups.at(-1)?.entries.push(entryOf(String(pair.key), pair.value as YAMLMap));
  }
  return groups;
}

function titleIn(comment: string | null | undefined): string | undefined {
  return comment?.match(/^\s*-{2,}\s*(.+?)\s*-{2,}\s*$/m)?.[1];
}

function entryOf(name: string, value: YAMLMap): Entry {
  return {
    name,
    description: String(value.get('description') ?? ''),
    required: value.get('required') === true,
    fallback: String(value.get('default') ?? ''),
  };
}

function table(title: string, head: string[], rows: string[][]): string {
  const lines = [head, head.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map(cell).join(' | ')} |`,
  );
  return [...(title ? [`**${title}**`, ''] : []), ...lines].join('\n');
}

/** Text that stays in its cell: one line, no bare pipe. */
function cell(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|');
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

function between(document: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = document.indexOf(open);
  const end = document.indexOf(close, start);
  if (start < 0 || end < 0) {
    throw new Error(`There is no place for the ${name}: "${open}" and "${close}".`);
  }
  return `${document.slice(0, start + open.length)}\n\n${content}\n\n${document.slice(end)}`;
}

async function main(check: boolean): Promise<void> {
  const root = join(import.meta.dirname, '..');
  const action = await readFile(join(root, 'action.yml'), 'utf8');
  const documents = {
    'README.md': (text: string) => withTables(text, action),
    'docs/onboarding.md': withComment,
  };
  for (const [name, update] of Object.entries(documents)) {
    const text = await readFile(join(root, name), 'utf8');
    const wanted = update(text);
    if (wanted === text) continue;
    if (!check) {
      await writeFile(join(root, name), wanted);
      continue;
    }
    console.error(`${name} quotes an older action.yml or comment: run "npm run docs".`);
    process.exitCode = 1;
  }
}

if (import.meta.main) {
  try {
    const options = { check: { type: 'boolean', default: false } } as const;
    await main(readCommandLine({ options }, HELP).values.check);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
