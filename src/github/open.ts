import type { TransportOptions } from '../http/transport.ts';
import { LinkError } from '../model/errors.ts';
import { isRecord } from '../model/json.ts';
import type { Context } from '../packages/github-context.ts';
import { RecordSigner } from './record.ts';
import { isPublic, Repository } from './repository.ts';
import { Thread } from './thread.ts';

/** The repository that the workflow runs in. */
export interface OpenRepository {
  repository: Repository;
  /** The comments on one of its issues, and the action's among them. */
  threadOf(issue: number): Thread;
  /** Whether a link may stand in a comment here. */
  mayShowLink(): Promise<boolean>;
  /** The page of this run, for those who want to know more. */
  runUrl: string;
  close(): Promise<void>;
}

/** One of its issues, too. */
export type OpenIssue = OpenRepository & { thread: Thread };

export interface RepositoryAccess {
  context: Context;
  token: string;
  allowPublicComment: boolean;
  /** From which the key of the records is derived. */
  apiSecret: string;
  /** Milliseconds for one request. */
  timeout: number;
}

/**
 * Opens the repository that the workflow runs in. Asks GitHub only what event and environment don't
 * say.
 * @throws LinkError outside of a workflow
 */
export async function openRepository(
  { context, token, allowPublicComment, apiSecret, timeout }: RepositoryAccess,
  surroundings: Pick<TransportOptions, 'budget' | 'env' | 'log' | 'sockets'>,
): Promise<OpenRepository> {
  const { GITHUB_REPOSITORY: name, GITHUB_REPOSITORY_ID: id } = surroundings.env;
  if (!name) {
    throw new LinkError(
      'invalid-input',
      'Which repository the issue is in is not known: GITHUB_REPOSITORY is not set.',
      'Run this as a step of a workflow.',
    );
  }
  const access = { token, apiUrl: context.apiUrl, repository: name, timeout };
  const repository = new Repository(access, surroundings);
  const told: unknown = context.payload.repository;
  const known = isRecord(told) ? told : {};
  const repositoryId = Number(id ?? known.id) || (await repository.id());
  // A run that is repeated gets the event of its first attempt, however long ago that was.
  const open = context.runAttempt > 1 ? undefined : isPublic(known);
  let asked: Promise<boolean> | undefined;
  return {
    repository,
    threadOf: (issue) =>
      new Thread(repository, new RecordSigner(apiSecret, { repositoryId, issue }), issue),
    mayShowLink: async () => {
      if (allowPublicComment) return true;
      if (open !== undefined) return !open;
      asked ??= repository.isPublic();
      return !(await asked);
    },
    runUrl: `${context.serverUrl}/${name}/actions/runs/${context.runId}`,
    close: () => repository.close(),
  };
}
