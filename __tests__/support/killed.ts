import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Fault as FivetranFault } from '../../sandbox/fivetran/server.ts';
import type { Fault as GitHubFault, IssueEvent } from '../../sandbox/github/server.ts';
import { type Fields, outcomeOf, type World, world } from './onboard.ts';
import { until } from './wait.ts';

/** Where a run dies: with the request that the fault strikes. */
export interface Point {
  github?: GitHubFault;
  fivetran?: FivetranFault;
}

/** Every point at which an onboarding can die. */
export const POINTS: Record<string, Point> = {
  'before the claim': { github: { on: 'graphql-add-comment', answer: 'hang' } },
  'after the claim': { github: { on: 'graphql-add-comment', effect: 'done', answer: 'hang' } },
  'before the create arrives': { fivetran: { on: 'create', effect: 'none', answer: 'hang' } },
  'while the create is in progress': { fivetran: { on: 'create', effect: 2500, answer: 'hang' } },
  'after the create': { fivetran: { on: 'create', effect: 'done', answer: 'hang' } },
  'at the look after the create': { fivetran: { on: 'look-up', answer: 'hang' } },
  'before the result is published': { github: { on: 'update-comment', answer: 'hang' } },
  'after the result is published': {
    github: { on: 'update-comment', effect: 'done', answer: 'hang' },
  },
};

/** Runs an onboarding that dies, as with its machine, as soon as the fault is met. */
export async function killedAt(here: World, point: Point, fields?: Fields): Promise<IssueEvent> {
  const { number } = await here.open(fields);
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  await killRun(here, point, event);
  return event;
}

/**
 * The same for an event that there is already.
 * @param inputs what the step says beside what the workflow's steps say
 */
export async function killRun(
  here: World,
  point: Point,
  event: IssueEvent,
  inputs: Record<string, string> = {},
): Promise<void> {
  if (point.github) here.github.fault(point.github);
  if (point.fivetran) here.fivetran.fault(point.fivetran);
  const step = await here.run(event, {
    with: inputs,
    onStart: async (kill) => {
      await until(() => isMet(here, point));
      // What the request does at the other end is done by now.
      await sleep(50);
      kill();
    },
  });
  expect(step.exitCode).toBeNull();
}

function isMet(here: World, { github, fivetran }: Point): boolean {
  if (github) return here.github.requests.some(({ kind }) => kind === github.on);
  if (fivetran?.on !== 'look-up') {
    return here.fivetran.requests.some(({ method }) => method === 'POST');
  }
  return here.fivetran.requests.some(({ query }) => 'schema' in query);
}

/** Kills an onboarding, runs its job again, and tells what came of it. */
export async function killedAndRunAgain(point: Point, fields?: Fields) {
  const here = await world();
  const event = await killedAt(here, point, fields);
  const again = await here.run(event, { env: { GITHUB_RUN_ATTEMPT: '2' } });
  return { exitCode: again.exitCode, ...(await outcomeOf(here)) };
}
