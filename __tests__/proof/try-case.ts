import type { Case } from './case.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { FAULTS, type Fault } from './faults.ts';
import { brokenBy, unfinished } from './invariants.ts';
import { OPERATIONS } from './operations.ts';
import type { Sent } from './wire.ts';
import { type Duplicates, ProofWorld, type Ran, type Step } from './world.ts';

export interface CaseResult {
  broken: string[];
  /** The names of the exceptions that cover what isn't as it would have to be. */
  excepted: string[];
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
  const { world, step, operation } = await prepared(one.operation, one.duplicates);
  const fault: Fault = FAULTS[one.fault];
  const struck = await world.run(step, (sent, number) => {
    const isMeant = one.times === 'once' ? number === one.request - 1 : sent.what === one.what;
    return isMeant ? fault : undefined;
  });
  const first = await brokenBy(world, operation, struck);
  const covering = (text: string) => EXCEPTIONS.find(({ covers }) => covers(one, text))?.name;
  const changed = operation.meanwhile?.(world) ?? [];
  const isAnother = operation.isScheduled || fault.later;
  if (isAnother) world.time.advance(AFTER_A_LEASE_MS);
  const again = await world.run(isAnother ? { ...step, runId: '4712' } : { ...step, attempt: 2 });
  await world.time.settle();
  const all = [
    ...first.map((text) => `first run: ${text}`),
    ...(await brokenBy(world, operation, again)),
    ...(await unfinished(world, operation, again)),
    ...((await operation.check?.(world, changed)) ?? []),
  ];
  return {
    broken: all.filter((text) => !covering(text)),
    excepted: all.flatMap((text) => covering(text) ?? []),
    log: [story('First run', struck), story('Second run', again)].join('\n'),
  };
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
