import { InputError, type LinkError } from '../model/errors.ts';
import { errorOf, type LinkOutcome, type LinkResult } from '../model/link.ts';
import { code, plain, readableTime } from './markdown.ts';
import { resultJson } from './results.ts';

export const OUTCOMES: Readonly<Record<LinkOutcome, string>> = {
  pending: 'In progress',
  linked: 'Link created',
  connected: 'Already connected, no link needed',
  skipped: 'Nothing to do',
  'dry-run': 'Dry run: nothing was created or changed',
  failed: 'Failed',
};

/**
 * The job summary of one request. It never shows the link, which opens somebody's data connection:
 * those who may read a summary aren't those who may have the link.
 * @param commentUrl the issue's comment that has the result as well
 */
export function singleSummary(result: LinkResult, commentUrl?: string): string {
  const known = resultJson(result);
  const { card, created, target } = result;
  const error = errorOf(result);
  const name = known.connection_name ?? [target.schema, target.table].filter(Boolean).join('.');
  const rows: Array<[string, string | null | undefined]> = [
    ['Outcome', OUTCOMES[result.outcome]],
    ['Service', known.service && code(known.service)],
    ['Connection', name && code(name)],
    ['Connection id', known.connection_id && code(known.connection_id)],
    ['Group', known.group_id && code(known.group_id)],
    ['Created by this run', created === undefined ? null : created ? 'yes' : 'no, it existed'],
    ['Setup state', known.setup_state],
    ['Link works until', card && readableTime(card.expiresAt)],
  ];
  const table = rows.filter(([, cell]) => cell).map(([label, cell]) => `| ${label} | ${cell} |`);
  const issueToo = commentUrl ? ` and in [the issue's comment](<${commentUrl}>)` : '';
  const after = error
    ? explain(error)
    : card
      ? `The link is in the step's output \`link\`${issueToo}. It isn't shown here: whoever has it can connect the source.`
      : '';
  return ['## Connect Card Link', '', '| | |', '| --- | --- |', ...table, '', after, ''].join('\n');
}

function explain(error: LinkError): string {
  if (!(error instanceof InputError)) {
    return `**${plain(error.message)}** ${plain(error.fix)} (${code(error.code)})`;
  }
  return error.problems
    .map(
      ({ input, message, fix, code: id }) =>
        `- ${code(input)} ${plain(`${message} ${fix}`)} (${code(id)})`,
    )
    .join('\n');
}
