import { parse } from '@babel/parser';

/** A node of a syntax tree, as far as operators look at it. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [property: string]: unknown;
}

/** The syntax tree of a TypeScript file. */
export function treeOf(source: string): Node {
  return parse(source, { sourceType: 'module', plugins: ['typescript'] })
    .program as unknown as Node;
}

/** Types that are around an expression; all other types are nothing that runs. */
const AROUND = ['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression'];

/** The children of a node that run, each with the name of its property. */
export function childrenOf(node: Node): [property: string, child: Node][] {
  if (node.type.startsWith('TS') && !AROUND.includes(node.type)) return [];
  return Object.entries(node).flatMap(([property, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((child): child is Node => isNode(child) && !property.endsWith('Comments'))
      .map((child): [string, Node] => [property, child]),
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** A child of which the type is known to be there. */
export function child(node: Node, property: string): Node {
  return node[property] as Node;
}
