import { expect, test } from '@jest/globals';
import type { Visibility } from '../../sandbox/github/types.ts';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { Clock } from '../support/clock.ts';
import { FORM, resultsOf, THREE, type World, world } from '../support/onboard.ts';

// Wherever a card comes from: its link and its token are masked, and a public repository's comment has
// neither. Links that a comment had before are masked as well: each run of `world` checks that. Each way to a card is a line here, with both kinds of endpoints.

const DAY_MS = 24 * 3_600_000;
const LINK = { operation: 'link', service: 'google_ads', schema: 'acme', 'issue-number': '1' };
const BATCH = { operation: 'link', 'issue-number': '1' };
const FOLLOW_UP = { operation: 'follow-up', 'group-id': '' };
const TWO = '- service: google_ads\n  schema: acme\n- service: stripe\n  schema: globex';

interface Here extends World {
  clock: Clock;
  /** Runs a step of another workflow on issue 1, or on none. */
  step(inputs: Record<string, string>): Promise<StepResult>;
}

/** Connection ids of a step's results. */
const ids = (step: StepResult) => resultsOf(step).map((one) => String(one.connection_id));

/** Each way to a card; it returns the step that has created one, and how many it has created. */
const WAYS: Record<string, (here: Here) => Promise<[StepResult, number]>> = {
  'one link, without an issue': async ({ step }) => [
    await step({ ...LINK, 'issue-number': '', 'on-existing': 'ignore' }),
    1,
  ],
  'one link': async ({ step }) => [await step(LINK), 1],
  'one link whose create response has no card': async ({ step, fivetran }) => {
    fivetran.fault({ on: 'create', answer: 'no-card' });
    return [await step(LINK), 1];
  },
  'one link whose create response is lost': async ({ step, fivetran }) => {
    fivetran.fault({ on: 'create', effect: 'done', answer: 'reset' });
    return [await step(LINK), 1];
  },
  'one link for a connection that exists': async ({ step }) => {
    await step(LINK);
    return [await step(LINK), 1];
  },
  'one link by a connection’s id': async ({ step }) => {
    const [id = ''] = ids(await step(LINK));
    return [await step({ ...BATCH, 'group-id': '', 'connection-id': id }), 1];
  },
  'one link beside others': async ({ onboard, step, clock }) => {
    await onboard(THREE, { clock });
    return [await step({ ...LINK, schema: 'other' }), 1];
  },
  'one link whose comment fails': async ({ step, github }) => {
    github.permissions.issues = 'read';
    return [await step(LINK), 1];
  },
  'a batch': async ({ step }) => [await step({ ...BATCH, requests: TWO }), 2],
  'a batch of connections that exist': async ({ step }) => {
    const first = await step({ ...BATCH, requests: TWO });
    const [id = ''] = ids(first);
    const requests = `- connection-id: ${id}\n- service: stripe\n  schema: globex`;
    return [await step({ ...BATCH, requests }), 2];
  },
  'a batch beside others': async ({ onboard, step, clock }) => {
    await onboard(THREE, { clock });
    return [await step({ ...BATCH, requests: TWO }), 2];
  },
  'a label': async ({ onboard, clock }) => [await onboard(FORM, { clock }), 1],
  'a label, for three sources': async ({ onboard, clock }) => [await onboard(THREE, { clock }), 3],
  'another label': async ({ onboard, approve, clock }) => {
    await onboard(THREE, { clock });
    return [await approve(1, { clock }), 3];
  },
  'another label, for one that was deleted': async ({ onboard, approve, fivetran, clock }) => {
    const [id = ''] = ids(await onboard(FORM, { clock }));
    fivetran.removeConnection(id);
    return [await approve(1, { clock }), 1];
  },
  'a label after a run that lost its connection': async (here) => {
    const { onboard, approve, fivetran, clock } = here;
    fivetran.fault({ on: 'create', effect: 'done', answer: 'reset' });
    fivetran.fault({ on: 'look-up', answer: { status: 403 } });
    const first = await onboard(FORM, { clock });
    expect(resultsOf(first)).toMatchObject([{ link: null, error: { code: 'create-unknown' } }]);
    return [await approve(1, { clock }), 1];
  },
  'the command': async ({ onboard, command, clock }) => {
    await onboard(THREE, { clock });
    return [await command(1, { clock }), 3];
  },
  'the command for one of three': async ({ onboard, command, clock }) => {
    await onboard(THREE, { clock });
    return [await command(1, { clock, name: 'stripe' }), 1];
  },
  'follow-up': async ({ onboard, step, clock }) => {
    await onboard(THREE, { clock });
    await clock.sleep(DAY_MS, undefined, { signal: new AbortController().signal });
    return [await step({ ...FOLLOW_UP, 'renew-links': 'true' }), 3];
  },
  'follow-up beside links that work': async ({ onboard, step, fivetran, clock }) => {
    const [first] = resultsOf(await onboard(THREE, { clock }));
    await fivetran.completeCard(String(first?.link));
    return [await step(FOLLOW_UP), 0];
  },
};

const CASES = Object.entries(WAYS).flatMap(([way, create]) =>
  (['connections', 'connectors'] as const).map((flavour) => ({ way, flavour, create })),
);

test.each(CASES)('$way, with $flavour', async ({ flavour, create }) => {
  for (const visibility of ['private', 'public'] as const) {
    const here = await opened(flavour, visibility);
    const [step, cards] = await create(here);
    const links = linksOf(step);
    expect(links).toHaveLength(cards);
    const tokens = links.map((link) => new URL(link).searchParams.get('auth') ?? '');
    expect(step.masks).toEqual(expect.arrayContaining([...links, ...tokens]));
    const written = JSON.stringify(here.github.requests.map(({ body }) => body));
    if (visibility === 'public') expect(written).not.toMatch(/[?&]auth=/);
    for (const token of tokens) {
      expect(step.log + step.summary).not.toContain(token);
      if (visibility === 'public') expect(written).not.toContain(token);
    }
  }
});

async function opened(flavour: string, visibility: Visibility): Promise<Here> {
  const here = await world({ 'fivetran-api': flavour }, { github: { visibility } });
  const clock = new Clock();
  return {
    ...here,
    clock,
    step: async (inputs) => {
      const issues = await here.github.comments(1).catch(() => undefined);
      if (!issues) await here.open();
      return here.run({ repository: undefined } as never, { clock, with: inputs });
    },
  };
}

/** The links that a step has created, as its results have them. */
function linksOf(step: StepResult): string[] {
  return resultsOf(step).flatMap((one) => {
    const of = (one.connections ?? [one]) as Array<{ link?: string | null }>;
    return of.flatMap(({ link }) => link ?? []);
  });
}

test('a comment has links whole, although a value of config is part of them', async () => {
  const here = await world({ config: 'step: setup\nkind: auth=' });
  const clock = new Clock();
  const { outputs } = await here.onboard(FORM, { clock });
  expect(outputs.link).toMatch(/setup\?.*auth=/);
  expect((await here.own())[0]?.body).toContain(outputs.link);
  const step = await here.run({ repository: undefined } as never, {
    clock,
    with: { ...LINK, schema: 'other', config: 'step: setup' },
  });
  // Also the one that the comment had.
  for (const link of [outputs.link, step.outputs.link]) {
    expect((await here.own())[0]?.body).toContain(link);
  }
});
