import { child, type Node } from './tree.ts';

/** What an operator puts in a node's place. */
export interface Change {
  operator: string;
  /** The text in its place; undefined removes a statement. */
  replacement: string | undefined;
}

/** Where a node is in the tree. */
export interface Context {
  source: string;
  parent: Node;
  /** The parent's property that has the node. */
  property: string;
  /** The parent's parent. */
  outer: Node;
}

type Operator = (node: Node, context: Context) => string[];

const textOf = (node: Node, source: string) => source.slice(node.start, node.end);

const BINARY = new Map(
  Object.entries({
    '===': ['!=='],
    '!==': ['==='],
    '<': ['<=', '>='],
    '<=': ['<', '>'],
    '>': ['>=', '<='],
    '>=': ['>', '<'],
    '+': ['-'],
    '-': ['+'],
    '*': ['/'],
    '/': ['*'],
    '%': ['*'],
  }),
);

const METHODS = new Map(
  Object.entries({
    some: 'every',
    every: 'some',
    min: 'max',
    max: 'min',
    startsWith: 'endsWith',
    endsWith: 'startsWith',
    push: 'unshift',
    find: 'findLast',
  }),
);

/** Methods without which a value stays what it was. */
const LEFT_OUT = ['filter', 'toSorted', 'sort', 'reverse', 'trim', 'toLowerCase', 'slice', 'catch'];

const LOOPS = ['WhileStatement', 'ForStatement', 'DoWhileStatement'];

const OPERATORS: Record<string, Operator> = {
  // A loop whose condition is always true only runs out of time.
  condition: (node, { parent, property }) => {
    if (property !== 'test' || node.type === 'BooleanLiteral') return [];
    if (LOOPS.includes(parent.type)) return ['false'];
    return ['IfStatement', 'ConditionalExpression'].includes(parent.type) ? ['true', 'false'] : [];
  },
  comparison: (node, { source }) => binary(node, source, /^(?:[<>]=?|[!=]==)$/),
  arithmetic: (node, { source }) => binary(node, source, /^[-+*/%]$/),
  logical: (node, { source }) => {
    if (node.type !== 'LogicalExpression') return [];
    const left = textOf(child(node, 'left'), source);
    const right = textOf(child(node, 'right'), source);
    if (node.operator === '??') return [left, right];
    const other = node.operator === '&&' ? '||' : '&&';
    return [`(${left}) ${other} (${right})`, left, right];
  },
  negation: (node, { source }) =>
    node.type === 'UnaryExpression' && node.operator === '!'
      ? [textOf(child(node, 'argument'), source)]
      : [],
  boolean: (node) => (node.type === 'BooleanLiteral' ? [String(!node.value)] : []),
  number: (node) => {
    if (node.type !== 'NumericLiteral') return [];
    const value = Number(node.value);
    if (value >= 100) return ['0', String(value * 2)];
    return value > 0 ? [String(value + 1), String(value - 1)] : ['1'];
  },
  string: (node, { source }) => {
    if (node.type === 'StringLiteral') {
      const text = String(node.value);
      return isForPeople(text) ? [] : [text === '' ? "'mutated'" : "''"];
    }
    return node.type === 'TemplateLiteral' && !isForPeople(textOf(node, source)) ? ["''"] : [];
  },
  array: (node) =>
    node.type === 'ArrayExpression' && (node.elements as unknown[]).length > 0 ? ['[]'] : [],
  regex: (node) => {
    if (node.type !== 'RegExpLiteral') return [];
    const pattern = String(node.pattern);
    const flags = String(node.flags);
    return [
      ...(pattern.startsWith('^') ? [`/${pattern.slice(1)}/${flags}`] : []),
      ...(/[^\\]\$$/.test(pattern) ? [`/${pattern.slice(0, -1)}/${flags}`] : []),
      ...(flags.includes('i') ? [`/${pattern}/${flags.replace('i', '')}`] : []),
    ].filter((text) => text[1] !== '/');
  },
  optional: optionalChaining,
  method: (node, { source }) => {
    if (node.type !== 'CallExpression' && node.type !== 'OptionalCallExpression') return [];
    const callee = child(node, 'callee');
    const isMember = callee.type === 'MemberExpression' && !callee.computed;
    if (!isMember) return [];
    const name = child(callee, 'property');
    const object = textOf(child(callee, 'object'), source);
    if (LEFT_OUT.includes(String(name.name))) return [object];
    const other = METHODS.get(String(name.name));
    return other
      ? [`${source.slice(node.start, name.start)}${other}${source.slice(name.end, node.end)}`]
      : [];
  },
  update: (node, { source, property }) => {
    const text = textOf(node, source);
    if (node.type === 'UpdateExpression' && property !== 'update') {
      return [text.includes('++') ? text.replace('++', '--') : text.replace('--', '++')];
    }
    if (node.type !== 'AssignmentExpression') return [];
    if (node.operator === '-=') return [text.replace('-=', '+=')];
    const isText = /Literal/.test(child(node, 'right').type) && !/['"`]/.test(text);
    return node.operator === '+=' && isText ? [text.replace('+=', '-=')] : [];
  },
};

/** Statements that can be left out without the file becoming invalid. */
const REMOVABLE = [
  'ExpressionStatement',
  'ReturnStatement',
  'ThrowStatement',
  'ContinueStatement',
  'BreakStatement',
];

/** All changes of one node; none for what is meant for people. */
export function changesOf(node: Node, context: Context): Change[] {
  const { source } = context;
  const original = textOf(node, source);
  const changes = Object.entries(OPERATORS).flatMap(([operator, change]) =>
    change(node, context).map((replacement): Change => ({ operator, replacement })),
  );
  if (REMOVABLE.includes(node.type) && !isLastReturn(node, context)) {
    changes.push({ operator: 'statement', replacement: undefined });
  }
  // Two operators may lead to the same text.
  return changes.filter(
    ({ replacement }, index) =>
      replacement !== original &&
      changes.findIndex((other) => other.replacement === replacement) === index,
  );
}

function binary(node: Node, source: string, which: RegExp): string[] {
  if (node.type !== 'BinaryExpression' || !which.test(String(node.operator))) return [];
  const left = child(node, 'left');
  const right = child(node, 'right');
  const isText = [left, right].some(({ type }) => /^(?:String|Template)/.test(type));
  if (isText && node.operator === '+') return [];
  // Brackets around the operands are between them, and stay.
  const between = source.slice(left.end, right.start);
  const operator = String(node.operator);
  return (BINARY.get(operator) ?? []).map(
    (other) =>
      source.slice(node.start, left.end) +
      between.replace(operator, other) +
      source.slice(right.start, node.end),
  );
}

const CHAIN = ['OptionalMemberExpression', 'OptionalCallExpression'];

/** Every `?.` of a chain, removed; at the whole chain, because its parts can't be put in brackets. */
function optionalChaining(node: Node, { source, parent, property }: Context): string[] {
  const isWhole = !(CHAIN.includes(parent.type) && ['object', 'callee'].includes(property));
  if (!CHAIN.includes(node.type) || !isWhole) return [];
  const texts: string[] = [];
  let part = node;
  while (CHAIN.includes(part.type)) {
    const inner = child(part, part.type === 'OptionalCallExpression' ? 'callee' : 'object');
    if (part.optional) {
      const at = source.indexOf('?.', inner.end);
      const isDotted = /[\w$#]/.test(source[at + 2] ?? '');
      texts.push(
        source.slice(node.start, at) + (isDotted ? '.' : '') + source.slice(at + 2, node.end),
      );
    }
    part = inner;
  }
  return texts;
}

/** A function without what it returns in the end does nothing: whoever calls it sees that. */
function isLastReturn(node: Node, { parent, outer }: Context): boolean {
  if (node.type !== 'ReturnStatement' || !/Function|Method/.test(outer.type)) return false;
  return (parent.body as Node[]).at(-1) === node;
}

/** Sentences, not names or codes. */
function isForPeople(text: string): boolean {
  return /\s/.test(text) || /^[A-Z][a-z]+\W*$/.test(text);
}
