import { carryOut, subjectOf } from './api.ts';
import { operationOf } from './operations.ts';
import { commentEvent, issueEvent } from './payloads.ts';
import { isBot, WORKFLOW } from './people.ts';
import type { CommentRecord, IssueRecord } from './records.ts';
import type { GitHubSandbox } from './sandbox.ts';
import type { Comment, Issue, Label } from './types.ts';
import {
  commentView,
  issueView,
  labelView,
  repositoryPath,
  repositoryView,
  userView,
} from './views.ts';
import type { World } from './world.ts';

type Pages = Pick<
  GitHubSandbox,
  | 'addLabel'
  | 'comment'
  | 'comments'
  | 'deleteComment'
  | 'editComment'
  | 'editIssue'
  | 'gone'
  | 'issue'
  | 'lock'
  | 'openIssue'
  | 'reactions'
  | 'removeLabel'
  | 'seed'
  | 'seedComments'
  | 'unlock'
>;

/** What people do on GitHub's own pages: no rights are checked, no requests recorded. */
export function pagesOf(world: World): Pages {
  const { store } = world;

  function act<T>(by: string, method: string, path: string, body?: unknown): T {
    world.people.get(by);
    const url = new URL(`${world.url}${repositoryPath(world)}${path}`);
    const operation = operationOf(method, url.pathname);
    if (!operation) throw new Error(`The sandbox has no ${method} ${path}.`);
    const answer = carryOut({ world, by, operation, url, body, ...subjectOf(world, operation) });
    if (answer.status >= 400) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return structuredClone(answer.body) as T;
  }

  const about = (issue: number | Issue, by: string) => ({
    issue: issueView(world, issueOf(issue)),
    repository: repositoryView(world, by),
    sender: userView(world, by),
  });
  const labelNamed = (name: string): Label | undefined => {
    const label = store.label(name);
    return label && labelView(world, label);
  };

  function issueOf(issue: number | Issue): IssueRecord {
    const record = store.issue(numberOf(issue));
    if (!record) throw new Error(`The repository has no issue ${numberOf(issue)}.`);
    return record;
  }

  function commentOf(comment: number | Comment): CommentRecord {
    const record = store.comment(idOf(comment));
    if (!record) throw new Error(`The repository has no comment ${idOf(comment)}.`);
    return record;
  }

  return {
    async openIssue({ body, author, ...rest }) {
      world.people.get(author);
      return issueView(world, store.addIssue({ ...rest, author, body: asTyped(body, author) }));
    },
    async addLabel(issue, name, by) {
      act(by, 'POST', `/issues/${issueOf(issue).number}/labels`, { labels: [name] });
      return issueEvent('labeled', { ...about(issue, by), label: labelNamed(name) });
    },
    async removeLabel(issue, name, by) {
      const label = labelNamed(name);
      act(by, 'DELETE', `/issues/${issueOf(issue).number}/labels/${encodeURIComponent(name)}`);
      return issueEvent('unlabeled', { ...about(issue, by), label });
    },
    async comment(issue, body, by) {
      const path = `/issues/${issueOf(issue).number}/comments`;
      const comment = act<Comment>(by, 'POST', path, { body: asTyped(body, by) });
      return commentEvent({ ...about(issue, by), comment });
    },
    async editIssue(issue, change, by) {
      act(by, 'PATCH', `/issues/${issueOf(issue).number}`, {
        ...change,
        ...(change.body !== undefined && { body: asTyped(change.body, by) }),
      });
      const action = { open: 'reopened', closed: 'closed', '': 'edited' }[change.state ?? ''];
      return issueEvent(action, about(issue, by));
    },
    async editComment(comment, body, by) {
      const { id } = commentOf(comment);
      return act(by, 'PATCH', `/issues/comments/${id}`, { body: asTyped(body, by) });
    },
    async deleteComment(comment) {
      act(WORKFLOW, 'DELETE', `/issues/comments/${commentOf(comment).id}`);
    },
    async lock(issue) {
      store.lock(issueOf(issue));
    },
    async unlock(issue) {
      store.unlock(issueOf(issue));
    },
    gone(issue, how) {
      issueOf(issue).gone = how;
    },
    issue: async (issue) => issueView(world, issueOf(issue)),
    comments: async (issue) =>
      issueOf(issue).comments.map((comment) => commentView(world, comment)),
    seed: (issues) => issues.map((issue) => issueView(world, store.addIssue(issue))),
    seedComments: (issue, comments) =>
      comments.map((comment) => commentView(world, store.addComment(issueOf(issue), comment))),
    reactions: (comment) =>
      commentOf(comment).reactions.map(({ content, author }) => ({ content, by: author })),
  };
}

/**
 * A browser sends a text area's lines with CRLF ends, and GitHub keeps them; a text that came
 * through the API keeps its own. https://github.com/actions/runner/issues/1462
 */
function asTyped(text: string, by: string): string {
  return isBot(by) ? text : text.replace(/\r?\n/g, '\r\n');
}

function numberOf(issue: number | Issue): number {
  return typeof issue === 'number' ? issue : issue.number;
}

function idOf(comment: number | Comment): number {
  return typeof comment === 'number' ? comment : comment.id;
}
