import type { Case, Pair, Struck } from './case.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { FAULTS, type Fault, type FaultName } from './faults.ts';
import { brokenBy, unfinished } from './invariants.ts';
import { OPERATIONS } from './operations.ts';
import { isCreate, type Sent } from './wire.ts';
import { type Duplicates, ProofWorld, type Ran, type Step } from './world.ts';

export interface CaseResult {
  broken: string[];
  /** The names of the exceptions that cover what isn't as it would have to be. */
  excepted: string[];
  /** How many requests were struck. */
  struck: number;
  /** What the runs said, for whoever looks into it. */
  log: string;
}

/** Longer than any lease of a run that is dead. */
const AFTER_A_LEASE_MS = 10 * 60_000;

/** The requests of an operation that meets no fault. */
export async function requestsOf(name: string, duplicates: Duplicates): Promise<Sent[]> {
  const { world, step, operation } = await prepared(name, duplicates);
  const ran = await world.run(step);
  const broken = [
    ...(await brokenBy(world, operation, ran)),
    ...(await unfinished(world, operation, ran)),
  ];
  if (broken.length > 0) throw new Error(`${name}, without a fault: ${broken.join('; ')}`);
  return ran.sent;
}

/** Runs an operation with a fault and then without one, and says what isn't as it must be. */
export async function tryCase(one: Case): Promise<CaseResult> {
  return tryRuns(one, [
    ({ what }, number) => {
      const isMeant = one.times === 'once' ? number === one.request - 1 : what === one.what;
      return isMeant ? one.fault : undefined;
    },
  ]);
}

/** The same with two faults: in one run, or in two runs that follow each other. */
export async function tryPair(pair: Pair): Promise<CaseResult> {
  const last = Math.max(...pair.strikes.map(({ run }) => run));
  const runs = Array.from({ length: last }, (_, index): Striker => {
    const strikes = pair.strikes.filter(({ run }) => run === index + 1);
    return (_sent, number) => strikes.find(({ request }) => request === number + 1)?.fault;
  });
  return tryRuns(pair, runs);
}

/** Decides which fault strikes a request. */
type Striker = (sent: Sent, number: number) => FaultName | undefined;

/** Runs an operation once with each of these, and then without a fault. */
async function tryRuns(
  { operation: name, duplicates }: Pick<Case, 'operation' | 'duplicates'>,
  strikers: readonly Striker[],
): Promise<CaseResult> {
  const { world, step, operation } = await prepared(name, duplicates);
  const met: Struck[] = [];
  const broken: string[] = [];
  const stories: string[] = [];
  let changed: readonly string[] = [];
  let next: Step = step;
  for (const [index, striker] of strikers.entries()) {
    const begun = met.length;
    const ran = await world.run(next, (sent, number) => {
      const fault = striker(sent, number);
      if (!fault || !canStrike(fault, sent)) return undefined;
      met.push({ operation: name, duplicates, what: sent.what, fault });
      return FAULTS[fault];
    });
    const number = index + 1;
    broken.push(...(await brokenBy(world, operation, ran)).map((text) => `run ${number}: ${text}`));
    stories.push(story(`Run ${number}`, ran));
    if (index === 0) changed = operation.meanwhile?.(world) ?? [];
    const isAnother =
      operation.isScheduled || met.slice(begun).some(({ fault }) => isLater(FAULTS[fault]));
    if (isAnother) world.time.advance(AFTER_A_LEASE_MS);
    next = isAnother
      ? { ...step, runId: String(4711 + number) }
      : { ...next, attempt: (next.attempt ?? 1) + 1 };
  }
  const last = await world.run(next);
  await world.time.settle();
  stories.push(story(`Run ${strikers.length + 1}`, last));
  broken.push(
    ...(await brokenBy(world, operation, last)),
    ...(await unfinished(world, operation, last)),
    ...((await operation.check?.(world, changed)) ?? []),
  );
  const covering = (text: string) =>
    EXCEPTIONS.find(({ covers }) => met.some((one) => covers(one, text, met)))?.name;
  return {
    broken: broken.filter((text) => !covering(text)),
    excepted: broken.flatMap((text) => covering(text) ?? []),
    struck: met.length,
    log: stories.join('\n'),
  };
}

/** Whether a fault can strike a request: some are only for GraphQL, or for what creates. */
export function canStrike(name: FaultName, sent: Sent): boolean {
  const { graphql, late }: Fault = FAULTS[name];
  return (!graphql || sent.isGraphql) && (!late || isCreate(sent));
}

function isLater({ later }: Fault): boolean {
  return later === true;
}

async function prepared(name: string, duplicates: Duplicates) {
  const operation = OPERATIONS[name];
  if (!operation) throw new Error(`There is no operation "${name}".`);
  const world = new ProofWorld(duplicates);
  const step: Step = await operation.prepare(world);
  return { world, step, operation };
}

function story(title: string, { exitCode, sent, step, began, ended }: Ran): string {
  const requests = sent.map(
    (one, index) =>
      `  ${index + 1}. ${one.at - began} ms: ${one.what}${one.effect ? '' : ' (not carried out)'}${
        one.received === undefined ? ' (no answer)' : ''
      }`,
  );
  return [
    `${title}: ended with ${exitCode} after ${ended - began} ms`,
    ...requests,
    ...step.log.split('\n').map((line) => `  | ${line}`),
    `  results: ${step.resultsFile}`,
  ].join('\n');
}
