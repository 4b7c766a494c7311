import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertNothingLeaks } from '../../sandbox/runner/leaks.ts';
import { linksOf } from '../support/form-fields.ts';
import type { Operation } from './operations.ts';
import type { ProofWorld, Ran } from './world.ts';

const ERRORS = readFileSync(join(import.meta.dirname, '../../docs/errors.md'), 'utf8');
const CODES = new Set([...ERRORS.matchAll(/^### `([a-z-]+)`$/gm)].map(([, code]) => code ?? ''));

/** Milliseconds by which a run may end later than its waits and its requests say. */
const SLACK_MS = 100;

/** Everything that a run and its issues tell people and later steps. */
async function told(world: ProofWorld, { issues }: Operation, { step }: Ran): Promise<string> {
  const comments = await Promise.all(
    Array.from({ length: issues }, (_, index) => world.own(index + 1)),
  );
  return [
    ...Object.values(step.outputs),
    step.resultsFile,
    step.summary,
    step.log,
    ...comments.flat().map(({ body }) => body),
  ].join('\n');
}

/** What must be true after every run, whatever struck it. Returns what isn't. */
export async function brokenBy(
  world: ProofWorld,
  operation: Operation,
  ran: Ran,
): Promise<string[]> {
  return [
    ...duplicates(world),
    ...leaks(ran),
    ...time(ran),
    ...(ran.exitCode === null
      ? []
      : [
          ...failures(ran),
          ...(await untold(world, operation, ran)),
          ...(await deadLinks(world, operation)),
        ]),
  ];
}

function duplicates({ fivetran }: ProofWorld): string[] {
  const names = fivetran.connections.map(({ group_id, schema }) => `${group_id}/${schema}`);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return twice.map((name) => `two connections of one source: ${name}`);
}

function leaks({ step, env, journal }: Ran): string[] {
  try {
    assertNothingLeaks({ ...step, env, journal, files: new Map() });
    return [];
  } catch (error) {
    return [`a leak: ${error}`];
  }
}

/** Waits within max-wait, requests within their timeout, and an end soon after a cancellation. */
function time({ inputs, sent, began, ended, cancelled, exitCode }: Ran): string[] {
  const broken: string[] = [];
  const timeoutMs = Number(inputs.timeout ?? 30) * 1000;
  const maxWaitMs = Number(inputs['max-wait'] ?? 120) * 1000;
  for (const one of sent) {
    const took = (one.ended ?? ended) - one.at;
    if (took > timeoutMs + SLACK_MS) broken.push(`${one.what} took ${took} ms`);
  }
  const waited = ended - began - timeInFlight(sent, ended);
  if (waited > maxWaitMs + SLACK_MS) broken.push(`the run waited for ${waited} ms`);
  if (cancelled !== undefined && exitCode !== null && ended - cancelled > 5000 + SLACK_MS) {
    broken.push(`the run ended ${ended - cancelled} ms after it was cancelled`);
  }
  return broken;
}

/** Milliseconds in which at least one request was in progress. */
function timeInFlight(sent: Ran['sent'], end: number): number {
  let sum = 0;
  let until = 0;
  for (const { at, ended = end } of sent) {
    sum += Math.max(0, ended - Math.max(at, until));
    until = Math.max(until, ended);
  }
  return sum;
}

interface Result {
  outcome: string;
  schema?: string | null;
  connection_id?: string;
  error?: { code: string; message: string; fix: string } | null;
}

function resultsOf({ step }: Ran): Result[] {
  return JSON.parse(step.resultsFile || '[]') as Result[];
}

/** A failure has a code that is documented, and a success has none. */
function failures(ran: Ran): string[] {
  const { step, exitCode } = ran;
  const results = resultsOf(ran);
  const codes = [
    ...results.flatMap(({ error }) => error?.code ?? []),
    ...step.annotations
      .filter(({ level }) => level === 'error')
      .map(
        ({ message }) => /\(([a-z-]+)(?::|\))[^()]*\)?$/.exec(message)?.[1] ?? `none: ${message}`,
      ),
  ];
  const broken = codes
    .filter((code) => !CODES.has(code) || code === 'internal')
    .map((code) => `a failure with the code ${code}`);
  for (const { error } of results) {
    // A cancelled run says so, whatever it was waiting for.
    if (!error || error.code === 'cancelled') continue;
    if (/^Fivetran's rate limit/.test(error.message) && error.code !== 'rate-limited') {
      broken.push(`a rate limit with the code ${error.code}`);
    }
  }
  if (exitCode === 1 && codes.length === 0) broken.push('a failure without a code');
  const failed = results.some(({ outcome }) => outcome === 'failed');
  if (exitCode === 0 && (failed || step.outputs.outcome === 'failed')) {
    broken.push('a failure that counts as a success');
  }
  return broken;
}

/** What was created and isn't told anywhere: connections by their names or ids, links that came. */
async function untold(world: ProofWorld, operation: Operation, ran: Ran): Promise<string[]> {
  const text = await told(world, operation, ran);
  const connections = world.fivetran.connections
    .filter(({ id }) => !ran.before.has(id))
    .filter(({ id, schema }) => !text.includes(id) && !isInDoubt(ran, schema))
    .map(({ id, schema }) => `connection ${id} (${schema}) exists and isn't told`);
  // Whoever is connected needs no link any more.
  const waits = new Set(
    world.fivetran.connections
      .filter(({ status }) => status.setup_state !== 'connected')
      .map(({ id }) => id),
  );
  const links = world.fivetran
    .workingLinks()
    .filter(({ token }) => ran.sent.some(({ received }) => received?.includes(token)))
    .filter(({ connectionId, token }) => waits.has(connectionId) && !text.includes(token))
    .map(({ connectionId }) => `a link of ${connectionId} came and isn't told`);
  return [...connections, ...links];
}

/** Links that comments show although newer ones have taken their place. */
async function deadLinks({ fivetran, own }: ProofWorld, { issues }: Operation): Promise<string[]> {
  const broken: string[] = [];
  for (let issue = 1; issue <= issues; issue++) {
    for (const link of (await own(issue)).flatMap(linksOf)) {
      if (fivetran.isReplaced(link)) broken.push(`a dead link on issue ${issue}`);
    }
  }
  return broken;
}

/** Whether a run says that it doesn't know what became of a request. */
function isInDoubt(ran: Ran, schema: string): boolean {
  return resultsOf(ran).some(
    ({ schema: asked, error }) =>
      (asked ?? schema) === schema &&
      error &&
      (['create-unknown', 'ownership-unclear'].includes(error.code) ||
        (error.code === 'cancelled' && /may have been created/.test(error.message))),
  );
}

/** What must be true when all is done in the end. Returns what isn't. */
export async function unfinished(
  world: ProofWorld,
  operation: Operation,
  ran: Ran,
): Promise<string[]> {
  const { fivetran } = world;
  const broken: string[] = [];
  if (ran.exitCode !== 0) broken.push(`the last run failed: ${errorsOf(ran)}`);
  const present = fivetran.connections.map(({ schema }) => schema);
  for (const name of operation.names) {
    if (!present.includes(name)) broken.push(`no connection ${name} in the end`);
  }
  const shown: string[] = [];
  for (let issue = 1; issue <= operation.issues; issue++) {
    const comments = await world.own(issue);
    if (comments.length !== 1) broken.push(`${comments.length} comments on issue ${issue}`);
    shown.push(...comments.flatMap(linksOf));
  }
  if (operation.issues === 0) {
    const results = JSON.parse(ran.step.outputs.results ?? '[]') as Array<{ link?: string }>;
    shown.push(...results.flatMap(({ link }) => link ?? []));
  }
  const works = new Set<string>();
  for (const link of shown) {
    const connection = fivetran.opens(link);
    if (connection) works.add(connection);
    else broken.push('a link that is shown in the end is dead');
  }
  for (const { id, schema, status } of fivetran.connections) {
    if (status.setup_state !== 'connected' && !works.has(id)) broken.push(`no link for ${schema}`);
  }
  return broken;
}

function errorsOf({ step }: Ran): string {
  return step.annotations
    .filter(({ level }) => level === 'error')
    .map(({ message }) => message)
    .join(' | ');
}
