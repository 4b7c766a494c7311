import { InputError, type LinkError } from '../model/errors.ts';
import { readableTime } from '../model/readable-time.ts';
import { codeLink, type Help } from './help.ts';
import { linkTo } from './link-text.ts';
import { code, plain } from './markdown.ts';
import { type Reported, requestName } from './reported.ts';
import { resultJson } from './results.ts';
import { type Column, tableOf } from './table.ts';

/** What a summary says beside the results themselves. */
export interface SummaryDetails {
  help: Help;
  /** The issue's comment, and whether it has the links. */
  comment?: { url: string; hasLinks: boolean } | undefined;
  /** What failed although no single request did: the comment, for example. */
  error?: LinkError | undefined;
}

/** What is known of a request's connection, for the table of one result and of many. */
export const CONNECTION_COLUMNS: ReadonlyArray<Column<Reported>> = [
  { title: 'Connection', cell: ({ result }) => codeOr(connectionOf(result)) },
  { title: 'Connection id', cell: ({ result }) => codeOr(resultJson(result).connection_id) },
  { title: 'Service', cell: ({ result }) => serviceOf(result) },
  { title: 'Group', cell: ({ result }) => codeOr(resultJson(result).group_id) },
];

/** What only the table of one result has room for; the table of many says it in its results. */
const MORE_COLUMNS: ReadonlyArray<Column<Reported>> = [
  {
    title: 'New connection',
    cell: ({ result: { created } }) => (created === undefined ? '' : created ? 'yes' : 'no'),
  },
  { title: 'Setup state', cell: ({ result }) => resultJson(result).setup_state ?? '' },
  {
    // Where all went well, the first sentence says it.
    title: 'Link works until',
    cell: ({ result: { outcome, card } }) =>
      outcome === 'failed' && card ? readableTime(card.expiresAt) : '',
  },
];

/**
 * The job summary of one request: how it ended, then what is known of its connection. It never shows
 * the link, which opens somebody's data connection: those who may read a summary aren't those who may
 * have the link.
 */
export function singleSummary(one: Reported, details: SummaryDetails): string {
  const { head, rows } = tableOf([...CONNECTION_COLUMNS, ...MORE_COLUMNS], [one]);
  const { help, error, comment } = details;
  const reasons = error ? [`⚠️ ${reason(error, help)}`] : [];
  const where = whereToLook(one.result.card ? 'one' : 'none', comment);
  return page(ending(one, help), ...reasons, where, [...head, ...rows].join('\n'));
}

function ending(one: Reported, help: Help): string {
  const { result, position } = one;
  switch (result.outcome) {
    case 'failed': {
      // A link that was created is there, whatever failed afterwards.
      return `${result.card ? '⚠️' : '❌'} ${reason(result.error, help, position && requestName(one))}`;
    }
    case 'linked':
      return `✅ **Link created.** It works until **${readableTime(result.card.expiresAt)}**.`;
    case 'connected':
      return '✅ **Already connected.** No link is needed.';
    default:
      return '✅ **Nothing to do.**';
  }
}

/**
 * Why something failed and what to do, in Markdown: a sentence, or a list of several problems.
 * @param subject the request that it is about
 */
export function reason(error: LinkError, help: Help, subject?: string): string {
  const about = subject === undefined ? '' : `${plain(subject)}: `;
  const problems = error instanceof InputError ? error.problems : [];
  const [only, ...others] = problems;
  if (!only) {
    return `**${about}${plain(error.message)}** ${plain(error.fix)} (${codeLink(error.code, help)})`;
  }
  if (others.length === 0) {
    const { input, message, fix } = only;
    return `**${about}${code(input)} ${plain(message)}** ${plain(fix)} (${codeLink(only.code, help)})`;
  }
  const list = problems.map(
    ({ input, message, fix, code: id }) =>
      `- ${code(input)} ${plain(`${message} ${fix}`)} (${codeLink(id, help)})`,
  );
  return `**${about}${problems.length} problems:**\n\n${list.join('\n')}`;
}

/** Where people find the links that a summary doesn't show, and how things stand. */
export function whereToLook(
  links: 'none' | 'one' | 'many',
  comment: SummaryDetails['comment'],
): string {
  const page = comment && linkTo("the issue's comment", comment.url);
  if (links === 'none') return page ? `How things stand is in ${page}.` : '';
  const also = comment?.hasLinks ? ` and in ${page}` : '';
  const status = page && !comment.hasLinks ? ` How things stand is in ${page}, without links.` : '';
  return links === 'one'
    ? `The link is in the step's output \`link\`${also}. It isn't shown here: whoever has it can connect the source.${status}`
    : `The links are in the step's outputs \`results\` and \`results-file\`${also}. They aren't shown here: whoever has a link can connect its source.${status}`;
}

/** A summary of paragraphs; those that are empty are left out. */
export function page(...paragraphs: ReadonlyArray<string | undefined>): string {
  return `${['## Connect Card Link', ...paragraphs.filter(Boolean)].join('\n\n')}\n`;
}

function connectionOf(result: Reported['result']): string {
  const { connection_name, schema, table } = resultJson(result);
  return connection_name ?? [schema, table].filter(Boolean).join('.');
}

/** A connector type as people know it, and as the API names it. */
function serviceOf(result: Reported['result']): string {
  const { service, service_name } = resultJson(result);
  if (!service) return '';
  return service_name && service_name !== service
    ? `${plain(service_name)} (${code(service)})`
    : code(service);
}

function codeOr(text: string | null): string {
  return text ? code(text) : '';
}
