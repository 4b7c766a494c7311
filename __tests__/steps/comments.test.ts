import { expect, test } from '@jest/globals';
import { FORM, form, shown, THREE, type World, world } from '../support/onboard.ts';

// What people read: the action's one comment in each of its states.

/** The comment with what differs from run to run taken out. */
async function comment(here: World): Promise<string> {
  return (
    shown((await here.own())[0])
      // Where Fivetran's metadata came in time.
      .replace(/ \[Setup guide\]\(<[^>]*>\)/g, '')
      .replace(/http:[^\s>]*\/connect-card\/[^\s>]*/g, 'LINK')
      .replace(/\w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC/g, 'TIME')
  );
}

test('creating', async () => {
  const here = await world();
  let creating = '';
  const { number } = await here.open();
  const event = await here.github.addLabel(number, 'connect-card', 'tess');
  here.github.fault({
    on: 'update-comment',
    meanwhile: async () => {
      creating = await comment(here);
    },
  });
  await here.run(event);
  expect(creating).toMatchSnapshot();
});

test('ready', async () => {
  const here = await world();
  await here.onboard(undefined, { dist: true });
  expect(await comment(here)).toMatchSnapshot();
});

test('renewed', async () => {
  const here = await world();
  await here.onboard();
  await here.command(1, { dist: true });
  expect(await comment(here)).toMatchSnapshot();
});

test('three sources', async () => {
  const here = await world();
  await here.onboard(THREE);
  expect(await comment(here)).toMatchSnapshot();
});

test('three sources, one connected and one failed', async () => {
  const here = await world();
  here.fivetran.addConnection({ groupId: 'acme_group', service: 'stripe', schema: 'acme_stripe' });
  await here.onboard(THREE);
  const [, ads] = here.fivetran.connections;
  if (ads) ads.status.setup_state = 'connected';
  await here.command(1, { name: ads?.service ?? '' });
  expect(await comment(here)).toMatchSnapshot();
});

test('a command for a source that the issue doesn’t have', async () => {
  const here = await world();
  await here.onboard(THREE);
  await here.command(1, { name: 'hubspot' });
  expect(await comment(here)).toMatchSnapshot();
});

test('ready, in a public repository', async () => {
  const here = await world({}, { github: { visibility: 'public' } });
  await here.onboard();
  expect(await comment(here)).toMatchSnapshot();
});

test('connected', async () => {
  const here = await world();
  const { outputs } = await here.onboard();
  await here.fivetran.completeCard(outputs.link ?? '');
  await here.command();
  expect(await comment(here)).toMatchSnapshot();
});

test('refused: the form', async () => {
  const here = await world({ 'allowed-services': 'google_*' });
  await here.onboard({ Service: 'postgres', Schema: 'Acme; DROP' }, { dist: true });
  expect(await comment(here)).toMatchSnapshot();
});

test('refused: not approved', async () => {
  const here = await world({ approvers: 'ada, shop[bot]' });
  await here.onboard();
  expect(await comment(here)).toMatchSnapshot();
});

test('refused: the name', async () => {
  const here = await world();
  here.fivetran.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: 'acme' });
  await here.onboard();
  expect(await comment(here)).toMatchSnapshot();
});

test('refused: another request than was approved', async () => {
  const here = await world();
  await here.onboard();
  await here.github.editIssue(1, { body: form({ ...FORM, Schema: 'other' }) }, 'nina');
  await here.approve();
  expect(await comment(here)).toMatchSnapshot();
});

test('refused: nothing on record', async () => {
  const here = await world();
  await here.open();
  await here.github.addLabel(1, 'connect-card', 'tess');
  await here.command();
  expect(await comment(here)).toMatchSnapshot();
});

test('gone', async () => {
  const here = await world();
  const { outputs } = await here.onboard();
  here.fivetran.removeConnection(outputs['connection-id'] ?? '');
  await here.command();
  expect(await comment(here)).toMatchSnapshot();
});

test('failed', async () => {
  const here = await world();
  here.fivetran.fault({ on: 'create', answer: { status: 401 } });
  await here.onboard();
  expect(await comment(here)).toMatchSnapshot();
});

test('failed, with the connection created', async () => {
  const here = await world();
  here.fivetran.fault({ on: 'create', answer: 'no-card' });
  here.fivetran.fault({ on: 'card', times: 9, answer: { status: 500 } });
  await here.onboard(undefined, { with: { 'max-wait': '0' } });
  expect(await comment(here)).toMatchSnapshot();
});

test('a long name doesn’t break it', async () => {
  const here = await world();
  await here.onboard({ Service: 'google_sheets', Schema: 'a'.repeat(63), Table: 'b'.repeat(63) });
  expect(await comment(here)).toMatchSnapshot();
});
