import { createHash } from 'node:crypto';
import { type Change, changesOf } from './operators.ts';
import { child, childrenOf, type Node, treeOf } from './tree.ts';

/** One change of one place of one file. */
export interface Mutant extends Change {
  /** Stays the same while the line's text does, wherever the line moves. */
  id: string;
  /** Path below `src`. */
  file: string;
  line: number;
  /** The text of the line in which the place begins. */
  text: string;
  /** What changes, and into what. */
  change: string;
  start: number;
  end: number;
  isStatement: boolean;
  /** Whether it takes effect while its file is loaded, not when something is called. */
  isStatic: boolean;
}

/** All mutants of a file. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const found: Mutant[] = [];
  const seen = new Map<string, number>();
  let depth = 0;
  const visit = (node: Node, parent: Node, property: string, outer: Node) => {
    if (isSkipped(node, parent, property)) return;
    if (isReplaceable(node, parent, property)) {
      for (const change of changesOf(node, { source, parent, property, outer })) {
        const mutant = described(file, source, node, change);
        const key = `${file}\n${mutant.text}\n${mutant.operator}\n${mutant.change}`;
        const count = seen.get(key) ?? 0;
        seen.set(key, count + 1);
        const id = createHash('sha256').update(`${key}\n${count}`).digest('hex').slice(0, 8);
        found.push({ ...mutant, id, isStatic: depth === 0 });
      }
    }
    const isCalled = /Function|Method/.test(node.type);
    if (isCalled) depth++;
    for (const [name, inner] of childrenOf(node)) visit(inner, node, name, parent);
    if (isCalled) depth--;
  };
  const tree = treeOf(source);
  for (const [name, inner] of childrenOf(tree)) visit(inner, tree, name, tree);
  return found;
}

function described(
  file: string,
  source: string,
  node: Node,
  change: Change,
): Omit<Mutant, 'id' | 'isStatic'> {
  const { start, end } = node;
  const isStatement = node.type.endsWith('Statement');
  const line = source.slice(0, start).split('\n').length;
  const text = source.split('\n')[line - 1]?.trim() ?? '';
  const original = inOneLine(source.slice(start, end));
  const replaced = change.replacement === undefined ? '(removed)' : inOneLine(change.replacement);
  return {
    ...change,
    file,
    line,
    text,
    change: `${original} → ${replaced}`,
    start,
    end,
    isStatement,
  };
}

const inOneLine = (text: string) => text.replace(/\s+/g, ' ');

/** Calls that only tell people something. */
const TELLING = ['info', 'debug', 'notice', 'warning', 'error', 'group'];

/** What isn't mutated, with all in it. */
function isSkipped(node: Node, parent: Node, property: string): boolean {
  if (/^(?:Import|ExportAll)/.test(node.type)) return true;
  if (node.type === 'ExportNamedDeclaration' && node.source) return true;
  if (property === 'source') return true;
  // A dynamic import's path.
  if (parent.type === 'CallExpression' && child(parent, 'callee').type === 'Import') return true;
  // The sentences of an error: its code comes first.
  if (parent.type === 'NewExpression' && property === 'arguments') {
    const isError = /Error$/.test(String(child(parent, 'callee').name));
    return isError && (parent.arguments as Node[]).indexOf(node) > 0;
  }
  const call = node.type === 'ExpressionStatement' ? child(node, 'expression') : undefined;
  if (call?.type !== 'CallExpression') return false;
  const callee = child(call, 'callee');
  if (callee.type !== 'MemberExpression') return false;
  const on = child(callee, 'object');
  const name = on.name ?? (on.type === 'MemberExpression' ? child(on, 'property').name : '');
  return (
    /^(?:runner|log)$/.test(String(name)) &&
    TELLING.includes(String(child(callee, 'property').name))
  );
}

/** Whether brackets can be put around a node, with a choice in them. */
function isReplaceable(node: Node, parent: Node, property: string): boolean {
  const isPartOfChain =
    /^Optional/.test(parent.type) && (property === 'object' || property === 'callee');
  if (isPartOfChain && /^Optional/.test(node.type)) return false;
  if (property === 'key' && !parent.computed) return false;
  // The left side of an assignment, a pattern.
  if (property === 'left' && /^(?:Assign|ForOf|ForIn)/.test(parent.type)) return false;
  return !(parent.type === 'TaggedTemplateExpression' || /Directive/.test(node.type));
}
