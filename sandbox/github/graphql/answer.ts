import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  parse,
  validate,
} from 'graphql';
import { refusal } from '../refusals.ts';
import type { GitHubResponse } from '../types.ts';
import type { World } from '../world.ts';
import { costOf } from './limits.ts';
import type { Viewer } from './nodes.ts';
import { GraphqlProblem, NotInSandbox } from './problem.ts';
import { rootOf } from './root.ts';
import { githubSchema } from './schema.ts';

interface Query {
  query?: unknown;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

/**
 * Answers a query as GitHub's GraphQL API would: refused with status 200 and `errors` where
 * GitHub's schema or its limits don't allow it, else carried out.
 * https://docs.github.com/graphql/guides/forming-calls-with-graphql
 */
export async function answerQuery(
  world: World,
  by: string | undefined,
  body: unknown,
): Promise<GitHubResponse> {
  if (!by) return refusal(401, 'This endpoint requires you to be authenticated.', DOCS);
  const { query, variables, operationName } = (body ?? {}) as Query;
  if (typeof query !== 'string') {
    const message = 'A query attribute must be specified and must be a string.';
    return { status: 200, body: { errors: [{ message }] } };
  }
  const result = await run({ world, by }, query, variables ?? {}, operationName);
  const missing = result.errors?.find(({ originalError }) => originalError instanceof NotInSandbox);
  if (missing) return refusal(501, missing.message);
  return {
    status: 200,
    body: {
      ...('data' in result && { data: result.data }),
      ...(result.errors && { errors: result.errors.map(asGitHubWrites) }),
    },
  };
}

const DOCS =
  'https://docs.github.com/graphql/guides/forming-calls-with-graphql#authenticating-with-graphql';

/** Queries that were checked against the schema: a client has only a few. */
const checked = new Map<string, DocumentNode>();

async function run(
  viewer: Viewer,
  query: string,
  variables: Record<string, unknown>,
  operationName: string | null | undefined,
): Promise<ExecutionResult> {
  const schema = githubSchema();
  let document = checked.get(query);
  if (!document) {
    try {
      document = parse(query);
    } catch (error) {
      return { errors: [error as GraphQLError] };
    }
    const problems = validate(schema, document);
    if (problems.length > 0) return { errors: problems };
    checked.set(query, document);
  }
  try {
    const cost = costOf(schema, document, variables);
    const { world, by } = viewer;
    const allowance = world.points.spend(by, cost.points, world.settings);
    if (!allowance) {
      throw new GraphqlProblem('RATE_LIMITED', 'API rate limit exceeded for installation ID 1.');
    }
    return await execute({
      schema,
      document,
      rootValue: rootOf(viewer, cost, allowance),
      variableValues: variables,
      operationName,
      fieldResolver,
      typeResolver: (value) => (value as { __typename: string }).__typename,
    });
  } catch (error) {
    if (!(error instanceof GraphqlProblem)) throw error;
    return { errors: [{ message: error.message, type: error.type } as unknown as GraphQLError] };
  }
}

/** A member of what the field is asked of; one that doesn't exist is not in the sandbox. */
const fieldResolver: GraphQLFieldResolver<Record<string, unknown>, unknown> = (
  source,
  given,
  context,
  { fieldName, parentType },
) => {
  const member = source[fieldName];
  if (member === undefined) throw new NotInSandbox(`GraphQL field ${parentType.name}.${fieldName}`);
  return typeof member === 'function' ? member(given, context) : member;
};

function asGitHubWrites(error: GraphQLError): object {
  const { message, path, locations, originalError } = error;
  const own = originalError instanceof GraphqlProblem ? originalError.type : undefined;
  const type = own ?? (error as { type?: string }).type;
  return {
    ...(type && { type }),
    ...(path && { path }),
    ...(locations && { locations }),
    message,
  };
}
