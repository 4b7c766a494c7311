import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { shown, world } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';
import { until } from '../support/wait.ts';

// operation: link, with an issue. The request is the workflow's own.

const LINK = { operation: 'link', service: 'google_ads', schema: 'acme' };

test('the link is commented on the event’s issue, once, and replaced there', async () => {
  const here = await world(LINK);
  await here.github.openIssue({ body: 'Please connect us', author: 'nina' });
  const event = await here.github.comment(1, 'Ready when you are', 'nina');
  const first = await here.run(event, { dist: true });
  expect((await here.own()).map(({ html_url }) => html_url)).toEqual([
    first.outputs['comment-url'],
  ]);
  const second = await here.run(event, { dist: true });
  const [comment, ...more] = await here.own();
  expect(more).toEqual([]);
  // A new comment, so that those on the issue are notified; the one before is gone.
  expect(second.outputs['comment-url']).toBe(comment?.html_url);
  expect(comment?.body).toContain(second.outputs.link);
  expect(comment?.body).not.toContain(first.outputs.link);
  expect(here.fivetran.connections).toHaveLength(1);
});

test('issue-number names another issue', async () => {
  const here = await world({ ...LINK, 'issue-number': '2' });
  await here.open();
  await here.open();
  const { outputs } = await here.run(await here.github.comment(1, 'x', 'nina'));
  expect((await here.own(2))[0]?.body).toContain(outputs.link);
  expect(await here.own(1)).toEqual([]);
});

test('what is commented this way can be renewed by the command', async () => {
  const here = await world(LINK);
  await here.open();
  await here.run(await here.github.addLabel(1, 'connect-card', 'tess'));
  const step = await here.command(1, {
    dist: true,
    with: { operation: 'onboard', service: '', schema: '' },
  });
  expect(step.outputs).toMatchObject({ outcome: 'linked', created: 'false', schema: 'acme' });
});

test('a pull request isn’t commented on', async () => {
  const here = await world(LINK);
  await here.github.openIssue({ body: '', author: 'nina', pullRequest: true });
  const { exitCode } = await here.run(await here.github.comment(1, 'x', 'nina'));
  expect(exitCode).toBe(0);
  expect(here.github.requests).toEqual([]);
});

test('a failing comment fails the step, after link and connection are in the outputs', async () => {
  const here = await world(LINK);
  here.github.permissions.issues = 'read';
  await here.open();
  const step = await here.run(await here.github.addLabel(1, 'connect-card', 'tess'), {
    dist: true,
  });
  expect(step.exitCode).toBe(1);
  const { error, connection_id } = onlyResult(step);
  expect(error.code).toBe('github-forbidden');
  expect(error.message).toContain(connection_id);
  await here.fivetran.completeCard(step.outputs.link ?? '');
});

test('a run that dies while it comments has its link in the outputs', async () => {
  const here = await world(LINK);
  await here.open();
  here.github.fault({ on: 'update-comment', answer: 'hang' });
  const step = await here.run(await here.github.addLabel(1, 'connect-card', 'tess'), {
    onStart: async (kill) => {
      await until(() => here.github.requests.some(({ kind }) => kind === 'update-comment'));
      kill();
    },
  });
  expect(step.exitCode).toBeNull();
  await here.fivetran.completeCard(step.outputs.link ?? '');
});

test('the comment also says of a failure', async () => {
  const here = await world({ ...LINK, 'group-id': 'no_such_group' });
  await here.open();
  const step = await here.run(await here.github.addLabel(1, 'connect-card', 'tess'), {
    dist: true,
  });
  expect(onlyResult(step).error.code).toBe('unknown-group');
  expect(shown((await here.own())[0])).toContain('No link yet');
});

test('in a public repository the link isn’t shown', async () => {
  const here = await world(LINK, { github: { visibility: 'public' } });
  await here.open();
  const { outputs } = await here.run(await here.github.addLabel(1, 'connect-card', 'tess'), {
    dist: true,
  });
  expect((await here.own())[0]?.body).not.toContain(outputs.token);
});

test('issue-number has to be a number', async () => {
  const here = await world({ ...LINK, 'issue-number': 'seven' });
  await here.open();
  const step = await here.run(await here.github.addLabel(1, 'connect-card', 'tess'));
  expect(onlyResult(step).error.code).toBe('invalid-input');
  expect(here.fivetran.requests).toEqual([]);
});

test('Fivetran’s metadata doesn’t respond: the link doesn’t wait for the name of its source', async () => {
  const here = await world();
  await here.open();
  here.fivetran.fault({ on: 'metadata', answer: 'hang' });
  const inputs = { operation: 'link', service: 'stripe', schema: 'acme', 'issue-number': '1' };
  const step = await here.run({ repository: undefined } as never, { with: inputs });
  expect(step.outputs.outcome).toBe('linked');
  expect(shown((await here.own())[0])).toContain('**Stripe**');
  // The request for the name would be given up after five seconds.
  expect(step.took).toBeLessThan(4000);
});

test.each([
  ['one link', LINK],
  [
    'a batch',
    {
      ...LINK,
      service: '',
      schema: '',
      requests: '[{"service":"stripe","schema":"a"},{"service":"google_ads","schema":"b"}]',
    },
  ],
])(
  '%s, cancelled while GitHub doesn’t respond: the process ends before the runner kills it',
  async (_, inputs) => {
    const here = await world({ ...inputs, 'issue-number': '1' });
    await here.open();
    here.github.fault({ on: 'graphql-add-comment', answer: 'hang' });
    const onStart = async (kill: (signal: NodeJS.Signals) => void) => {
      await until(() => here.github.requests.some(({ kind }) => kind === 'graphql-add-comment'));
      kill('SIGINT');
    };
    const step = await here.run({ repository: undefined } as never, { onStart });
    expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
    expect(step.tookAfterSignal).toBeLessThan(7500);
  },
);

test('a batch that is cancelled while its last links are created says that they aren’t in the comment', async () => {
  const requests = '[{"service":"stripe","schema":"a"},{"service":"google_ads","schema":"b"}]';
  const here = await world({ operation: 'link', requests, 'issue-number': '1' });
  await here.open();
  let kill: (signal: NodeJS.Signals) => void = () => {};
  const meanwhile = async () => {
    kill('SIGINT');
    await sleep(300);
  };
  here.fivetran.fault({ on: 'create', skip: 1, meanwhile });
  here.github.fault({ on: 'update-comment', effect: 'none', answer: 'hang' });
  const onStart = (end: typeof kill) => {
    kill = end;
  };
  const step = await here.run({ repository: undefined } as never, { onStart });
  expect(JSON.parse(step.outputs.results ?? '[]')).toMatchObject([
    { outcome: 'linked' },
    { outcome: 'linked' },
  ]);
  expect((await here.own())[0]?.body).not.toContain(
    `http://127.0.0.1:${new URL(here.fivetran.url).port}`,
  );
  expect([step.exitCode, step.outputs.outcome]).toEqual([1, 'failed']);
  expect(step.log).toContain("cancelled before the issue's comment was written");
});
