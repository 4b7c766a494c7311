import { expect, test } from '@jest/globals';
import {
  linksOf,
  outcomeOf,
  resultsOf,
  shown,
  THREE,
  type World,
  world,
} from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';

// After the API secret was changed: records that were signed with the one before.

const NEW = { 'fivetran-api-secret': 'second-secret' };
const BOTH = { ...NEW, 'previous-fivetran-api-secret': 'sandbox-secret' };
const GOOD = { connections: 3, comments: 1, working: 3 };

/** Three sources are onboarded, then the secret is changed. */
async function rotated(): Promise<World> {
  const here = await world();
  await here.onboard(THREE);
  here.fivetran.options.apiSecret = NEW['fivetran-api-secret'];
  return here;
}

async function followUp(here: World, inputs: Record<string, string>) {
  const event = await here.github.comment(1, 'x', 'nina');
  return here.run(event, { with: { operation: 'follow-up', 'group-id': '', ...inputs } });
}

test('with the previous secret the command works, and signs the record anew', async () => {
  const here = await rotated();
  expect(resultsOf(await here.command(1, { dist: true, with: BOTH }))).toHaveLength(3);
  expect(await here.own()).toHaveLength(1);
  expect(resultsOf(await here.command(1, { dist: true, with: NEW }))).toHaveLength(3);
  expect(await outcomeOf(here)).toEqual(GOOD);
});

test('so it does with another approval', async () => {
  const here = await rotated();
  expect((await here.approve(1, { with: BOTH })).exitCode).toBe(0);
  expect(resultsOf(await here.command(1, { with: NEW }))).toHaveLength(3);
  expect(await outcomeOf(here)).toEqual(GOOD);
});

test('and with a step that adds a link', async () => {
  const here = await rotated();
  const event = await here.github.comment(1, 'x', 'nina');
  const link = { operation: 'link', service: 'hubspot', schema: 'crm' };
  await here.run(event, { with: { ...link, ...BOTH } });
  expect(resultsOf(await here.command(1, { with: NEW }))).toHaveLength(4);
  expect(await outcomeOf(here)).toEqual({ connections: 4, comments: 1, working: 4 });
});

test('follow-up signs the record anew where nothing else has changed', async () => {
  const here = await rotated();
  const [before] = await here.own();
  expect((await followUp(here, BOTH)).exitCode).toBe(0);
  const [after, ...more] = await here.own();
  expect(more).toEqual([]);
  // Nobody is notified: it is the same comment with the same words.
  expect([after?.id, shown(after)]).toEqual([before?.id, shown(before)]);
  expect(after?.body).not.toBe(before?.body);
  // The second time there is nothing to write.
  const seen = here.github.requests.length;
  await followUp(here, BOTH);
  expect(here.github.requests.slice(seen).map(({ kind }) => kind)).toEqual(['graphql-issues']);
  expect(resultsOf(await here.command(1, { with: NEW }))).toHaveLength(3);
  expect(await outcomeOf(here)).toEqual(GOOD);
});

test('without it the action adds a comment of its own, and leaves the other as it is', async () => {
  const here = await rotated();
  const [before] = await here.own();
  const command = await here.command(1, { with: NEW });
  expect(onlyResult(command).error.code).toBe('not-approved');
  const step = await here.approve(1, { dist: true, with: NEW });
  expect(resultsOf(step).map(({ error }) => (error as { code: string }).code)).toEqual(
    THREE.Service?.split(',').map(() => 'not-this-issues'),
  );
  const [first, second, ...more] = await here.own();
  expect(more).toEqual([]);
  expect(first?.body).toBe(before?.body);
  expect(linksOf(second)).toEqual([]);
  expect(here.fivetran.connections).toHaveLength(3);
  // With the former secret at hand both are one again.
  expect((await here.approve(1, { with: BOTH })).exitCode).toBe(0);
  expect(await outcomeOf(here)).toEqual(GOOD);
});

test('the previous secret is never sent anywhere, and is masked', async () => {
  const here = await rotated();
  const step = await here.command(1, { with: BOTH });
  expect(step.masks).toContain('sandbox-secret');
  const sent = here.fivetran.requests.slice(-3).map(({ headers }) => headers.authorization ?? '');
  for (const header of sent) expect(atob(header.slice(6))).toContain('second-secret');
});
