import { problemOf } from '../bodies.ts';
import { isBot } from '../people.ts';
import type { Allowance } from '../rate-limits.ts';
import type { IssueRecord } from '../records.ts';
import { timestamp } from '../views.ts';
import { sees } from '../world.ts';
import type { Cost } from './limits.ts';
import {
  checkReadable,
  commentNode,
  issueNode,
  labelNode,
  repositoryNode,
  type Viewer,
  viewerNode,
} from './nodes.ts';
import { GraphqlProblem } from './problem.ts';

interface AddComment {
  input: { subjectId: string; body: string; clientMutationId?: string };
}

/** The fields of GitHub's types Query and Mutation that the sandbox has. */
export function rootOf(viewer: Viewer, cost: Cost, allowance: Allowance) {
  const { world } = viewer;
  return {
    viewer: () => viewerNode(viewer),
    rateLimit: () => ({
      __typename: 'RateLimit',
      cost: cost.points,
      nodeCount: cost.nodes,
      limit: allowance.limit,
      remaining: allowance.remaining,
      used: allowance.limit - allowance.remaining,
      resetAt: timestamp(allowance.resetAt),
    }),
    repository({ owner, name }: { owner: string; name: string }) {
      const ours = `${world.owner}/${world.repo}`.toLowerCase();
      if (`${owner}/${name}`.toLowerCase() === ours && sees(world, viewer.by)) {
        return repositoryNode(viewer);
      }
      const message = `Could not resolve to a Repository with the name '${owner}/${name}'.`;
      throw new GraphqlProblem('NOT_FOUND', message);
    },
    node: ({ id }: { id: string }) => nodeOf(viewer, id),
    nodes: ({ ids }: { ids: string[] }) =>
      ids.map((id) => {
        try {
          return nodeOf(viewer, id);
        } catch (error) {
          return error;
        }
      }),
    addComment: ({ input }: AddComment) => addComment(viewer, input),
  };
}

function nodeOf(viewer: Viewer, id: string) {
  const { store } = viewer.world;
  const record = sees(viewer.world, viewer.by) ? store.node(id) : undefined;
  if (!record) throw unresolved(id);
  if ('color' in record) return labelNode(record);
  const issue = 'issue' in record ? record.issue : record;
  if (issue.gone || issue.pullRequest) throw unresolved(id);
  checkReadable(viewer);
  return 'issue' in record ? commentNode(viewer, record) : issueNode(viewer, record);
}

/** https://docs.github.com/graphql/reference/mutations#addcomment */
function addComment(viewer: Viewer, { subjectId, body, clientMutationId }: AddComment['input']) {
  const { world, by } = viewer;
  const issue = subjectOf(viewer, subjectId);
  if (isBot(by) && world.permissions.issues !== 'write') {
    throw new GraphqlProblem('FORBIDDEN', 'Resource not accessible by integration');
  }
  if (issue.locked && !world.people.can(by, 'write')) {
    throw new GraphqlProblem('FORBIDDEN', 'Unable to create comment because issue is locked.');
  }
  const problem = problemOf(body);
  if (problem) throw new GraphqlProblem('UNPROCESSABLE', problem);
  const comment = world.store.addComment(issue, { body, author: by });
  return {
    __typename: 'AddCommentPayload',
    clientMutationId: clientMutationId ?? null,
    commentEdge: () => ({ cursor: comment.nodeId, node: commentNode(viewer, comment) }),
    subject: () => issueNode(viewer, issue),
  };
}

function subjectOf({ world, by }: Viewer, id: string): IssueRecord {
  const record = sees(world, by) ? world.store.node(id) : undefined;
  if (!record || !('comments' in record) || record.gone) throw unresolved(id);
  return record;
}

function unresolved(id: string): GraphqlProblem {
  return new GraphqlProblem(
    'NOT_FOUND',
    `Could not resolve to a node with the global id of '${id}'.`,
  );
}
