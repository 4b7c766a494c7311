import { expect, test } from '@jest/globals';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { Clock } from '../support/clock.ts';
import { forgetRequests } from '../support/follow-up.ts';
import { FORM, world } from '../support/onboard.ts';

// What a person reads in the log of a run, from its first line to its last.

/** A log's lines, without what differs from run to run; ids are the sandbox's, which are always the same. */
const linesOf = ({ log }: StepResult) =>
  log
    .trimEnd()
    .replace(/\w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC/g, 'TIME')
    .replace(/https?:\S+/g, 'URL')
    .split('\n');

const LINK = { operation: 'link', service: 'google_ads', schema: 'acme' };
const asEvent = { repository: undefined } as never;

test('a new link, a fresh one, and none for what is connected', async () => {
  const here = await world(LINK);
  const run = async () => linesOf(await here.run(asEvent, { clock: new Clock() }));
  const first = 'A link for google_ads as acme in group acme_group.';
  const last = 'The link works until TIME. It is in the output link.';
  expect(await run()).toEqual([
    first,
    "Connection acme in group acme_group: doesn't exist yet.",
    'Created connection polished_headland (google_ads, acme).',
    last,
  ]);
  expect(await run()).toEqual([
    first,
    'Connection acme in group acme_group: exists as polished_headland (incomplete).',
    'Created a Connect Card for connection polished_headland.',
    last,
  ]);
  for (const { status } of here.fivetran.connections) status.setup_state = 'connected';
  expect(await run()).toEqual([
    first,
    'Connection acme in group acme_group: exists as polished_headland (connected).',
    'Notice: Connection acme (polished_headland) is already connected: no link needed.',
  ]);
});

test('an approved issue, its command, and a service that is new', async () => {
  const here = await world();
  const clock = new Clock();
  const works = 'The link works until TIME. It is in the output link. The comment: URL';
  expect(linesOf(await here.onboard(FORM, { clock }))).toEqual([
    'Issue 1: tess added the approving label.',
    'Created connection polished_headland (google_ads, acme).',
    works,
  ]);
  expect(linesOf(await here.command(1, { clock }))).toEqual([
    'Issue 1: nina asked for fresh links.',
    'Created a Connect Card for connection polished_headland.',
    works,
  ]);
  forgetRequests(here);
  const unknown = await here.onboard({ ...FORM, Service: 'brand_new_source' }, { clock });
  expect(unknown.annotations).toMatchObject([
    { level: 'warning', message: expect.stringContaining('brand_new_source') },
    { level: 'error' },
  ]);
});

test('a dry run of many shows the first request of each kind', async () => {
  const here = await world({ operation: 'link', 'dry-run': 'true', service: 'google_ads' });
  here.fivetran.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: 'b' });
  here.fivetran.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: 'd' });
  const requests = '[{schema: a}, {schema: b}, {schema: c}, {schema: d}]';
  const step = await here.run(asEvent, { clock: new Clock(), with: { requests } });
  const log = linesOf(step).join('\n');
  expect(log.match(/▼ .*/g)).toEqual([
    '▼ What would be sent',
    '▼ The first of them',
    '▼ The first of them',
  ]);
  expect(log.match(/POST \/v1\/\S+/g)).toHaveLength(2);
  expect(log).toContain('"schema": "a"');
  expect(log).not.toContain('"schema": "c"');
  const [, id = ''] = /POST \/v1\/connections\/(\w+)\/connect-card/.exec(log) ?? [];
  expect(here.fivetran.connections[0]?.id).toBe(id);
});
