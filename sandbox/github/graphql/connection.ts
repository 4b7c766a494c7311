import { GraphqlProblem } from './problem.ts';

/** How a client asks for a part of a list. The numbers have been checked. */
export interface PageArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

/** What a list is sorted by, with the id for what is equal. */
type Key = [value: number, id: number];

/**
 * A part of a sorted list, with cursors that stay good when what they point to is deleted.
 * https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api
 */
export function connectionOf<T>(
  unsorted: T[],
  key: (item: T) => Key,
  view: (item: T) => unknown,
  { first, last, after, before }: PageArguments,
  descending = false,
) {
  const order = (one: Key, other: Key) =>
    (descending ? -1 : 1) * (one[0] - other[0] || one[1] - other[1]);
  const all = unsorted.toSorted((one, other) => order(key(one), key(other)));
  const start = after ? parse(after) : undefined;
  const end = before ? parse(before) : undefined;
  const between = all.filter(
    (item) => (!start || order(key(item), start) > 0) && (!end || order(key(item), end) < 0),
  );
  const part =
    typeof first === 'number'
      ? between.slice(0, first)
      : between.slice(Math.max(0, between.length - (last ?? 0)));
  const edges = part.map((item) => ({ cursor: cursor(key(item)), node: view(item) }));
  return {
    totalCount: all.length,
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: part.length > 0 && part.at(-1) !== all.at(-1),
      hasPreviousPage: part.length > 0 && part[0] !== all[0],
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const PREFIX = 'cursor:v2:';

function cursor(key: Key): string {
  return Buffer.from(PREFIX + JSON.stringify(key)).toString('base64');
}

function parse(text: string): Key {
  const plain = Buffer.from(text, 'base64').toString();
  if (!/^cursor:v2:\[\d+,\d+\]$/.test(plain)) {
    throw new GraphqlProblem(
      'INVALID_CURSOR_ARGUMENTS',
      `\`${text}\` does not appear to be a valid cursor.`,
    );
  }
  return JSON.parse(plain.slice(PREFIX.length));
}
