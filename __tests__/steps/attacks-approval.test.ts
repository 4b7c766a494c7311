import { expect, test } from '@jest/globals';
import { addRival, expectRefusal, later, linksOn, writesOf } from '../support/attacks.ts';
import { killedAt } from '../support/killed.ts';
import { FORM, form, shown, type World, world } from '../support/onboard.ts';

// Somebody who may not approve wants a link all the same, or a link for something else.

test('a form that adds the label by itself: a maintainer has to', async () => {
  const here = await world();
  await here.open();
  const step = await here.run(await here.github.addLabel(1, 'connect-card', 'nina'), {
    dist: true,
  });
  expectRefusal(step, 'not-approved');
  expect(shown((await here.own())[0])).toContain('triage rights');
  expectRefusal(await here.command(), 'not-approved');
  expect(writesOf(here)).toEqual([]);
  expect((await here.approve()).outputs.outcome).toBe('linked');
  expect(await here.own()).toHaveLength(1);
});

test.each<[string, string, boolean]>([
  ['rhea', 'read', false],
  ['mallory', 'none', false],
  ['tess', 'triage', true],
  ['will', 'write', true],
  ['max', 'maintain', true],
  ['ada', 'admin', true],
])('%s, who has the role %s, may approve: %s', async (login, _, may) => {
  for (const visibility of ['private', 'public'] as const) {
    const here = await world({}, { github: { visibility } });
    await here.open();
    const step = await here.run(await here.github.addLabel(1, 'connect-card', login));
    if (may) expect(step.outputs.outcome).toBe('linked');
    else expectRefusal(step, 'not-approved');
  }
});

test('a custom role counts by what it is built on', async () => {
  for (const [base, outcome] of [
    ['triage', 'linked'],
    ['write', 'linked'],
    ['read', 'failed'],
  ] as const) {
    const here = await world();
    here.github.role('rhea', { name: `custom-${base}`, base });
    await here.open();
    const step = await here.run(await here.github.addLabel(1, 'connect-card', 'rhea'));
    expect(step.outputs.outcome).toBe(outcome);
  }
});

test('with approvers, rights alone are not enough, nor is being named without rights', async () => {
  const here = await world({ approvers: 'Will\nrhea' });
  await here.open();
  for (const login of ['ada', 'rhea']) {
    const step = await here.run(await here.github.addLabel(1, 'connect-card', login));
    expectRefusal(step, 'not-approved');
  }
  expect((await here.approve(1, { by: 'will' })).outputs.outcome).toBe('linked');
});

test('a stranger’s command changes nothing, and deletes no link', async () => {
  const here = await world();
  await here.onboard();
  const before = await here.own();
  const sent = here.fivetran.requests.length;
  expectRefusal(await here.command(1, { dist: true, by: 'mallory' }), 'not-approved');
  expect(await here.own()).toEqual(before);
  expect(here.fivetran.requests).toHaveLength(sent);
});

test('a stranger’s label changes nothing either', async () => {
  const here = await world();
  await here.onboard();
  const [before, sent] = [await here.own(), writesOf(here)];
  expectRefusal(await here.approve(1, { by: 'mallory' }), 'not-approved');
  expect(await here.own()).toEqual(before);
  expect(writesOf(here)).toEqual(sent);
});

test('a description that is edited after the approval changes nothing for the command', async () => {
  const here = await world();
  await here.onboard();
  addRival(here, 'globex');
  await here.github.editIssue(1, { body: form({ ...FORM, Schema: 'globex' }) }, 'nina');
  const { outputs } = await here.command();
  expect(outputs).toMatchObject({ outcome: 'linked', schema: 'acme' });
});

test('a description that is edited while the job waits isn’t what was approved', async () => {
  const here = await world();
  await here.open();
  const event = await here.github.addLabel(1, 'connect-card', 'tess');
  await here.github.editIssue(1, { body: form({ ...FORM, Schema: 'globex' }) }, 'nina');
  expect((await here.run(event)).outputs).toMatchObject({ outcome: 'linked', schema: 'acme' });
});

test('pull requests aren’t issues', async () => {
  const here = await world();
  const pull = await here.github.openIssue({ body: form(FORM), author: 'nina', pullRequest: true });
  const labelled = await here.run(await here.github.addLabel(pull, 'connect-card', 'tess'));
  expect(labelled.outputs.outcome).toBe('skipped');
  expect((await here.command(pull.number)).outputs.outcome).toBe('skipped');
});

test('a bot’s command is skipped, unless the bot is an approver', async () => {
  const here = await world({}, { github: { people: { 'shop[bot]': 'none' } } });
  await here.onboard();
  expect((await here.command(1, { by: 'shop[bot]' })).outputs.outcome).toBe('skipped');
  const named = await here.command(1, { by: 'shop[bot]', with: { approvers: 'shop[bot]' } });
  expect(named.outputs.outcome).toBe('linked');
});

test('a run that is repeated counts for whoever repeats it', async () => {
  const here = await world();
  await here.open();
  const label = await here.github.addLabel(1, 'connect-card', 'tess');
  for (const triggeredBy of ['nina', 'mallory', 'rhea', 'dependabot[bot]']) {
    expectRefusal(await here.run(label, { dist: true, attempt: 2, triggeredBy }), 'not-approved');
  }
  expect(writesOf(here)).toEqual([]);
  const repeated = await here.run(label, { dist: true, attempt: 2, triggeredBy: 'will' });
  expect(repeated.outputs.outcome).toBe('linked');

  const command = await here.github.comment(1, '/connect-card', 'nina');
  const mallorys = await here.run(command, { attempt: 2, triggeredBy: 'mallory' });
  expectRefusal(mallorys, 'not-approved');
  for (const triggeredBy of ['nina', 'tess']) {
    const step = await here.run(command, { attempt: 2, triggeredBy });
    expect(step.outputs.outcome).toBe('linked');
  }
});

test('whoever repeats somebody else’s label doesn’t approve for them', async () => {
  const here = await world();
  await here.open();
  const label = await here.github.addLabel(1, 'connect-card', 'nina');
  expectRefusal(await here.run(label, { attempt: 2, triggeredBy: 'tess' }), 'not-approved');
  expect(writesOf(here)).toEqual([]);
});

/** What may become of an issue while a job waits in a queue. */
const MEANWHILE: Record<string, (here: World) => Promise<unknown>> = {
  closed: ({ github }) => github.editIssue(1, { state: 'closed' }, 'tess'),
  'without the label': ({ github }) => github.removeLabel(1, 'connect-card', 'tess'),
};

test.each(Object.entries(MEANWHILE))(
  'an issue that is %s when the run begins',
  async (_, change) => {
    const here = await world();
    await here.open();
    const label = await here.github.addLabel(1, 'connect-card', 'tess');
    const command = await here.github.comment(1, '/connect-card', 'nina');
    await change(here);
    for (const event of [label, command]) {
      const step = await here.run(event);
      expect([step.exitCode, step.outputs.outcome]).toEqual([0, 'skipped']);
      expect(JSON.parse(step.outputs.results ?? '')).toMatchObject([{ outcome: 'skipped' }]);
    }
    expect(writesOf(here)).toEqual([]);
    expect(await here.own()).toEqual([]);
  },
);

test.each(Object.entries(MEANWHILE))(
  'an issue that is %s while the run waits for another',
  async (_, change) => {
    const here = await world();
    const event = await killedAt(here, { fivetran: { on: 'create', answer: 'hang' } });
    const sent = writesOf(here).length;
    here.github.fault({
      on: 'graphql-issue',
      skip: 1,
      meanwhile: async () => {
        await change(here);
        later(here, 3_600_000);
      },
    });
    const step = await here.run(event);
    expect([step.exitCode, step.outputs.outcome]).toEqual([0, 'skipped']);
    expect(writesOf(here)).toHaveLength(sent);
    expect(here.fivetran.connections).toEqual([]);
  },
);

test('a repository that is made public while the job waits gets no link', async () => {
  const here = await world();
  await here.open();
  const event = await here.github.addLabel(1, 'connect-card', 'tess');
  expect(event.repository.private).toBe(true);
  here.github.visibility = 'public';
  const step = await here.run(event);
  expect(step.outputs.link).toMatch(/^http/);
  expect(await linksOn(here)).toEqual([]);
  expect(shown((await here.own())[0])).toContain('This repository is public');
});

test('nor does one that is made public while the run waits for another', async () => {
  const here = await world();
  const event = await killedAt(here, { fivetran: { on: 'create', answer: 'hang' } });
  here.github.fault({
    on: 'graphql-issue',
    skip: 1,
    meanwhile: () => {
      here.github.visibility = 'public';
      later(here, 3_600_000);
    },
  });
  const step = await here.run(event);
  expect(step.outputs.outcome).toBe('linked');
  expect(await linksOn(here)).toEqual([]);
});

test('links that the comment had are gone with the next change after it was made public', async () => {
  const here = await world();
  await here.onboard();
  expect(await linksOn(here)).toHaveLength(1);
  here.github.visibility = 'public';
  expect((await here.command()).outputs.outcome).toBe('linked');
  expect(await linksOn(here)).toEqual([]);
});
