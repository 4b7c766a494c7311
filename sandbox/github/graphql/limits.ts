import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { GraphqlProblem } from './problem.ts';

const MOST_NODES = 500_000;
const MOST_PER_PAGE = 100;

export interface Cost {
  /** How many nodes the query may return. */
  nodes: number;
  /** What it counts against the hourly limit. */
  points: number;
}

interface Level {
  /** How often the fields at this level may be answered. */
  times: number;
}

/**
 * What a query costs. Throws for a connection without `first` or `last`, for a page of more than
 * 100, and for more than 500,000 possible nodes.
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
): Cost {
  const types = new TypeInfo(schema);
  const levels: Level[] = [{ times: 1 }];
  const defaults = defaultsOf(document);
  let nodes = 0;
  let requests = 0;
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation) walk(operation);
  return { nodes, points: Math.max(1, Math.round(requests / 100)) };

  function walk(root: Parameters<typeof visit>[0]): void {
    visit(
      root,
      visitWithTypeInfo(types, {
        Field: {
          enter(field) {
            const times = levels.at(-1)?.times ?? 1;
            const size = isConnection(types) ? pageSize(field, { ...defaults, ...variables }) : 1;
            if (isConnection(types)) {
              requests += times;
              nodes += times * size;
              if (nodes > MOST_NODES) throw tooMany(nodes);
            }
            levels.push({ times: times * size });
          },
          leave: () => void levels.pop(),
        },
        FragmentSpread(spread) {
          const fragment = fragments.get(spread.name.value);
          if (fragment) walk(fragment);
        },
      }),
    );
  }
}

function isConnection(types: TypeInfo): boolean {
  const type = getNamedType(types.getType());
  return isObjectType(type) && type.name.endsWith('Connection');
}

function pageSize(field: FieldNode, variables: Record<string, unknown>): number {
  const name = field.name.value;
  const size = (argument: string) => {
    const value = field.arguments?.find((one) => one.name.value === argument)?.value;
    return value === undefined ? undefined : numberIn(value, variables);
  };
  const first = size('first');
  const last = size('last');
  const count = first ?? last;
  if (count === undefined) {
    throw new GraphqlProblem(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  if (first !== undefined && last !== undefined) {
    throw new GraphqlProblem(
      'INVALID_PAGINATION',
      `Passing both \`first\` and \`last\` values to paginate the \`${name}\` connection is not supported.`,
    );
  }
  const which = first === undefined ? 'last' : 'first';
  if (count > MOST_PER_PAGE) {
    throw new GraphqlProblem(
      'EXCESSIVE_PAGINATION',
      `Requesting ${count} records on the \`${name}\` connection exceeds the \`${which}\` limit of ${MOST_PER_PAGE} records.`,
    );
  }
  if (count < 0) {
    throw new GraphqlProblem(
      'INVALID_PAGINATION',
      `\`${which}\` on the \`${name}\` connection cannot be less than zero.`,
    );
  }
  return count;
}

function numberIn(value: ValueNode, variables: Record<string, unknown>): number | undefined {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind !== Kind.VARIABLE) return undefined;
  const given = variables[value.name.value];
  return typeof given === 'number' ? given : undefined;
}

/** The defaults of a query's variables, as far as they are numbers. */
function defaultsOf(document: DocumentNode): Record<string, number> {
  const found: Record<string, number> = {};
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable, defaultValue } of definition.variableDefinitions ?? []) {
      if (defaultValue?.kind === Kind.INT) found[variable.name.value] = Number(defaultValue.value);
    }
  }
  return found;
}

function tooMany(nodes: number): GraphqlProblem {
  const counts = [nodes, MOST_NODES].map((count) => count.toLocaleString('en-US'));
  return new GraphqlProblem(
    'MAX_NODE_LIMIT_EXCEEDED',
    `This query requests up to ${counts[0]} possible nodes which exceeds the maximum limit of ${counts[1]}.`,
  );
}
