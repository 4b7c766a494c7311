import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { batchStep, many } from '../support/batch.ts';
import { form, shown, world } from '../support/onboard.ts';
import { until } from '../support/wait.ts';

// Many links in one step: what they cost, what stops them, and how they are reported.

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const methods = () => sandbox.requests.map(({ method }) => method);
const count = (method: string) => methods().filter((one) => one === method).length;

test('many links cost a create each and one listing, in the order of the list', async () => {
  const step = await batchStep(sandbox, many(120));
  expect([step.exitCode, step.outputs.outcome]).toEqual([0, 'linked']);
  expect([count('GET'), count('POST')]).toEqual([1, 120]);
  expect(sandbox.requests[0]?.query.limit).toBe('1000');
  expect(step.results.map(({ name }) => name)).toEqual(many(120).map(({ name }) => name));
  expect(JSON.parse(step.outputs.results ?? '')).toEqual(step.results);
  // Single values would be one request's, whichever.
  expect(step.outputs.link).toBeUndefined();
  expect(step.log).toContain('Done: 120 linked.');
  expect(step.log.split('\n').length).toBeLessThan(10);
});

test('what a group refuses is asked of it once, and the other groups get theirs', async () => {
  const nowhere = Array.from({ length: 3 }, (_, n) => ({
    ...{ service: 'google_ads', schema: `x${n}`, 'group-id': 'nowhere' },
  }));
  const inputs = { 'on-existing': 'ignore', concurrency: '1' };
  const step = await batchStep(sandbox, [...nowhere, ...many(2)], inputs);
  expect(step.results.map(({ outcome }) => outcome)).toEqual([
    ...['failed', 'failed', 'failed', 'linked', 'linked'],
  ]);
  expect(methods()).toEqual(['POST', 'POST', 'POST']);
});

test('no log or summary shows a link', async () => {
  const step = await batchStep(sandbox, many(5));
  for (const { link } of step.results) {
    expect(step.log + step.summary).not.toContain(String(link));
    expect(step.masks).toContain(link);
  }
  expect(step.summary).toContain('| 5 | Customer 5 |');
});

test('a failure names its request by name and line, in the file and in the summary', async () => {
  sandbox.fault({ on: 'create', answer: { status: 400, code: 'Odd', message: 'No.' } });
  const csv = 'name,service,schema\nAcme,google_ads,acme\nGlobex,google_ads,globex\n';
  const files = { 'customers.csv': csv };
  const step = await batchStep(sandbox, './customers.csv', { concurrency: '1' }, { files });
  expect(step.annotations).toEqual([
    {
      level: 'error',
      title: 'Connect Card Link failed',
      message: expect.stringMatching(/^Acme \(\.\/customers\.csv:2\): .*No/),
      file: 'customers.csv',
      line: 2,
      col: 1,
    },
  ]);
  expect(step.summary).toMatch(/\n\| Line \|.*\n.*\n\| 2 \| Acme \| ❌.*\n\| 3 \| Globex \| ✅/);
});

test('one listing for each group, in pages of 1000', async () => {
  sandbox.options.groups.push({ id: 'other_group', name: 'Other' });
  for (let n = 0; n < 1500; n++) {
    sandbox.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: `old_${n}` });
  }
  const list = [...many(3), { service: 'google_ads', schema: 'x', 'group-id': 'other_group' }];
  await batchStep(sandbox, list);
  expect(count('GET')).toBe(3);
});

test('at most concurrency requests are in flight', async () => {
  sandbox.options.latency = 30;
  let most = 0;
  sandbox.options.log = () => {
    const open = sandbox.requests.filter(({ status }) => status === 0).length;
    most = Math.max(most, open + 1);
  };
  await batchStep(sandbox, many(30), { concurrency: '4', 'on-existing': 'ignore' });
  expect(most).toBeGreaterThan(2);
  expect(most).toBeLessThanOrEqual(4);
});

test('run again, everything is found and nothing created twice', async () => {
  await batchStep(sandbox, many(10));
  // Several are sent at a time, so that they may be made in another order than the list's.
  const first = sandbox.connections.find(({ schema }) => schema === 'customer_1');
  if (first) first.status.setup_state = 'connected';
  sandbox.requests.length = 0;
  const step = await batchStep(sandbox, many(10));
  expect(sandbox.connections).toHaveLength(10);
  expect(step.outputs.outcome).toBe('linked');
  expect(step.results.map(({ outcome }) => outcome)).toEqual([
    'connected',
    ...Array(9).fill('linked'),
  ]);
  expect(step.results.every(({ created }) => created === false)).toBe(true);
});

test('one that fails doesn’t stop the rest', async () => {
  sandbox.fault({ on: 'create', skip: 2, answer: { status: 400, code: 'Odd', message: 'No.' } });
  const step = await batchStep(sandbox, many(6), { concurrency: '1' });
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(step.results.map(({ outcome }) => outcome)).toEqual([
    'linked',
    'linked',
    'failed',
    'linked',
    'linked',
    'linked',
  ]);
  expect(step.annotations).toMatchObject([
    { level: 'error', message: expect.stringMatching(/^Customer 3: .*No/) },
  ]);
  expect(step.summary).toContain('⚠️ **1 of 6 requests failed.** 5 links created.');
});

test.each(['reset', 'hang', 'truncated'] as const)(
  'a lost response (%s) among many creates no second connection',
  async (answer) => {
    sandbox.fault({ on: 'create', skip: 1, effect: 'done', answer });
    const step = await batchStep(sandbox, many(4), { timeout: '1' });
    expect(step.exitCode).toBe(0);
    expect(sandbox.connections).toHaveLength(4);
    expect(count('POST')).toBe(5);
  },
);

test.each([
  ['a key that is refused', { 'fivetran-api-secret': 'wrong' }, 'unauthorized', 8],
  ['a group that doesn’t exist', { 'group-id': 'nowhere' }, 'unknown-group', 1],
])('%s stops everything early', async (_, inputs, code, most) => {
  const step = await batchStep(sandbox, many(500), inputs);
  expect(step.exitCode).toBe(1);
  expect(sandbox.requests.length).toBeLessThanOrEqual(most);
  expect(step.results).toHaveLength(500);
  expect(new Set(step.results.map(({ error }) => (error as { code: string }).code))).toEqual(
    new Set([code]),
  );
  expect(step.annotations).toHaveLength(1);
  expect(step.annotations[0]?.message).toMatch(
    /^Customer 1 and 499 more: (API key rejected|Group nowhere)/,
  );
});

test('a group that doesn’t exist doesn’t stop the others', async () => {
  const list = [{ service: 'google_ads', schema: 'x', 'group-id': 'nowhere' }, ...many(3)];
  const step = await batchStep(sandbox, list);
  expect(step.results.map(({ outcome }) => outcome)).toEqual([
    'failed',
    'linked',
    'linked',
    'linked',
  ]);
});

test('the rate limit ends a batch with the time to go on, and the next run finishes it', async () => {
  sandbox.options.rateLimit = 6;
  const step = await batchStep(sandbox, many(20), { 'max-wait': '1', concurrency: '2' });
  expect(step.exitCode).toBe(1);
  const made = step.results.filter(({ outcome }) => outcome === 'linked');
  expect(made.length).toBe(5);
  expect(step.annotations.at(-1)?.message).toMatch(
    /after \w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC:.*\(rate-limited\)/,
  );
  sandbox.options.rateLimit = 20_000;
  const again = await batchStep(sandbox, many(20));
  expect(again.exitCode).toBe(0);
  expect(sandbox.connections).toHaveLength(20);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s: what was created is in outputs, file and summary, and the next run finishes',
  async (signal) => {
    sandbox.options.latency = 100;
    const step = await batchStep(
      sandbox,
      many(200),
      { concurrency: '4' },
      {
        onStart: async (kill) => {
          await until(() => sandbox.connections.length >= 6);
          kill(signal);
        },
      },
    );
    expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
    expect(step.results).toHaveLength(200);
    const made = step.results.filter(({ outcome }) => outcome === 'linked');
    // Those in progress could finish.
    expect(made).toHaveLength(sandbox.connections.length);
    expect(made.length).toBeLessThan(20);
    expect(step.results.at(-1)?.error).toMatchObject({ code: 'cancelled' });
    expect(step.summary).toContain(`${made.length} links created.`);
    expect(step.tookAfterSignal).toBeLessThan(5000);
    sandbox.options.latency = 0;
    expect((await batchStep(sandbox, many(200))).exitCode).toBe(0);
    expect(sandbox.connections).toHaveLength(200);
  },
);

test('cancelled with requests that don’t end: what is known is reported before the runner kills', async () => {
  sandbox.fault({ on: 'create', skip: 2, times: 99, effect: 'done', answer: 'hang' });
  const step = await batchStep(
    sandbox,
    many(9),
    { concurrency: '3' },
    {
      onStart: async (kill) => {
        await until(() => sandbox.connections.length >= 5);
        kill('SIGINT');
      },
    },
  );
  expect(step.tookAfterSignal).toBeLessThan(7500);
  expect(step.results.filter(({ outcome }) => outcome === 'linked')).toHaveLength(2);
  const said = step.results.map(
    ({ error }) => (error as { message: string } | null)?.message ?? '',
  );
  expect(said.filter((message) => message.includes('may have been created'))).toHaveLength(3);
  expect(said.filter((message) => message.includes('before this was begun'))).toHaveLength(4);
});

test('a single link that is cancelled while it waits reports that at once', async () => {
  sandbox.fault({ on: 'look-up', answer: { status: 429, headers: { 'retry-after': '60' } } });
  const step = await batchStep(
    sandbox,
    many(1),
    {},
    {
      onStart: async (kill) => {
        await until(() => sandbox.requests.length > 0);
        await sleep(100);
        kill('SIGINT');
      },
    },
  );
  expect(step.results).toMatchObject([{ outcome: 'failed', error: { code: 'cancelled' } }]);
  expect(step.tookAfterSignal).toBeLessThan(3000);
});

test('one entry is one link: a look-up by name, and single values', async () => {
  const step = await batchStep(sandbox, many(1));
  expect(step.outputs).toMatchObject({ outcome: 'linked', schema: 'customer_1' });
  expect(sandbox.requests[0]?.query.schema).toBe('customer_1');
});

test('a single entry that fails is named, and shown at its line', async () => {
  const files = { 'one.yml': '- name: Acme\n  service: google_ads\n  schema: acme\n' };
  const given = { 'group-id': 'nowhere' };
  const step = await batchStep(sandbox, 'one.yml', given, { files });
  expect(step.annotations).toMatchObject([
    { message: expect.stringMatching(/^Acme \(one\.yml:1\): Group nowhere/), file: 'one.yml' },
  ]);
  expect(step.summary).toContain('❌ **Acme (one.yml');
});

test('a dry run lists, reports what it would do, and sends nothing that writes', async () => {
  sandbox.addConnection({ groupId: 'acme_group', service: 'google_ads', schema: 'customer_2' });
  const step = await batchStep(sandbox, many(80), { 'dry-run': 'true' });
  expect([step.exitCode, step.outputs.outcome]).toEqual([0, 'dry-run']);
  expect(methods()).toEqual(['GET']);
  expect(step.log).toContain(
    '79 × a new connection of google_ads in group acme_group: customer_1, customer_3,',
  );
  expect(step.log).toContain('and 74 more');
  expect(step.log).toMatch(/1 × a card for an existing google_ads .*: customer_2 \(\w+\)/);
  expect(step.log.split('\n').length).toBeLessThan(40);
  expect(step.summary).toContain(
    '79 connections would be created, 1 existing connection would be reused.',
  );
});

test('results too large for an output are in the file alone, with a warning', async () => {
  const step = await batchStep(sandbox, many(700));
  expect('results' in step.outputs).toBe(false);
  expect(step.results).toHaveLength(700);
  expect(step.annotations).toMatchObject([
    { level: 'warning', message: expect.stringContaining('results-file') },
  ]);
});

test('with an issue, all links are in one comment', async () => {
  const here = await world({ operation: 'link', 'issue-number': '1', service: 'google_ads' });
  const { number } = await here.github.openIssue({ body: form({}), author: 'nina' });
  const event = await here.github.comment(number, 'Go', 'ada');
  const requests = '- {name: "@acme *x*", schema: acme}\n- schema: globex';
  const step = await here.run(event, { with: { requests } });
  const again = await here.run(event, { with: { requests } });
  const [comment, ...more] = await here.own();
  expect(more).toEqual([]);
  expect([step.exitCode, again.exitCode]).toEqual([0, 0]);
  expect(again.outputs['comment-url']).toBe(comment?.html_url);
  expect(again.summary).toContain(`and in [the issue's comment](<${comment?.html_url}>)`);
  const text = shown(comment);
  for (const { schema, link } of JSON.parse(again.outputs.results ?? '[]')) {
    expect(text).toContain(`\`${schema}\``);
    expect(text).toContain(link);
  }
  expect(text).not.toMatch(/@acme|\*x\*/);
});

test('in a public repository the summary doesn’t promise links in the comment', async () => {
  const here = await world(
    { operation: 'link', 'issue-number': '1', service: 'google_ads' },
    { github: { visibility: 'public' } },
  );
  const { number } = await here.github.openIssue({ body: form({}), author: 'nina' });
  const event = await here.github.comment(number, 'Go', 'ada');
  for (const requests of ['- schema: acme', '- schema: acme\n- schema: globex']) {
    const { summary, outputs } = await here.run(event, { with: { requests } });
    expect(summary).toContain(
      `in [the issue's comment](<${outputs['comment-url']}>), without links.`,
    );
  }
});

test('a comment that can’t be written fails the step, and the links aren’t lost', async () => {
  const here = await world({ operation: 'link', 'issue-number': '1', service: 'google_ads' });
  await here.open();
  here.github.permissions.issues = 'read';
  const event = await here.github.comment(1, 'Go', 'ada');
  const step = await here.run(event, { with: { requests: '- schema: acme\n- schema: globex' } });
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(step.log).toContain('(github-forbidden)');
  for (const { link } of JSON.parse(step.outputs.results ?? '[]')) {
    await here.fivetran.completeCard(link);
  }
});
