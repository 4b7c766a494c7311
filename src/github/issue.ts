import { isRecord, type TransportOptions } from '../http/transport.ts';
import type { Context } from './context.ts';
import { Notary } from './record.ts';
import { isPublic, Repository } from './repository.ts';
import { Thread } from './thread.ts';

/** An issue that the action comments on. */
export interface OpenIssue {
  repository: Repository;
  thread: Thread;
  /** Whether a link may stand in a comment there. */
  mayShowLink(): Promise<boolean>;
  /** The page of this run, for those who want to know more. */
  runUrl: string;
  close(): Promise<void>;
}

export interface IssueAccess {
  context: Pick<Context, 'apiUrl' | 'serverUrl' | 'runId' | 'runAttempt' | 'payload'>;
  /** `owner/name` */
  repository: string;
  /** Where the environment has it: GITHUB_REPOSITORY_ID. */
  repositoryId: string | undefined;
  issue: number;
  token: string;
  allowPublicComment: boolean;
  /** From which the key of the records is derived. */
  apiSecret: string;
  timeout: number;
}

/** Opens an issue of the repository that the workflow runs in. Asks GitHub only what events don't say. */
export async function openIssue(
  access: IssueAccess,
  surroundings: Pick<TransportOptions, 'patience' | 'env' | 'log'>,
): Promise<OpenIssue> {
  const { context, issue, apiSecret, allowPublicComment } = access;
  const repository = new Repository({ ...access, apiUrl: context.apiUrl }, surroundings);
  const told: unknown = context.payload.repository;
  const known = isRecord(told) ? told : {};
  const repositoryId = Number(access.repositoryId ?? known.id) || (await repository.id());
  // A run that is repeated gets the event of its first attempt, however long ago that was.
  const old = context.runAttempt > 1;
  return {
    repository,
    thread: new Thread(repository, new Notary(apiSecret, { repositoryId, issue }), issue),
    mayShowLink: async () =>
      allowPublicComment || !((old ? undefined : isPublic(known)) ?? (await repository.isPublic())),
    runUrl: `${context.serverUrl}/${access.repository}/actions/runs/${context.runId}`,
    close: () => repository.close(),
  };
}
