import { FAULTS, type Fault, type FaultName } from './faults.ts';
import { brokenBy, unfinished } from './invariants.ts';
import { OPERATIONS } from './operations.ts';
import type { Sent } from './wire.ts';
import { type Duplicates, ProofWorld, type Ran, type Step } from './world.ts';

/** One fault at one request of an operation. */
export interface Case {
  operation: string;
  duplicates: Duplicates;
  /** The request that is struck, by its number in a run without a fault, from 1 on. */
  request: number;
  /** What that asks for. */
  what: string;
  fault: FaultName;
  /** Whether only that request is struck, or every one that asks for the same. */
  times: 'once' | 'always';
}

export interface Verdict {
  broken: string[];
  /** What the runs said, for whoever looks into it. */
  log: string;
}

const POLICIES: readonly Duplicates[] = ['accept', 'refuse-409', 'refuse-400'];
/** Longer than any lease of a run that is dead. */
const AFTER_A_LEASE_MS = 10 * 60_000;

/** A case as one word of a command line, and the other way round. */
export function nameOf({ operation, duplicates, request, fault, times }: Case): string {
  return [operation, duplicates, request, fault, times].join(' / ');
}

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

/** All cases of the operations. */
export async function allCases(operations = Object.keys(OPERATIONS)): Promise<Case[]> {
  const cases: Case[] = [];
  for (const operation of operations) {
    for (const duplicates of POLICIES) {
      const sent = await requestsOf(operation, duplicates);
      const creates = sent.some(isCreate);
      // Without a create request, the policy plays no part.
      if (!creates && duplicates !== POLICIES[0]) continue;
      for (const [index, one] of sent.entries()) {
        const isFirst = sent.findIndex(({ what }) => what === one.what) === index;
        for (const [fault, { end, cancel, graphql }] of Object.entries<Fault>(FAULTS)) {
          if (graphql && !one.isGraphql) continue;
          const base = { operation, duplicates, request: index + 1, what: one.what };
          const named = { ...base, fault: fault as FaultName };
          cases.push({ ...named, times: 'once' });
          if (isFirst && end !== 'kill' && !cancel) cases.push({ ...named, times: 'always' });
        }
      }
    }
  }
  return cases;
}

function isCreate({ what }: Sent): boolean {
  return /^POST \/v1\/connect(ions|ors)( |$)/.test(what);
}

/** Runs an operation with a fault and then without one, and says what isn't as it must be. */
export async function judge(one: Case): Promise<Verdict> {
  const { world, step, operation } = await prepared(one.operation, one.duplicates);
  const fault: Fault = FAULTS[one.fault];
  const struck = await world.run(step, (sent, number) => {
    const isMeant = one.times === 'once' ? number === one.request - 1 : sent.what === one.what;
    return isMeant ? fault : undefined;
  });
  const first = await brokenBy(world, operation, struck);
  operation.meanwhile?.(world);
  if (struck.exitCode === null) world.time.advance(AFTER_A_LEASE_MS);
  const again = await world.run(
    operation.isScheduled ? { ...step, runId: '4712' } : { ...step, attempt: 2 },
  );
  const second = [
    ...(await brokenBy(world, operation, again)),
    ...(await unfinished(world, operation, again)),
  ];
  return {
    broken: [...first.map((text) => `first run: ${text}`), ...second],
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
