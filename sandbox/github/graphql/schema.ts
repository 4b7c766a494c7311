import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, GraphQLScalarType, type GraphQLSchema, isObjectType } from 'graphql';

let schema: GraphQLSchema | undefined;

/** GitHub's public schema, as GitHub publishes it; read once per process. */
export function githubSchema(): GraphQLSchema {
  schema ??= read();
  return schema;
}

function read(): GraphQLSchema {
  const file = fileURLToPath(
    new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema')),
  );
  const built = buildSchema(readFileSync(file, 'utf8'), { assumeValid: true, noLocation: true });
  // GitHub's ids are longer than the 32 bits that the specification gives an Int, and it sends them
  // all the same. https://github.com/octokit/octokit.graphql.net/pull/312
  const long = new GraphQLScalarType({ name: 'Int', serialize: (value) => value });
  for (const type of Object.values(built.getTypeMap())) {
    const field = isObjectType(type) ? type.getFields().databaseId : undefined;
    if (field) field.type = long;
  }
  return built;
}
