import { documents } from './scenarios/documents.ts';
import { handOver } from './scenarios/hand-over.ts';
import { links } from './scenarios/links.ts';
import { networks } from './scenarios/networks.ts';
import { onboarding } from './scenarios/onboarding.ts';
import { reuse } from './scenarios/reuse.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** At least one for every workflow in `examples/`, and for every step of ours in a document: tests require it. */
export const scenarios: Scenario[] = [
  ...links,
  ...handOver,
  ...onboarding,
  ...reuse,
  ...networks,
  ...documents,
];
