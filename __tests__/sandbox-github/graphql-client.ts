import type { GitHubSandbox } from '../../sandbox/github/server.ts';
import { client } from './support.ts';

/** A bare GraphQL client: the whole answer, with its `data` and `errors` at hand. */
export function graphql(sandbox: GitHubSandbox, token?: string) {
  return async (query: string, variables?: object) => {
    const answer = await client(sandbox, token)('POST', '/graphql', { query, variables });
    return { ...answer, data: answer.body.data, errors: answer.body.errors };
  };
}
