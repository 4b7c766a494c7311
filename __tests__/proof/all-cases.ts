import type { Case } from './case.ts';
import { FAULTS, type Fault, type FaultName } from './faults.ts';
import { OPERATIONS } from './operations.ts';
import { canStrike, requestsOf } from './try-case.ts';
import { isCreate } from './wire.ts';
import type { Duplicates } from './world.ts';

const POLICIES: readonly Duplicates[] = ['accept', 'refuse-409', 'refuse-400'];
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
        for (const [name, { end, cancel }] of Object.entries<Fault>(FAULTS)) {
          const fault = name as FaultName;
          if (!canStrike(fault, one)) continue;
          const named = { operation, duplicates, request: index + 1, what: one.what, fault };
          cases.push({ ...named, times: 'once' });
          if (isFirst && end !== 'kill' && !cancel) cases.push({ ...named, times: 'always' });
        }
      }
    }
  }
  return cases;
}
