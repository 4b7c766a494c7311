import { expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { type Followed, onboarded, schemas } from '../support/follow-up.ts';
import { linksOf, shown } from '../support/onboard.ts';

// remind-after: a customer who doesn't finish isn't forgotten. Days pass by the sandboxes' clocks.

const DAY_MS = 24 * 3_600_000;

function dayIs(here: Followed, days: number) {
  const now = () => Date.now() + days * DAY_MS + 60_000;
  here.github.options.now = now;
  here.fivetran.options.now = now;
}

const results = ({ outputs }: StepResult) => JSON.parse(outputs.results ?? '[]');
const remind = { 'remind-after': '3' };

test('after that many days a new comment mentions whoever opened the issue, in place of the old', async () => {
  const here = await onboarded(schemas('acme'), remind);
  const [before] = await here.own();
  dayIs(here, 2);
  await here.followUp();
  expect(shown((await here.own())[0])).not.toContain('@nina');
  dayIs(here, 3);
  let mailed = '';
  here.github.fault({
    on: 'update-comment',
    meanwhile: async () => {
      mailed = shown((await here.own()).at(-1));
    },
  });
  expect(results(await here.followUp())).toMatchObject([{ changed: true }]);
  const [comment, ...more] = await here.own();
  expect(more).toEqual([]);
  expect(comment?.id).not.toBe(before?.id);
  expect(shown(comment)).toContain('@nina **Google Ads** is still not connected, since ');
  // GitHub mails what a new comment says first.
  expect(mailed).toContain('@nina **Google Ads** is still not connected');
  expect(mailed).not.toMatch(/https?:/);
});

test('at most three, with as many days between them, and never once it is connected', async () => {
  const here = await onboarded(schemas('acme'), { ...remind, 'renew-links': 'true' });
  const reminders: number[] = [];
  for (let day = 1; day <= 16; day++) {
    dayIs(here, day);
    const [before] = await here.own();
    await here.followUp();
    const [after] = await here.own();
    if (before?.id !== after?.id && shown(after).includes('@nina')) reminders.push(day);
  }
  expect(reminders).toEqual([3, 6, 9]);
});

test('what is connected isn’t mentioned, and a reminder keeps the links that work', async () => {
  const form = { Service: 'Google Ads, Stripe', Schema: 'acme', Customer: 'Acme' };
  const here = await onboarded([form], { 'remind-after': '1', 'renew-links': 'true' });
  const [first = ''] = linksOf((await here.own())[0]);
  await here.fivetran.completeCard(first);
  await here.followUp();
  dayIs(here, 1);
  await here.followUp();
  const [comment] = await here.own();
  const reminder = shown(comment).match(/^@nina .*$/m)?.[0] ?? '';
  expect(reminder).toContain('Stripe');
  expect(reminder).not.toContain('Google Ads');
  const [link = ''] = linksOf(comment);
  await here.fivetran.completeCard(link);
  dayIs(here, 9);
  expect(results(await here.followUp())).toMatchObject([{ outcome: 'connected' }]);
  expect(shown((await here.own())[0])).not.toContain('@nina');
});

test('without remind-after nobody is reminded', async () => {
  const here = await onboarded(schemas('acme'));
  dayIs(here, 30);
  await here.followUp();
  expect(shown((await here.own())[0])).not.toContain('@nina');
});

/** Whom the comment reminds of what, on that day after a follow-up. */
async function remindedOn(here: Followed, day: number): Promise<string> {
  dayIs(here, day);
  await here.followUp();
  return /^@nina .* still not connected/m.exec(shown((await here.own()).at(-1)))?.[0] ?? '';
}

/** A repository with one issue of which those on it were reminded three times. */
async function remindedThrice(): Promise<Followed> {
  const here = await onboarded(schemas('acme'), { ...remind, 'renew-links': 'true' });
  for (const day of [3, 6, 9]) expect(await remindedOn(here, day)).toContain('Google Ads');
  expect(await remindedOn(here, 12.5)).toBe('');
  return here;
}

test.each(['follow-up', 'the command', 'a step'])(
  'a source that was connected and waits again is reminded of again (%s has seen it connected)',
  async (what) => {
    const here = await remindedThrice();
    await here.fivetran.completeCard(linksOf((await here.own())[0])[0] ?? '');
    if (what === 'follow-up') await here.followUp();
    else if (what === 'the command') await here.command();
    else await step(here, { service: 'google_ads', schema: 'acme' });
    dayIs(here, 20);
    for (const { status } of here.fivetran.connections) status.setup_state = 'broken';
    expect((await here.command()).outputs.outcome).toBe('linked');
    for (const { status } of here.fivetran.connections) status.setup_state = 'incomplete';
    expect(await remindedOn(here, 22)).toBe('');
    for (const day of [24, 27, 30]) expect(await remindedOn(here, day)).toContain('Google Ads');
    expect(await remindedOn(here, 33)).toBe('');
  },
);

test('a source that is added later is reminded of as often as the first, and by itself', async () => {
  const here = await remindedThrice();
  await step(here, { service: 'stripe', schema: 'other' });
  expect(await remindedOn(here, 14)).toBe('');
  for (const day of [16, 19, 22]) {
    expect(await remindedOn(here, day)).toBe('@nina **Stripe** is still not connected');
  }
  expect(await remindedOn(here, 25)).toBe('');
});

/** A step of another workflow that puts a link on the issue. */
async function step(here: Followed, inputs: Record<string, string>): Promise<StepResult> {
  const event = await here.github.comment(1, 'hello', 'tess');
  return here.run(event, { with: { operation: 'link', 'issue-number': '1', ...inputs } });
}
