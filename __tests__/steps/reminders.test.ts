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
  expect(results(await here.followUp({}, { dist: true }))).toMatchObject([{ changed: true }]);
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

test('a step that puts a fresh link there doesn’t begin the days anew', async () => {
  const here = await onboarded(schemas('acme'), remind);
  dayIs(here, 2);
  const event = await here.github.comment(1, 'Any news?', 'nina');
  const again = { operation: 'link', service: 'google_ads', schema: 'acme' };
  expect((await here.run(event, { with: again })).outputs.outcome).toBe('linked');
  dayIs(here, 3);
  await here.followUp();
  expect(shown((await here.own())[0])).toContain('@nina **Google Ads** is still not connected');
});
