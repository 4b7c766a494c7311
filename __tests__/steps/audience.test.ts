import { expect, test } from '@jest/globals';
import { FORM, linksOf, shown, THREE, world } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';

// What the team and the customer see, and the message that goes out.

test('the team gets a message ready to copy, and no link to open', async () => {
  const here = await world();
  const step = await here.onboard(THREE, { dist: true });
  const text = shown((await here.own())[0]);
  expect(text).toContain('### 3 links are ready to send');
  expect(text).toContain('Customer: **Acme Ltd**, requested by nina.');
  const block = /\n```text\n([\s\S]*)\n```\n/.exec(text)?.[1] ?? '';
  expect(block).toBe(step.outputs.message);
  expect(block).toMatch(/^Hello Acme Ltd,\n/);
  for (const name of ['Google Ads', 'Stripe', 'Facebook Ads']) {
    expect(block).toMatch(new RegExp(`^${name}: http\\S+$`, 'm'));
    expect(text).toContain(`⏳ **${name}** (`);
  }
  expect(linksOf((await here.own())[0])).toHaveLength(3);
  expect(text).not.toMatch(/\]\(<\S*connect-card/);
});

test('the customer gets a link to click, and what to do with it', async () => {
  const here = await world({ audience: 'customer' });
  const { outputs } = await here.onboard(undefined, { dist: true });
  const text = shown((await here.own())[0]);
  expect(text).toContain(`⏳ **[Connect Google Ads](<${outputs.link}>)**`);
  expect(text).toContain('Save & Test');
  expect(text).not.toContain('```');
  expect(outputs.message).toContain(outputs.link);
});

test('sources have the names that Fivetran has for them, and a link to their setup guide', async () => {
  const here = await world();
  await here.onboard({ ...FORM, Service: 'google_display_and_video_360', Table: 'x' });
  const text = shown((await here.own())[0]);
  expect(text).toContain(
    '**Google Display & Video 360**'.replace('&', '&amp;').replace('&amp;', '&#38;'),
  );
  expect(text).toMatch(/\[Setup guide\]\(<https:\/\/fivetran\.com\/\S+>\)/);
});

test.each([
  { what: 'not found', answer: { status: 404 } },
  { what: 'broken', answer: { status: 500 } },
  { what: 'no JSON', answer: 'html' },
  {
    what: 'of a script',
    answer: {
      change: (body: { data: object }) => ({
        ...body,
        data: { ...body.data, link_to_docs: 'javascript:alert(1)' },
      }),
    },
  },
] as const)('metadata that is $what changes nothing but the words', async ({ answer }) => {
  const here = await world();
  here.fivetran.fault({ on: 'metadata', times: 9, answer });
  const step = await here.onboard(undefined, { with: { 'max-wait': '0' } });
  expect(step.outputs.outcome).toBe('linked');
  const text = shown((await here.own())[0]);
  expect(text).toContain('**Google Ads**');
  expect(text).not.toContain('javascript');
});

test('the workflow’s own message, in the comment and in the output', async () => {
  const message = 'Hallo {customer}!\n```\n{links}\n```\nBis: {expires}';
  const here = await world({ message });
  const { outputs } = await here.onboard();
  expect(outputs.message).toMatch(/^Hallo Acme Ltd!\n```\nhttp\S+\n```\nBis: /);
  const text = shown((await here.own())[0]);
  // The fence around it is longer than any in it.
  expect(text).toContain(`\n\`\`\`\`text\n${outputs.message}\n\`\`\`\`\n`);
});

test('the command writes the same message with fresh links, whatever the form says now', async () => {
  const here = await world();
  await here.onboard();
  await here.github.editIssue(1, { body: '### Customer\n\n@everyone' }, 'nina');
  const { outputs } = await here.command();
  expect(outputs.message).toMatch(/^Hello Acme Ltd,/);
  expect(outputs.message).toContain(outputs.link);
});

test('a customer’s name is text, wherever it stands', async () => {
  const here = await world();
  const { outputs } = await here.onboard({ ...FORM, Customer: '@everyone ](x)' });
  expect(outputs.outcome).toBe('linked');
  const text = shown((await here.own())[0]);
  expect(text).toContain('Customer: **everyone x**');
  expect(outputs.message).toMatch(/^Hello everyone x,/);
});

test('an operation without an issue has the message, too', async () => {
  const here = await world({ operation: 'link', service: 'google_ads', schema: 'acme' });
  const step = await here.run({ repository: undefined } as never, {
    env: { GITHUB_EVENT_NAME: 'workflow_dispatch' },
  });
  expect(step.outputs.message).toContain(step.outputs.link);
  expect(here.fivetran.requests.map(({ path }) => path).join()).not.toContain('metadata');
});

test('a message that can’t work is refused before anything is sent', async () => {
  const here = await world({ message: 'Hello {linkz}' });
  const step = await here.onboard();
  expect(onlyResult(step).error.code).toBe('invalid-input');
  expect(step.log).toContain('{linkz}');
  expect(step.log).toContain('lacks {links}');
  expect([...here.fivetran.requests, ...here.github.requests]).toEqual([]);
});

test('in a public repository the message is in the outputs, and the comment promises nothing', async () => {
  const here = await world({}, { github: { visibility: 'public' } });
  const { outputs } = await here.onboard();
  expect(outputs.message).toContain(outputs.link);
  const [comment] = await here.own();
  expect(linksOf(comment)).toEqual([]);
  expect(shown(comment)).toContain('This repository is public');
  expect(shown(comment)).not.toMatch(/send|deliver/i);
});
