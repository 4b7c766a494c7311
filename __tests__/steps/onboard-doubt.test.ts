import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { killedAt } from '../support/killed.ts';
import { linksOf, outcomeOf, resultsOf, THREE, world } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';
import { until } from '../support/wait.ts';

// A create request whose result isn't known stays on record, whatever fails next: a later run goes on.

const GOOD = { connections: 1, comments: 1, working: 1 };
const NO_WAIT = { with: { 'max-wait': '0' } };

test('a run that can’t list the group keeps what a dead run has announced', async () => {
  const here = await world();
  const event = await killedAt(here, {
    fivetran: { on: 'create', effect: 'done', answer: 'hang' },
  });
  here.fivetran.fault({ on: 'list', answer: { status: 500 } });
  const second = await here.run(event, {
    dist: true,
    ...NO_WAIT,
    env: { GITHUB_RUN_ATTEMPT: '2' },
  });
  expect(onlyResult(second).error.code).toBe('server-error');
  const third = await here.run(event, { dist: true, env: { GITHUB_RUN_ATTEMPT: '3' } });
  expect([third.exitCode, third.outputs.created]).toEqual([0, 'true']);
  expect(await outcomeOf(here)).toEqual(GOOD);
});

test('so does one that may not look for it', async () => {
  const here = await world();
  const event = await killedAt(here, {
    fivetran: { on: 'create', effect: 'none', answer: 'hang' },
  });
  here.fivetran.fault({ on: 'look-up', answer: { status: 403 } });
  const second = await here.run(event, { env: { GITHUB_RUN_ATTEMPT: '2' } });
  expect(onlyResult(second).error.code).toBe('forbidden');
  // The dead run's request arrives after all.
  here.fivetran.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: 'acme' });
  const third = await here.run(event, { env: { GITHUB_RUN_ATTEMPT: '3' } });
  expect([third.exitCode, third.outputs.created]).toEqual([0, 'true']);
  expect(await outcomeOf(here)).toEqual(GOOD);
});

test('so does one that creates a deleted connection again, and loses the response', async () => {
  const here = await world();
  const { outputs } = await here.onboard();
  here.fivetran.removeConnection(outputs['connection-id'] ?? '');
  here.fivetran.fault({ on: 'create', effect: 'done', answer: 'reset' });
  // The first look confirms that it was deleted; those after the create fail.
  here.fivetran.fault({ on: 'look-up', skip: 1, answer: { status: 500 } });
  const second = await here.approve(1, NO_WAIT);
  expect(onlyResult(second).error.code).toBe('create-unknown');
  expect(here.fivetran.connections).toHaveLength(1);
  const third = await here.command();
  expect(third.outputs).toMatchObject({ outcome: 'linked', created: 'true' });
  expect(await outcomeOf(here)).toEqual(GOOD);
});

test('two that are created again side by side are both announced before', async () => {
  const here = await world();
  const [, ...others] = resultsOf(await here.onboard(THREE));
  for (const { connection_id } of others) here.fivetran.removeConnection(String(connection_id));
  await here.github.removeLabel(1, 'connect-card', 'tess');
  const event = await here.github.addLabel(1, 'connect-card', 'tess');
  // The first announcement takes longer than the second.
  here.github.fault({ on: 'update-comment', meanwhile: () => sleep(400) });
  here.fivetran.fault({ on: 'create', times: 2, effect: 'done', answer: 'hang' });
  const created = () =>
    here.fivetran.requests.filter(({ path, method }) => method === 'POST' && path.endsWith('ns'));
  const before = created().length;
  await here.run(event, {
    onStart: async (kill) => {
      await until(() => created().length === before + 2);
      await sleep(500);
      kill();
    },
  });
  const again = await here.run(event, { env: { GITHUB_RUN_ATTEMPT: '2' } });
  expect(resultsOf(again).map(({ outcome }) => outcome)).toEqual(['linked', 'linked', 'linked']);
  expect(await outcomeOf(here)).toEqual({ connections: 3, comments: 1, working: 3 });
});

test('once a create request was refused, nothing that turns up is the issue’s, whoever announced it', async () => {
  const here = await world({}, { fivetran: { duplicates: 'refuse-409' } });
  const event = await killedAt(here, {
    fivetran: { on: 'create', effect: 'none', answer: 'hang' },
  });
  // Just before the next run's request somebody else takes the name.
  const theirs = { groupId: 'acme_group', service: 'google_ads', schema: 'acme' };
  here.fivetran.fault({ on: 'create', meanwhile: () => here.fivetran.addConnection(theirs) });
  const second = await here.run(event, { env: { GITHUB_RUN_ATTEMPT: '2' } });
  expect(onlyResult(second).error.code).toBe('ownership-unclear');
  const third = await here.run(event, { env: { GITHUB_RUN_ATTEMPT: '3' } });
  expect(onlyResult(third).error.code).toBe('not-this-issues');
  expect(third.outputs.link).toBeUndefined();
});

test.each([['the command'], ['follow-up']])(
  'a connection that couldn’t be checked for a namesake gets no link from %s before it is',
  async (which) => {
    const here = await world({}, { fivetran: { duplicates: 'accept' } });
    here.fivetran.fault({ on: 'look-up', answer: { status: 403 } });
    expect(onlyResult(await here.onboard()).error.code).toBe('forbidden');
    const theirs = { groupId: 'acme_group', service: 'google_ads', schema: 'acme' };
    const { id } = here.fivetran.addConnection(theirs);
    const next = async () => {
      if (which === 'the command') return here.command();
      const followUp = { operation: 'follow-up', 'group-id': '', 'renew-links': 'true' };
      return here.run(await here.github.comment(1, 'x', 'nina'), { with: followUp });
    };
    expect(onlyResult(await next()).error.code).toBe('duplicate-connection');
    expect(linksOf((await here.own())[0])).toEqual([]);
    // Once somebody has deleted the other, the command goes on.
    here.fivetran.removeConnection(id);
    expect((await here.command()).outputs.outcome).toBe('linked');
    expect(await outcomeOf(here)).toEqual(GOOD);
  },
);
