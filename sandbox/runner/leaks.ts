import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exchange, Journal } from '../wire/journal.ts';
import {
  type Canaries,
  type Canary,
  configValues,
  input,
  KEY,
  LINK,
  linksIn,
  parsed,
  secretsOf,
} from './canaries.ts';
import { maskedBy, type Obeyed } from './commands.ts';

/** What is known of a step that has ended. */
export interface Traces extends Pick<Obeyed, 'masks'> {
  /** The step's environment, in which its secrets are. */
  env: Readonly<Record<string, string | undefined>>;
  /** What it printed, commands and all, and its summary before the runner masks it. */
  raw: string;
  stderr: string;
  summary: string;
  outputs: Readonly<Record<string, string>>;
  resultsFile: string;
  /** Other files that it left behind, by their names. */
  files: ReadonlyMap<string, string>;
  /** What it sent. */
  journal: Pick<Journal, 'exchanges' | 'isAlone'>;
}

/** What every link has, also those that are too many to be looked for one by one. */
const ANY_LINK = /\bauth=[\w-]+\.[\w-]+/;

/** Where a canary was seen that it has no business to be. */
type Report = (what: string, where: string) => void;

/**
 * Throws if anything that left a step has a secret or a link where it doesn't belong. The runner calls it
 * for every step, so that no test can forget it:
 * - the API secret is only in the header that Fivetran wants it in, GitHub's token only in GitHub's;
 *   the previous secret is nowhere;
 * - values of `config` and `auth` are only in the create request, and in no words about an error;
 * - links and their tokens are in outputs, in the results file and in comments, and there masked; never in
 *   the log, the summary, a file or another request, nor in comments that everybody can read.
 */
export function assertNothingLeaks(traces: Traces): void {
  const leaks = new Set<string>();
  const report: Report = (what, where) => leaks.add(`${what} is in ${where}`);
  const secrets = secretsOf(traces.env);
  const values = configValues(traces.env);
  const handedOn = [...Object.values(traces.outputs), traces.resultsFile];
  const links = linksIn(handedOn, traces.journal.exchanges);

  for (const [where, text] of printedBy(traces)) {
    look(text, where, [...secrets, ...values, ...links], report);
    if (ANY_LINK.test(text)) report('a link', where);
  }
  for (const [name, text] of [
    ...Object.entries(traces.outputs),
    ['results-file', traces.resultsFile],
  ]) {
    look(text ?? '', `output ${name}`, secrets, report);
  }
  look(errorsIn(traces.resultsFile), 'an error', values, report);
  for (const exchange of traces.journal.exchanges) {
    if (exchange.to === 'fivetran')
      lookAtFivetran(exchange, traces, { secrets, values, links }, report);
    else lookAtGitHub(exchange, traces, { secrets, values, links }, report);
  }
  if (input(traces.env, 'mask-link') !== 'false') lookForMasks(traces, links, report);
  if (leaks.size > 0)
    throw new Error(`Something left a step that shouldn't:\n${[...leaks].join('\n')}`);
}

function look(text: string, where: string, canaries: readonly Canary[], report: Report): void {
  if (text === '') return;
  for (const { what, forms } of canaries) {
    if (forms.some((form) => text.includes(form))) report(what, where);
  }
}

function printedBy({ raw, stderr, summary, files }: Traces): Array<[string, string]> {
  const lines = raw.split(/\r?\n/).filter((line) => !line.startsWith('::add-mask::'));
  return [
    ['the log', lines.join('\n')],
    ['standard error', stderr],
    ['the summary', summary],
    ...[...files].map(([name, text]): [string, string] => [`the file ${name}`, text]),
  ];
}

function errorsIn(resultsFile: string): string {
  const results = parsed(resultsFile);
  const errors = (Array.isArray(results) ? results : []).map((result) => result?.error);
  return JSON.stringify(errors.filter(Boolean));
}

function lookAtFivetran(
  { method, path, headers, body }: Exchange,
  { env, journal }: Traces,
  { secrets, values, links }: Canaries,
  report: Report,
): void {
  const { authorization = '', ...others } = headers;
  const where = `a request to Fivetran (${method} ${path.split('?')[0]})`;
  const own = `Basic ${Buffer.from(`${input(env, KEY)}:${input(env, 'fivetran-api-secret')}`).toString('base64')}`;
  // Of runs at the same time, nobody can say which sent what.
  if (authorization !== own && journal.isAlone()) {
    look(authorization, `${where}, in its credential`, secrets, report);
  }
  const isCreate = method === 'POST' && /\/connect(?:ion|or)s$/.test(path);
  look([path, JSON.stringify(others)].join('\n'), where, [...secrets, ...values, ...links], report);
  look(body, `${where}, in its body`, [...secrets, ...(isCreate ? [] : values), ...links], report);
}

function lookAtGitHub(
  { method, path, headers, body, isPublic }: Exchange,
  { env }: Traces,
  { secrets, values, links }: Canaries,
  report: Report,
): void {
  const { authorization = '', ...others } = headers;
  const where = `a request to GitHub (${method} ${path.split('?')[0]})`;
  const isToken = ({ what }: Canary) => what === 'the GitHub token';
  look(
    authorization,
    `${where}, in its credential`,
    [...secrets.filter((one) => !isToken(one)), ...values],
    report,
  );
  look([path, JSON.stringify(others)].join('\n'), where, [...secrets, ...values, ...links], report);
  look(body, `${where}, in its body`, [...secrets, ...values], report);
  if (!isComment(method, path, body)) look(body, `${where}, which is no comment`, links, report);
  else if (isPublic && input(env, 'allow-public-comment') !== 'true') {
    look(body, 'a comment that everybody can read', links, report);
  }
}

function isComment(method: string, path: string, body: string): boolean {
  if (path.endsWith('/graphql')) return /mutation[\s\S]*Comment\(/.test(body);
  return /^(?:POST|PATCH)$/.test(method) && /\/comments(?:\/\d+)?$/.test(path);
}

function lookForMasks(
  { outputs, resultsFile, masks, journal }: Traces,
  links: readonly Canary[],
  report: Report,
): void {
  // Of runs at the same time, nobody can say which wrote what.
  const exchanges = journal.isAlone() ? journal.exchanges : [];
  const comments = exchanges.filter(({ to }) => to === 'github').map(({ body }) => body);
  const sent = [...Object.values(outputs), resultsFile, ...comments].join('\n');
  const masked = new Set(masks);
  const where = 'an output or a comment without being masked';
  for (const [link] of sent.matchAll(LINK)) if (!masked.has(link)) report('a link', where);
  // A token needs no mask of its own within a link that has one.
  const own = links.filter(({ text }) => !masked.has(text) && sent.includes(text));
  const unmasked = own.length > 0 ? maskedBy([...masks], sent) : '';
  for (const { what, text } of own) if (unmasked.includes(text)) report(what, where);
}

/** The files in a folder and those within it, by their paths; those that the runner put there are left out. */
export async function filesIn(
  folder: string,
  known: readonly (string | undefined)[],
): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const others = paths.filter((path) => !known.includes(path));
  return new Map(
    await Promise.all(
      others.map(async (path): Promise<[string, string]> => [path, await readFile(path, 'latin1')]),
    ),
  );
}
