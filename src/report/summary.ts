import { InputError, type LinkError } from '../model/errors.ts';
import type { LinkResult } from '../model/link.ts';
import { resultJson } from '../runner/outputs.ts';
import { code, plain, readableTime } from './markdown.ts';

export const OUTCOMES: Readonly<Record<LinkResult['outcome'], string>> = {
  linked: 'Link made',
  connected: 'Connected already, no link needed',
  skipped: 'Nothing to do',
  'dry-run': 'Dry run: nothing was sent that writes',
  failed: 'Failed',
};

/**
 * The job summary of one request. It never shows the link, which opens somebody's data connection:
 * who may read a summary isn't who may have the link.
 */
export function singleSummary(result: LinkResult): string {
  const known = resultJson(result);
  const { card, created, error, asked } = result;
  const name = known.connection_name ?? [asked.schema, asked.table].filter(Boolean).join('.');
  const rows: Array<[string, string | null | undefined]> = [
    ['Outcome', OUTCOMES[result.outcome]],
    ['Service', known.service && code(known.service)],
    ['Connection', name && code(name)],
    ['Connection id', known.connection_id && code(known.connection_id)],
    ['Group', known.group_id && code(known.group_id)],
    ['Made by this run', created === undefined ? null : created ? 'yes' : 'no, it was there'],
    ['Setup state', known.setup_state],
    ['Link works until', card && readableTime(card.expiresAt)],
  ];
  const table = rows.filter(([, cell]) => cell).map(([label, cell]) => `| ${label} | ${cell} |`);
  const issueToo = result.commentUrl ? `; [the issue](<${result.commentUrl}>) says so, too` : '';
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
