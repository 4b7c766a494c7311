import { expect } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { form, linksOf, type World } from './onboard.ts';
import { onlyResult } from './step.ts';

/** Refused: the step has no link, and nothing was created. */
export function expectRefusal(step: StepResult, code: string): void {
  expect(step.exitCode).toBe(1);
  expect(onlyResult(step)).toMatchObject({ outcome: 'failed', link: null, error: { code } });
  expect(step.outputs.link).toBeUndefined();
}

/** What was sent to Fivetran that changes something there. */
export function writesOf({ fivetran }: World): string[] {
  return fivetran.requests.flatMap(({ method, path }) =>
    method === 'GET' ? [] : `${method} ${path}`,
  );
}

/** Moves the clocks of GitHub and Fivetran to so many milliseconds from now. */
export function later({ fivetran, github }: World, ms: number): void {
  fivetran.options.now = () => Date.now() + ms;
  github.options.now = () => Date.now() + ms;
}

/** Opens an issue with this description, and has it approved. */
export async function onboardBody(here: World, body: string, author = 'mallory') {
  const { number } = await here.github.openIssue({ body, author });
  return here.run(await here.github.addLabel(number, 'connect-card', 'tess'));
}

/** Another customer's connection in the group that issues go to. */
export function addRival(
  { fivetran }: World,
  schema: string,
  service = 'google_ads',
  more: { setupState?: 'connected' | 'incomplete'; createdAt?: string } = {},
) {
  return fivetran.addConnection({ groupId: 'acme_group', service, schema, ...more });
}

/** Every link that any comment on an issue shows. */
export async function linksOn({ github }: World, issue = 1): Promise<string[]> {
  return (await github.comments(issue)).flatMap((comment) => linksOf(comment));
}

/** A form that asks for another customer's schema. */
export const RIVAL = form({ Service: 'google_ads', Schema: 'rival' });
