import type { Case } from './case.ts';
import { FAULTS, type Fault, type FaultName } from './faults.ts';
import { OPERATIONS } from './operations.ts';
import { requestsOf } from './try-case.ts';
import type { Sent } from './wire.ts';
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
        for (const [fault, { end, cancel, graphql, late }] of Object.entries<Fault>(FAULTS)) {
          if (graphql && !one.isGraphql) continue;
          if (late && !isCreate(one)) continue;
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
