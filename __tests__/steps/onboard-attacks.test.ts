import { expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { FORM, form, shown, type World, world } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';

// Somebody wants another customer's data, or our maintainers' attention. Each ends in a refusal
// that reveals nothing.

/** Refused: nothing made, nothing given away. */
function expectRefusal(step: StepResult, code: string) {
  expect(step.exitCode).toBe(1);
  expect(onlyResult(step)).toMatchObject({ outcome: 'failed', link: null, error: { code } });
  expect(step.outputs.link).toBeUndefined();
}

test.each(['incomplete', 'connected'] as const)(
  'another customer’s schema in the form, %s: refused, and nothing told about it',
  async (setupState) => {
    const here = await world();
    const theirs = { groupId: 'acme_group', service: 'google_ads', schema: 'globex' } as const;
    const { id } = here.fivetran.addConnection({ ...theirs, setupState });
    const step = await here.onboard({ ...FORM, Schema: 'globex' });
    expectRefusal(step, 'not-this-issues');
    const [comment, ...more] = await here.own();
    expect(more).toEqual([]);
    expect(shown(comment)).toContain("can't be used");
    for (const secret of [id, setupState, 'acme_group']) {
      expect(shown(comment)).not.toContain(secret);
    }
    expect(step.outputs['connection-id']).toBeUndefined();
    // No intent was written, so not even a later look can take the connection for this issue's.
    expectRefusal(await here.command(), 'not-approved');
    expect(here.fivetran.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(here.fivetran.connections).toHaveLength(1);
  },
);

test('on-existing doesn’t open what belongs to others', async () => {
  for (const choice of ['reuse', 'ignore']) {
    const here = await world({ 'on-existing': choice });
    here.fivetran.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: 'acme' });
    expectRefusal(await here.onboard(), 'not-this-issues');
    expect(here.fivetran.connections).toHaveLength(1);
  }
});

test('a connection that somebody else makes between look and create isn’t taken', async () => {
  for (const duplicates of ['refuse-400', 'refuse-409'] as const) {
    const here = await world({}, { fivetran: { duplicates } });
    here.github.fault({
      on: 'create-comment',
      meanwhile: () =>
        here.fivetran.addConnection({
          groupId: 'acme_group',
          service: 'google_ads',
          schema: 'acme',
        }),
    });
    expectRefusal(await here.onboard(), 'not-this-issues');
    // Nor later: the run's own create was answered with a refusal.
    expectRefusal(await here.command(), 'not-approved');
    expectRefusal(await here.approve(), 'not-this-issues');
  }
});

test('once a create was refused, nothing that turns up is taken for this issue’s', async () => {
  const here = await world();
  here.fivetran.fault({ on: 'create', effect: 'none', answer: 'reset' });
  here.fivetran.fault({
    on: 'create',
    answer: { status: 409, code: 'Conflict', message: 'Taken' },
  });
  const step = await here.onboard(undefined, { with: { 'max-wait': '1' } });
  expectRefusal(step, 'ownership-unclear');
  expect(shown((await here.own())[0])).toContain("can't be told");
  here.fivetran.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: 'acme' });
  expectRefusal(await here.command(), 'not-approved');
  expectRefusal(await here.approve(), 'not-this-issues');
});

test.each(['accept', 'refuse-409'] as const)(
  'an intent that was left open doesn’t take what another issue made since (%s)',
  async (duplicates) => {
    const here = await world({}, { fivetran: { duplicates } });
    await here.open(FORM, 'mallory');
    here.fivetran.fault({ on: 'create', effect: 'none', times: 2, answer: 'reset' });
    const first = await here.run(await here.github.addLabel(1, 'connect-card', 'tess'), {
      with: { 'max-wait': '1' },
    });
    expectRefusal(first, 'create-unknown');
    // An hour later somebody else is approved for the same name, which is free.
    here.fivetran.options.now = () => Date.now() + 60 * 60 * 1000;
    await here.open();
    const second = await here.run(await here.github.addLabel(2, 'connect-card', 'tess'));
    expect(second.outputs.outcome).toBe('linked');

    expectRefusal(await here.command(1, { by: 'mallory' }), 'not-this-issues');
    expectRefusal(await here.approve(1), 'not-this-issues');
    expect(here.fivetran.connections).toHaveLength(1);
  },
);

test('a form that puts the label on by itself: a maintainer has to', async () => {
  const here = await world();
  await here.open();
  const step = await here.run(await here.github.addLabel(1, 'connect-card', 'nina'));
  expectRefusal(step, 'not-approved');
  expect(shown((await here.own())[0])).toContain('triage rights');
  expectRefusal(await here.command(), 'not-approved');
  expect(here.fivetran.requests).toEqual([]);
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

test('a stranger’s command changes nothing, and takes no link away', async () => {
  const here = await world();
  await here.onboard();
  const before = await here.own();
  const asked = here.fivetran.requests.length;
  expectRefusal(await here.command(1, { by: 'mallory' }), 'not-approved');
  expect(await here.own()).toEqual(before);
  expect(here.fivetran.requests).toHaveLength(asked);
});

test('a stranger’s label changes nothing either', async () => {
  const here = await world();
  await here.onboard();
  const before = await here.own();
  expectRefusal(await here.approve(1, { by: 'mallory' }), 'not-approved');
  expect(await here.own()).toEqual(before);
});

test('a marker copied into a stranger’s comment counts for nothing, on any issue', async () => {
  const here = await world();
  await here.onboard();
  const marker = (await here.own())[0]?.body ?? '';
  await here.open({ ...FORM, Schema: 'mine' }, 'mallory');
  await here.github.comment(2, marker, 'mallory');
  await here.github.addLabel(2, 'connect-card', 'tess');
  expectRefusal(await here.command(2, { by: 'mallory' }), 'not-approved');

  // Nor does it stand in for the real one on its own issue.
  await here.github.comment(1, marker, 'mallory');
  const [own] = await here.own();
  await here.github.deleteComment(own?.id ?? 0);
  expectRefusal(await here.command(), 'not-approved');
  const strangers = (await here.github.comments(1)).filter(({ user }) => user.login === 'mallory');
  expect(strangers[0]?.body.replaceAll('\r\n', '\n')).toBe(marker);
});

test('a marker from another issue or repository counts for nothing, even as the action’s own', async () => {
  const here = await world();
  await here.onboard();
  const { body = '' } = (await here.own())[0] ?? {};
  await here.open({ ...FORM, Schema: 'mine' }, 'mallory');
  await here.github.comment(2, body, 'github-actions[bot]');
  await here.github.addLabel(2, 'connect-card', 'tess');
  expectRefusal(await here.command(2, { by: 'mallory' }), 'not-approved');

  const elsewhere = await world({}, { github: { repositoryId: 5 } });
  await elsewhere.open();
  await elsewhere.github.comment(1, body, 'github-actions[bot]');
  await elsewhere.github.addLabel(1, 'connect-card', 'tess');
  expectRefusal(await elsewhere.command(), 'not-approved');
});

test('a forged or changed marker counts for nothing', async () => {
  const here = await world();
  await here.onboard();
  const [own] = await here.own();
  const id = own?.id ?? 0;
  const [, payload = '', signature = ''] = /v1 ([\w-]+)\.([\w-]+) -->/.exec(own?.body ?? '') ?? [];
  const sealed = JSON.parse(Buffer.from(payload, 'base64url').toString());
  sealed.record.connection = 'somebody_elses';
  const forged = Buffer.from(JSON.stringify(sealed)).toString('base64url');
  for (const marker of [
    `<!-- connect-card-link v1 ${forged}.${signature} -->`,
    `<!-- connect-card-link v2 ${payload}.${signature} -->`,
    `<!-- connect-card-link v1 ${payload}.${signature.slice(0, -2)}AA -->`,
  ]) {
    await here.github.editComment(id, `Hello\n\n${marker}`, 'ada');
    expectRefusal(await here.command(), 'not-approved');
  }
});

test('what another bot repeats of a stranger’s text isn’t touched', async () => {
  const here = await world({}, { github: { people: { 'echo[bot]': 'none' } } });
  await here.open();
  await here.github.addLabel(1, 'connect-card', 'tess');
  const forged = `<!-- connect-card-link v1 e30.${'A'.repeat(43)} -->`;
  const echo = `mallory said:\n\n> ${forged}`;
  await here.github.comment(1, echo, 'echo[bot]');
  expectRefusal(await here.command(), 'not-approved');
  expect((await here.github.comments(1)).map(({ body }) => body)).toContain(echo);
});

test('after the key was rotated a maintainer has to approve again', async () => {
  const here = await world();
  await here.onboard();
  here.fivetran.options.apiSecret = 'rotated-secret';
  here.with['fivetran-api-secret'] = 'rotated-secret';
  expectRefusal(await here.command(), 'not-approved');
  const [comment, ...more] = await here.own();
  expect(more).toEqual([]);
  expect(shown(comment)).toContain('must approve again');
});

test('the body edited after approval changes nothing for the command', async () => {
  const here = await world();
  await here.onboard();
  const victim = { groupId: 'acme_group', service: 'google_ads', schema: 'globex' };
  here.fivetran.addConnection(victim);
  await here.github.editIssue(1, { body: form({ ...FORM, Schema: 'globex' }) }, 'nina');
  const { outputs } = await here.command();
  expect(outputs).toMatchObject({ outcome: 'linked', schema: 'acme' });
});

test('pull requests aren’t issues', async () => {
  const here = await world();
  const pull = await here.github.openIssue({ body: form(FORM), author: 'nina', pullRequest: true });
  const labelled = await here.run(await here.github.addLabel(pull, 'connect-card', 'tess'));
  expect(labelled.outputs.outcome).toBe('skipped');
  expect((await here.command(pull.number)).outputs.outcome).toBe('skipped');
});

test('a bot’s command is skipped, unless it is an approver', async () => {
  const here = await world({}, { github: { people: { 'shop[bot]': 'none' } } });
  await here.onboard();
  expect((await here.command(1, { by: 'shop[bot]' })).outputs.outcome).toBe('skipped');
  const named = await here.command(1, { by: 'shop[bot]', with: { approvers: 'shop[bot]' } });
  expect(named.outputs.outcome).toBe('linked');
});

const ODD: Record<string, string> = {
  mention: '@everyone',
  image: '![](http://evil.example/x.png)',
  html: '<img src=x onerror=alert(1)>',
  link: '](javascript:alert(1))',
  code: '`rm -rf` ```',
  table: 'a | b',
  'null bytes': 'ac\0me',
  'right to left': 'ac\u202Eme',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as somebody would write it in an issue
  expression: '${{ secrets.FIVETRAN_API_SECRET }}',
  command: '::set-output name=link::http://evil.example',
  endless: 'a'.repeat(64_000),
  lines: 'acme\n::error::hacked',
};

test.each(Object.entries(ODD))(
  'an odd field (%s) is refused and never repeated',
  async (_, odd) => {
    for (const heading of ['Service', 'Schema', 'Table']) {
      const here = await world();
      const step = await here.onboard({ ...FORM, [heading]: odd });
      expectRefusal(step, 'form-incomplete');
      const text = shown((await here.own())[0]);
      expect(text).toContain(`**${heading}**`);
      const piece = odd.slice(0, 40);
      for (const place of [text, step.raw, step.summary, step.outputs.results]) {
        expect(place).not.toContain(piece);
      }
      expect(here.fivetran.requests).toEqual([]);
    }
  },
);

test('odd headings and titles aren’t echoed', async () => {
  const here = await world();
  const odd = '@everyone <img onerror=x> [x](javascript:x)';
  const { outputs, raw } = await here.onboard({ ...FORM, [odd]: odd });
  expect(outputs.outcome).toBe('linked');
  expect(shown((await here.own())[0]) + raw).not.toContain('everyone');
});

test('a heading that stands twice is refused, wherever it comes from', async () => {
  const here = await world();
  const smuggled = { ...FORM, Notes: 'Hello\n\n### Schema\n\nglobex' };
  expectRefusal(await here.onboard(smuggled), 'form-incomplete');
  expect(shown((await here.own())[0])).toContain('**Schema** appears twice');
});

test('a service outside allowed-services', async () => {
  const here = await world({ 'allowed-services': 'google_*, facebook_ads' });
  expectRefusal(await here.onboard({ ...FORM, Service: 'postgres' }), 'form-incomplete');
  expectRefusal(await here.onboard({ ...FORM, Service: 'xgoogle_ads' }), 'form-incomplete');
  expect((await here.onboard()).outputs.outcome).toBe('linked');
});

test('a pattern that takes forever for some text ends the run, not the other way round', async () => {
  const here = await world({ 'schema-pattern': '(a+)+b?c' });
  const { number } = await here.open({ ...FORM, Schema: 'a'.repeat(200) });
  const step = await here.run(await here.github.addLabel(number, 'connect-card', 'tess'));
  expectRefusal(step, 'form-incomplete');
  expect(step.took).toBeLessThan(5000);
});

test('schema-pattern is matched whole', async () => {
  const here = await world({ 'schema-pattern': 'cust_[a-z]+|x' });
  for (const schema of ['acme_cust_a', 'cust_a1', 'xx']) {
    expectRefusal(await here.onboard({ ...FORM, Schema: schema }), 'form-incomplete');
  }
  expect((await here.onboard({ ...FORM, Schema: 'cust_acme' })).outputs.outcome).toBe('linked');
});

test('operation: link never reads an issue’s text', async () => {
  const here: World = await world({ operation: 'link', service: 'google_ads', schema: 'fixed' });
  const step = await here.onboard({ ...FORM, Schema: 'globex' });
  expect(here.fivetran.connections).toMatchObject([{ schema: 'fixed' }]);
  expect(step.outputs.outcome).toBe('linked');
});
