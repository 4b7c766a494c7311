import type { Operation } from './operations.ts';
import { REACTIONS, type ReactionContent } from './records.ts';
import { refusal } from './refusals.ts';
import type { GitHubResponse } from './types.ts';

type Fields = Record<string, unknown>;

/** What GitHub says to a request's body that it won't take; undefined for one that it will. */
export function refuseBody({ kind, docs }: Operation, sent: unknown): GitHubResponse | undefined {
  const body = (typeof sent === 'object' && sent !== null ? sent : {}) as Fields;
  const missing = (field: string) =>
    refusal(422, `Invalid request.\n\n"${field}" wasn't supplied.`, docs);
  const invalid = (resource: string, field: string, code = 'invalid', message?: string) =>
    refusal(422, 'Validation Failed', docs, {
      errors: [{ resource, code, field, ...(message && { message }) }],
    });
  switch (kind) {
    case 'create-issue':
      if (body.title === undefined) return missing('title');
      if (!isText(body.title)) return invalid('Issue', 'title', 'missing_field');
      return areLabels(body.labels ?? []) ? undefined : invalid('Label', 'name');
    case 'update-issue':
      return areLabels(body.labels ?? []) ? undefined : invalid('Label', 'name');
    case 'create-comment':
    case 'update-comment': {
      if (body.body === undefined) return missing('body');
      if (typeof body.body !== 'string') {
        const message = `Invalid request.\n\nFor 'properties/body', ${body.body} is not a string.`;
        return refusal(422, message, docs);
      }
      const problem = problemOf(body.body);
      return problem === undefined
        ? undefined
        : invalid('IssueComment', 'data', 'unprocessable', problem);
    }
    case 'create-reaction':
      return REACTIONS.includes(body.content as ReactionContent)
        ? undefined
        : invalid('Reaction', 'content');
    case 'add-labels': {
      const labels = Array.isArray(sent) ? sent : body.labels;
      if (!Array.isArray(labels)) return missing('labels');
      return areLabels(labels) ? undefined : invalid('Label', 'name');
    }
    case 'create-label':
      if (body.name === undefined) return missing('name');
      if (!isText(body.name)) return invalid('Label', 'name', 'missing_field');
      return /^[0-9a-f]{6}$/i.test(String(body.color ?? 'ededed'))
        ? undefined
        : invalid('Label', 'color');
    default:
      return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function areLabels(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

/**
 * What GitHub has against a comment's text; undefined for nothing.
 *
 * A text is stored as it was sent, to the byte, with line ends, trailing blanks, HTML comments and NUL
 * characters. What counts for its length isn't documented. The refusal speaks of 65536
 * characters; measured, up to 262144 bytes have been taken. Here the stricter of the two holds.
 * https://github.com/dead-claudia/github-limits/pull/13
 */
export function problemOf(body: string): string | undefined {
  if (!body.trim()) return 'Body cannot be blank';
  return [...body].length > 65_536 ? 'Body is too long (maximum is 65536 characters)' : undefined;
}
