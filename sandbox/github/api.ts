import { kindOfQuery } from './graphql/kind.ts';
import { refuse, type Subject } from './guard.ts';
import { HANDLERS, type Permitted } from './handlers.ts';
import { type Kind, type Operation, operationOf } from './operations.ts';
import { isBot } from './people.ts';
import { refusal } from './refusals.ts';
import type { GitHubResponse } from './types.ts';
import { issueView, userView } from './views.ts';
import { ELSEWHERE, type World } from './world.ts';

export interface Request {
  method: string;
  /** With its query. */
  path: string;
  body: unknown;
  /** Whose token it carries. */
  by: string | undefined;
  /** Whether it carries a token that is nobody's. */
  badToken: boolean;
}

const MOVED = new RegExp(`^/repositories/${ELSEWHERE.id}/issues/(\\d+)$`);

/** What a request asks for; undefined for what the sandbox doesn't have. */
export function kindOf(method: string, path: string, body: unknown): Kind | undefined {
  if (method === 'GET' && path === '/user') return 'user';
  if (method === 'GET' && path === '/app') return 'app';
  if (method === 'GET' && MOVED.test(path)) return 'moved-issue';
  if (method === 'POST' && path === '/graphql') return kindOfQuery(body);
  return operationOf(method, path)?.kind;
}

/** Answers as GitHub would: by its rules and in its shape. */
export async function answerRequest(world: World, request: Request): Promise<GitHubResponse> {
  const { method, path, body, by, badToken } = request;
  const url = new URL(path, world.url);
  const kind = kindOf(method, url.pathname, body);
  if (badToken) {
    const docs = kind?.startsWith('graphql') ? 'https://docs.github.com/graphql' : undefined;
    return refusal(401, 'Bad credentials', docs);
  }
  if (kind?.startsWith('graphql')) {
    // Loaded when a query comes: GitHub's schema takes a while to read.
    const { answerQuery } = await import('./graphql/answer.ts');
    return answerQuery(world, by, body);
  }
  if (kind === 'user') return whoAmI(world, by);
  if (kind === 'app') return refusal(401, 'A JSON web token could not be decoded');
  if (kind === 'moved-issue') return moved(world, Number(MOVED.exec(url.pathname)?.[1]));
  const operation = operationOf(method, url.pathname);
  if (!operation) return refusal(501, `The sandbox has no ${method} ${url.pathname}.`);
  const subject = subjectOf(world, operation);
  const refused = refuse(world, by, operation, subject, body);
  // Whoever isn't signed in only reads, so that nothing happens in the name of nobody.
  return refused ?? carryOut({ world, by: by ?? '', operation, url, body, ...subject });
}

/** Does what is asked, whoever asks. */
export function carryOut(request: Omit<Permitted, 'issue' | 'comment'> & Subject): GitHubResponse {
  return HANDLERS[request.operation.kind](request as Permitted);
}

/** The issue and the comment that a request names, as far as they exist. */
export function subjectOf({ store }: World, { issue, comment }: Operation): Subject {
  const named = comment === undefined ? undefined : store.comment(comment);
  return { comment: named, issue: issue === undefined ? named?.issue : store.issue(issue) };
}

/** An app's installation token isn't a user's. https://docs.github.com/rest/users/users */
function whoAmI(world: World, by: string | undefined): GitHubResponse {
  const docs = 'https://docs.github.com/rest/users/users#get-the-authenticated-user';
  if (!by) return refusal(401, 'Requires authentication', docs);
  if (isBot(by)) return refusal(403, 'Resource not accessible by integration', docs);
  return { status: 200, body: userView(world, by) };
}

/** A moved issue, read where it is now. */
function moved(world: World, number: number): GitHubResponse {
  const issue = world.store.issue(number);
  if (issue?.gone !== 'moved') return refusal(404, 'Not Found');
  return { status: 200, body: issueView({ ...world, repo: ELSEWHERE.name }, issue) };
}
