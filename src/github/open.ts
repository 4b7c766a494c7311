import { Transport, type TransportOptions } from '../http/transport.ts';
import { LinkError } from '../model/errors.ts';
import type { Context } from '../packages/github-context.ts';
import { classifyResponse } from './failures.ts';
import { classifyGraphql } from './graphql.ts';
import { RecordSigner } from './record.ts';
import { Repository } from './repository.ts';
import { Thread } from './thread.ts';

export interface GitHubAccess {
  context: Context;
  token: string;
  /** From which the key of the records is derived; and the one before a rotation. */
  apiSecret: string;
  previousApiSecret: string | undefined;
  /** Milliseconds for one request. */
  timeout: number;
  /** Takes secrets out of a text before it is written. */
  redact(text: string): string;
}

/** The repository that the workflow runs in. */
export interface OpenRepository {
  repository: Repository;
  /** The comments on one of its issues. */
  thread(issue: number): Thread;
  /** The page of this run, for those who want to know more. */
  runUrl: string;
  close(): Promise<void>;
}

/**
 * Opens the repository that the workflow runs in. Nothing is sent yet.
 * @throws LinkError outside of a workflow
 */
export function openRepository(
  access: GitHubAccess,
  options: Pick<TransportOptions, 'budget' | 'env' | 'log' | 'sockets' | 'open'>,
): OpenRepository {
  const { context, token, timeout, apiSecret, previousApiSecret, redact } = access;
  const name = options.env.GITHUB_REPOSITORY;
  if (!name) {
    throw new LinkError(
      'invalid-input',
      "GITHUB_REPOSITORY is not set, so the issue's repository isn't known.",
      'Run this as a step of a workflow.',
    );
  }
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    ...(token && { authorization: `Bearer ${token}` }),
  };
  const rest = new Transport({
    ...options,
    baseUrl: context.apiUrl,
    baseUrlSource: 'GITHUB_API_URL',
    headers,
    timeout,
    classifyResponse,
  });
  const graphql = new Transport({
    ...options,
    baseUrl: options.env.GITHUB_GRAPHQL_URL ?? `${context.apiUrl}/graphql`,
    baseUrlSource: 'GITHUB_GRAPHQL_URL',
    headers,
    timeout,
    classifyResponse: classifyGraphql,
  });
  const now = () => options.budget.now();
  const repository = new Repository({ rest, graphql }, name, now);
  const signer = new RecordSigner(apiSecret, previousApiSecret);
  const run = { id: String(context.runId), attempt: context.runAttempt };
  return {
    repository,
    thread: (issue) =>
      new Thread({ repository, signer, run, budget: options.budget, timeout, redact, now }, issue),
    runUrl: `${context.serverUrl}/${name}/actions/runs/${context.runId}`,
    close: async () => {
      await Promise.all([rest.close(), graphql.close()]);
    },
  };
}
