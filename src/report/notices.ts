import { nameFromType } from '../fivetran/service-names.ts';
import type { Problem } from '../model/errors.ts';
import { errorOf, type LinkResult } from '../model/link.ts';
import { readableTime } from '../model/readable-time.ts';
import type { Notice } from './comment.ts';
import { code, plain } from './markdown.ts';

// What a run says in an issue when it can't do what was asked for: nothing of it is anybody's words
// but the workflow's.

/** The form can't be used as it is. */
export function incompleteNotice(problems: readonly Problem[], label: string): Notice {
  const list = problems.map(
    ({ input, message, fix }) => `- **${plain(input)}** ${plain(`${message} ${fix}`)}`,
  );
  return {
    title: 'The form needs a correction',
    text: [
      'No link was created, because of these fields of the form:',
      list.join('\n'),
      [
        '1. Edit the issue description.',
        `2. Ask a maintainer to remove the label ${code(label)} and add it again.`,
      ].join('\n'),
    ].join('\n\n'),
  };
}

/** Whoever added the label may not approve. */
export function notApprovedNotice(label: string, approvers: readonly string[]): Notice {
  const who =
    approvers.length > 0
      ? `one of its approvers (${approvers.map(code).join(', ')}) adds it. People need triage rights as well.`
      : 'somebody with triage rights or more adds it.';
  return {
    title: 'Waiting for approval',
    text: `A maintainer must approve this request: check it, remove the label ${code(label)} and add it again. The label counts only when ${who}`,
  };
}

/** There is no record of an approval that could be relied on. */
export function approveAgainNotice(label: string): Notice {
  return {
    title: 'A maintainer must approve again',
    text: `No approval of this issue is on record, because the API key was changed or the action's comment was deleted, for example. A maintainer removes the label ${code(label)} and adds it again.`,
  };
}

/** The command names a connection that the issue doesn't have. */
export function noSuchSourceNotice(names: readonly string[]): Notice {
  return {
    title: 'No such connection',
    text: `This issue has no connection of that name. It has ${names.map(code).join(', ')}.`,
  };
}

/** The form names another schema or group for sources that the issue has a connection of. */
export function differentNotice(refused: readonly LinkResult[]): Notice {
  const services = refused.map(({ target }) => plain(nameFromType(target.service ?? '')));
  return {
    title: 'The request has changed',
    text: `The form names another schema or group than was approved for ${services.join(', ')}. The connection stays as it is. For another one, open a new issue.`,
  };
}

/** What a list of results has that the issue's list doesn't: failures, and more than it holds. */
export function unlistedNotice(
  failed: readonly LinkResult[],
  unlisted: number,
): Notice | undefined {
  const lines = failed.slice(0, MOST_FAILURES).map((result) => {
    const { target } = result;
    const name = target.name ?? target.schema ?? target.connectionId ?? target.service ?? '';
    return `- ${plain(name)}: no link (${code(errorOf(result)?.code ?? result.outcome)})`;
  });
  const more = failed.length - lines.length;
  if (more > 0) lines.push(`- … and ${more} more`);
  if (unlisted > 0) {
    lines.push(`- ${unlisted} more links were created: they are in the run's results.`);
  }
  return lines.length > 0 ? { title: 'No link yet', text: lines.join('\n') } : undefined;
}

/** More failures than these say nothing new. */
const MOST_FAILURES = 50;

/**
 * Reminds whoever opened the issue, by a mention, of the sources that still wait.
 * @param login undefined where nobody can be mentioned; a managed user's has an underscore
 * @param since when the first of them began to wait
 */
export function reminderNotice(
  login: string | undefined,
  names: readonly string[],
  since: Date,
): Notice {
  const mention = login && /^[a-z\d][a-z\d_-]{0,38}$/i.test(login) ? `@${login} ` : '';
  const sources = new Set(names);
  const list = [...sources].map((name) => `**${plain(name)}**`).join(', ');
  const verb = sources.size === 1 ? 'is' : 'are';
  return {
    title: 'Reminder',
    text: `${mention}${list} ${verb} still not connected, since ${readableTime(since)}.`,
  };
}
