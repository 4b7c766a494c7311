import type { GraphqlKind } from '../operations.ts';

/** What a GraphQL request is about, told by its text, since reading the schema takes a while. */
export function kindOfQuery(body: unknown): GraphqlKind {
  const query = String((body as { query?: unknown } | undefined)?.query ?? '');
  if (/\baddComment\s*\(/.test(query)) return 'graphql-add-comment';
  if (/\bissues\s*\(/.test(query)) return 'graphql-issues';
  if (/\bissue\s*\(/.test(query)) return 'graphql-issue';
  if (/\bnodes?\s*\(/.test(query)) return 'graphql-nodes';
  return 'graphql';
}
