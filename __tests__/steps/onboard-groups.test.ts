import { expect, test } from '@jest/globals';
import { Clock } from '../support/clock.ts';
import { FORM, resultsOf, type World, world } from '../support/onboard.ts';

// A connection stays in the group that was approved, whatever the workflow or its order of groups says now.

const GROUPS = { 'group-id': '', groups: 'Acme Ltd: acme_group\nGlobex: globex_group' };
const HOUR_MS = 3_600_000;

/** Each way to go on with what was approved. */
const WAYS: Record<
  string,
  (here: World, clock: Clock, now: Record<string, string>) => Promise<unknown>
> = {
  'the command': async ({ onboard, command }, clock, now) => {
    await onboard(undefined, { clock });
    return command(1, { clock, with: now });
  },
  'the command, where nothing was created yet': async (
    { fivetran, onboard, command },
    clock,
    now,
  ) => {
    fivetran.fault({ on: 'create', answer: 'reset' });
    fivetran.fault({ on: 'look-up', answer: { status: 403 } });
    await onboard(undefined, { clock });
    expect(fivetran.connections).toEqual([]);
    await clock.sleep(HOUR_MS, undefined, { signal: new AbortController().signal });
    return command(1, { clock, with: now });
  },
  'the command, where the connection was created and its id lost': async (here, clock, now) => {
    here.fivetran.fault({ on: 'create', effect: 'done', answer: 'reset' });
    here.fivetran.fault({ on: 'look-up', answer: { status: 403 } });
    await here.onboard(undefined, { clock });
    return here.command(1, { clock, with: now });
  },
};

test.each(Object.entries(WAYS))('%s: the group of the form’s destination', async (_, goOn) => {
  const here = await globex(GROUPS);
  const onboard: World['onboard'] = (_fields, options) =>
    here.onboard({ ...FORM, Destination: 'Globex' }, options);
  const step = (await goOn({ ...here, onboard }, new Clock(), {})) as Step;
  expect(resultsOf(step)).toMatchObject([{ outcome: 'linked', group_id: 'globex_group' }]);
  expect(groupsOf(here)).toEqual(['globex_group']);
});

test.each(Object.entries(WAYS))('%s: the group of the workflow then', async (_, goOn) => {
  const here = await globex({ 'group-id': 'globex_group' });
  const step = (await goOn(here, new Clock(), { 'group-id': 'acme_group' })) as Step;
  expect(resultsOf(step)).toMatchObject([{ outcome: 'linked', group_id: 'globex_group' }]);
  expect(groupsOf(here)).toEqual(['globex_group']);
});

type Step = Parameters<typeof resultsOf>[0];

const globex = (inputs: Record<string, string>) =>
  world(inputs, { fivetran: { groups: [{ id: 'globex_group', name: 'Globex' }] } });

/** The groups that connections were created in, or looked for. */
function groupsOf({ fivetran }: World): string[] {
  const asked = fivetran.requests.flatMap(({ path }) => /groups\/([^/]+)/.exec(path)?.[1] ?? []);
  return [...new Set([...asked, ...fivetran.connections.map((one) => one.group_id)])];
}
