import { expect, test } from '@jest/globals';
import { RecordSigner, type Sealed } from '../../src/github/record.ts';
import { addRival, expectRefusal, later, linksOn, writesOf } from '../support/attacks.ts';
import { killRun } from '../support/killed.ts';
import { FORM, outcomeOf, shown, type World, world } from '../support/onboard.ts';

// Anybody may write a comment: with a record of their own, a changed one or a copied one. None of them
// counts, and none is edited or deleted.

const FOLLOW_UP = { operation: 'follow-up', 'group-id': '' };

const followUp = (here: World) => here.run({ repository: undefined } as never, { with: FOLLOW_UP });

/** The marker in a comment, and what it holds. */
function markerIn(body = '') {
  const [marker = '', payload = '', signature = ''] =
    /<!-- connect-card-link v1 ([\w-]+)\.([\w-]+) -->/.exec(body) ?? [];
  const sealed = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return { marker, payload, signature, sealed };
}

/** A record for an issue, as somebody signs it who doesn't have the key. */
function forgedRecord(here: World, sealed: Partial<Sealed>, issue = 1, comment?: number): string {
  const where = comment ?? { by: 'mallory', at: Date.now(), within: 3_600_000 };
  const whole = { generation: 1_000_000, entries: [], ...sealed };
  return new RecordSigner('guessed').sign(
    whole,
    { repositoryId: here.github.repositoryId, issue },
    where,
  );
}

/** Every way of running the action on an issue that isn't approved anew. */
async function runAll(here: World): Promise<void> {
  await here.command();
  await followUp(here);
  await here.approve();
  await followUp(here);
}

test('a marker copied into a stranger’s comment counts for nothing, on any issue', async () => {
  const here = await world();
  await here.onboard();
  const copy = (await here.own())[0]?.body ?? '';
  await here.open({ ...FORM, Schema: 'mine' }, 'mallory');
  await here.github.comment(2, copy, 'mallory');
  await here.github.addLabel(2, 'connect-card', 'tess');
  expectRefusal(await here.command(2, { dist: true, by: 'mallory' }), 'not-approved');

  // Nor does it stand in for the real one on its own issue.
  await here.github.comment(1, copy, 'mallory');
  const [own] = await here.own();
  await here.github.deleteComment(own?.id ?? 0);
  expectRefusal(await here.command(), 'not-approved');
  const strangers = (await here.github.comments(1)).filter(({ user }) => user.login === 'mallory');
  expect(strangers[0]?.body.replaceAll('\r\n', '\n')).toBe(copy);
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
  const { id } = addRival(here, 'globex');
  const [own] = await here.own();
  const comment = own?.id ?? 0;
  const { payload, signature, sealed } = markerIn(own?.body);
  sealed.entries[0].connection = id;
  const changed = Buffer.from(JSON.stringify(sealed)).toString('base64url');
  for (const marker of [
    `<!-- connect-card-link v1 ${changed}.${signature} -->`,
    `<!-- connect-card-link v2 ${payload}.${signature} -->`,
    `<!-- connect-card-link v1 ${payload}.${signature.slice(0, -2)}AA -->`,
    forgedRecord(here, { entries: sealed.entries }, 1, comment),
  ]) {
    await here.github.editComment(comment, `Hello\n\n${marker}`, 'ada');
    const sent = writesOf(here);
    expectRefusal(await here.command(), 'not-approved');
    expect(writesOf(here)).toEqual(sent);
    expect((await here.github.comments(1)).map(({ body }) => body)).toContain(
      `Hello\r\n\r\n${marker}`,
    );
  }
});

test('a forged record or lease of a bot’s or anybody’s is neither edited nor deleted, and stops nobody', async () => {
  const here = await world({}, { github: { people: { 'echo[bot]': 'none' } } });
  await here.onboard();
  const endless = { id: 'x', run: '1', attempt: 1, until: Date.now() + 1e12 };
  const layout = shown((await here.own())[0]);
  for (const by of ['echo[bot]', 'mallory', 'github-actions[bot]']) {
    await here.github.comment(1, `${layout}\n\n${forgedRecord(here, {})}`, by);
    await here.github.comment(1, `${layout}\n\n${forgedRecord(here, { lease: endless })}`, by);
  }
  const [first, ...others] = await here.github.comments(1);
  await runAll(here);
  const left = await here.github.comments(1);
  for (const other of others) expect(left).toContainEqual(other);
  expect(left.map(({ id }) => id)).not.toContain(first?.id);
  // Beside those, there is one comment, whose link works.
  expect(left.filter(({ user }) => user.login === 'github-actions[bot]')).toHaveLength(3);
  const [link] = (await linksOn(here)).slice(-1);
  await here.fivetran.completeCard(link ?? '');
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

test('after the key was changed a maintainer has to approve again; the old comment stays', async () => {
  const here = await world();
  await here.onboard();
  const [old] = await here.own();
  here.fivetran.options.apiSecret = 'rotated-secret';
  here.with['fivetran-api-secret'] = 'rotated-secret';
  const sent = writesOf(here);
  expectRefusal(await here.command(1, { dist: true }), 'not-approved');
  expect(writesOf(here)).toEqual(sent);
  const [first, second, ...more] = await here.own();
  expect(more).toEqual([]);
  expect(first).toEqual(old);
  expect(shown(second)).toContain('must approve again');
  // Approving again can't take over what the old record has.
  expectRefusal(await here.approve(1, { dist: true }), 'not-this-issues');
  expect((await here.own())[0]).toEqual(old);
});

test('labels of two accounts on one issue leave each other’s comments and connections', async () => {
  const here = await world();
  const accounts = [
    { label: 'connect-card', 'fivetran-api-secret': 'one', 'group-id': 'acme_group' },
    { label: 'connect-other', 'fivetran-api-secret': 'two', 'group-id': 'other_group' },
  ] as const;
  await here.open();
  const act = async (account: (typeof accounts)[number], event: Parameters<World['run']>[0]) => {
    here.fivetran.options.apiSecret = account['fivetran-api-secret'];
    return here.run(event, { with: account });
  };
  for (const account of accounts) {
    const step = await act(account, await here.github.addLabel(1, account.label, 'tess'));
    expect(step.outputs.outcome).toBe('linked');
  }
  // Each renews its own link, twice, and follows up its own connection.
  for (const account of [...accounts, ...accounts]) {
    const [before, other] = await here.own();
    const command = await here.github.comment(1, '/connect-card', 'nina');
    expect((await act(account, command)).outputs).toMatchObject({
      outcome: 'linked',
      'group-id': account['group-id'],
    });
    const after = await here.own();
    expect(after).toHaveLength(2);
    // The one that wasn't renewed is as it was.
    const kept = [before, other].filter((one) => after.some(({ id }) => id === one?.id));
    expect(kept).toHaveLength(1);
    expect(after).toContainEqual(kept[0]);
  }
  expect(here.fivetran.connections.map(({ group_id }) => group_id)).toEqual([
    'acme_group',
    'other_group',
  ]);
});

/** How a lease that a run of the action has sent could be shown again by others. */
const REPLAYS: Record<string, (here: World, body: string) => Promise<number>> = {
  'added by a stranger within its time': async ({ github }, body) =>
    (await github.comment(1, body, 'mallory')).comment.id,
  'added by the issue’s author': async ({ github }, body) =>
    (await github.comment(1, body, 'nina')).comment.id,
  'added by another bot': async ({ github }, body) =>
    (await github.comment(1, body, 'echo[bot]')).comment.id,
  'edited into an older comment': async ({ github }, body) => {
    const [older] = await github.comments(1);
    return (await github.editComment(older?.id ?? 0, body, 'mallory')).id;
  },
};

/** An issue with a run that died with its lease, whose body is returned. */
async function leaseLeft(): Promise<{ here: World; lease: string; comment: number }> {
  const here = await world({}, { github: { people: { 'echo[bot]': 'none' } } });
  await here.open();
  await here.github.comment(1, 'Hello', 'mallory');
  const label = await here.github.addLabel(1, 'connect-card', 'tess');
  await killRun(here, { fivetran: { on: 'create', effect: 'none', answer: 'hang' } }, label);
  const [own] = await here.own();
  expect(markerIn(own?.body).sealed.lease).toBeDefined();
  return { here, lease: own?.body ?? '', comment: own?.id ?? 0 };
}

test.each(Object.entries(REPLAYS))(
  'a lease that is %s keeps nobody waiting after the real one is gone',
  async (_, replay) => {
    const { here, lease, comment } = await leaseLeft();
    const copy = await replay(here, lease);
    await here.github.deleteComment(comment);
    // The copy announces a connection; nothing of it is believed, and nobody waits for it.
    expectRefusal(await here.command(1, { with: { 'max-wait': '0' } }), 'not-approved');
    const before = (await here.github.comments(1)).find(({ id }) => id === copy);
    addRival(here, 'acme');
    expectRefusal(await here.approve(1, { with: { 'max-wait': '0' } }), 'not-this-issues');
    await followUp(here);
    const after = (await here.github.comments(1)).find(({ id }) => id === copy);
    expect(after).toEqual(before);
  },
);

test.each(Object.entries(REPLAYS))(
  'a lease that is %s beside the real one changes nothing',
  async (_, replay) => {
    const { here, lease } = await leaseLeft();
    const copy = await replay(here, lease);
    later(here, 3_600_000);
    expect((await here.command()).outputs.outcome).toBe('linked');
    expect(await outcomeOf(here)).toEqual({ connections: 1, comments: 1, working: 1 });
    expect((await here.github.comments(1)).map(({ id }) => id)).toContain(copy);
  },
);

test('a lease copied to another issue announces nothing there', async () => {
  const { here, lease } = await leaseLeft();
  await here.open({ ...FORM, Schema: 'mine' }, 'mallory');
  for (const by of ['mallory', 'github-actions[bot]']) await here.github.comment(2, lease, by);
  await here.github.addLabel(2, 'connect-card', 'tess');
  addRival(here, 'acme');
  const step = await here.command(2, { by: 'mallory', with: { 'max-wait': '0' } });
  expectRefusal(step, 'not-approved');
  expect(await linksOn(here, 2)).toEqual([]);
});
