import type { DryRunRequest, LinkOutcome } from '../model/link.ts';
import { readableTime } from '../model/readable-time.ts';
import { dryRunRequest, fieldsSet } from './dry-run.ts';
import { firstRequests } from './dry-run-many.ts';
import { codeLink, type Help } from './help.ts';
import { code, plain } from './markdown.ts';
import type { Reported } from './reported.ts';
import { failureList } from './shared-failures.ts';
import { CONNECTION_COLUMNS, page, reason, type SummaryDetails, whereToLook } from './summary.ts';
import { type Column, tableOf } from './table.ts';
import { MOST_BYTES, tableWithin } from './table-within.ts';

/** For the sentence about what was cut off. */
const REST_BYTES = 200;
/** An example that is longer than this is in the log only. */
const MOST_EXAMPLE = 20_000;

/**
 * The job summary of many requests, or of a dry run: how they ended and why some failed, then a table
 * with the failed ones first, as long as GitHub allows.
 */
export function batchSummary(
  reported: readonly Reported[],
  details: SummaryDetails,
  most = MOST_BYTES,
): string {
  const { help, comment, error } = details;
  const failed = reported.filter(({ result }) => result.outcome === 'failed');
  const others = reported.filter(({ result }) => result.outcome !== 'failed');
  const table = tableOf(columns(reported, help), [...failed, ...others]);
  const hasLinks = reported.some(({ result }) => result.card);
  const before = [
    error && `⚠️ ${reason(error, help)}`,
    overview(reported),
    failureList(reported, help),
    whereToLook(hasLinks ? 'many' : 'none', comment),
    sharedText(table.shared, reported.length),
  ];
  const examples = firstRequests(reported.map(({ result }) => result)).map((request) =>
    exampleText(request, reported.length),
  );
  const left = most - Buffer.byteLength(page(...before, ...table.head, ...examples)) - REST_BYTES;
  return page(...before, ...tableWithin(table.head, table.rows, left), ...examples);
}

function columns(reported: readonly Reported[], help: Help): Array<Column<Reported>> {
  const lines = new Set(reported.map(({ position }) => position?.path && position.line));
  // JSON may have all of its entries in one line.
  const hasLines = !lines.has(undefined) && lines.size === reported.length;
  const number: Column<Reported> = {
    title: hasLines ? 'Line' : 'No.',
    isNumber: true,
    cell: (one) => String(hasLines ? one.position?.line : one.number),
  };
  return [
    ...(reported.length > 1 ? [number] : []),
    { title: 'Name', cell: ({ result }) => plain(result.target.name ?? '') },
    { title: RESULT, cell: (one) => resultCell(one, help) },
    ...CONNECTION_COLUMNS,
    {
      title: 'Link works until',
      cell: ({ result: { card } }) => (card ? timeCell(card.expiresAt) : ''),
    },
    {
      title: 'Fields that would be set',
      cell: ({ result }) =>
        result.outcome === 'dry-run' ? fieldsSet(result.wouldSend).map(code).join(', ') : '',
    },
  ];
}

const RESULT = 'Result';

function resultCell({ result }: Reported, help: Help): string {
  switch (result.outcome) {
    case 'failed':
      return `❌ Failed: ${plain(result.error.message)} (${codeLink(result.error.code, help)})`;
    case 'linked': {
      const existing = result.created ? '' : ' for the existing connection';
      const broken = result.connection.setupState === 'broken' ? ', which is broken' : '';
      return `✅ Link created${existing}${broken}`;
    }
    case 'connected':
      return '✅ Already connected, no link needed';
    case 'dry-run':
      return result.connection
        ? '✅ Would create a link for the existing connection'
        : '✅ Would create the connection and its link';
    default:
      return '✅ Nothing to do';
  }
}

/** A time that a narrow column breaks between day and hour only. */
function timeCell(time: Date): string {
  return readableTime(time).replace(/(?<!,) /g, '&nbsp;');
}

/** How many ended how, in one sentence that begins with what most concerns the reader. */
function overview(reported: readonly Reported[]): string {
  const all = reported.length;
  const count = (outcome: LinkOutcome) =>
    reported.filter(({ result }) => result.outcome === outcome).length;
  const failed = count('failed');
  const held = reported.filter(({ result }) => result.outcome === 'dry-run');
  const forExisting = held.filter(({ result }) => result.connection).length;
  const went = [
    counted(count('linked'), 'link created', 'links created'),
    counted(
      held.length - forExisting,
      'connection would be created',
      'connections would be created',
    ),
    counted(
      forExisting,
      'existing connection would be reused',
      'existing connections would be reused',
    ),
    counted(count('connected'), 'already connected'),
    counted(count('skipped'), 'with nothing to do'),
  ].filter(Boolean);
  const rest = went.length > 0 ? `${went.join(', ')}.` : '';
  if (failed === all && all > 0) {
    return `❌ **${all === 1 ? 'The request failed' : `All ${all} requests failed`}.**`;
  }
  if (failed > 0) return `⚠️ **${failed} of ${all} requests failed.** ${rest}`;
  const dry = held.length > 0 ? '**Dry run: nothing was created or changed.** ' : '';
  return `✅ ${dry}${dry ? rest : `**${rest}**`}`;
}

function counted(count: number, one: string, several = one): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : several}`;
}

/** What all rows share, but for the result: the first sentence says that. */
function sharedText(shared: ReadonlyMap<string, string>, count: number): string | undefined {
  const said = [...shared]
    .filter(([title]) => title !== RESULT)
    .map(([title, cell]) => `**${title}:** ${cell}`);
  return said.length > 0 ? `The same for all ${count}: ${said.join(' · ')}` : undefined;
}

function exampleText(request: DryRunRequest, count: number): string {
  const lines = dryRunRequest(request).join('\n');
  if (lines.length > MOST_EXAMPLE) return 'The request that would be sent is in the log.';
  const which = count > 1 ? 'The first request of its kind' : 'The request';
  return `${which} that would be sent:\n\n\`\`\`\n${lines}\n\`\`\``;
}
