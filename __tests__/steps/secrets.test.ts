import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import type { StepResult } from '../../sandbox/runner/run.ts';
import { batchStep } from '../support/batch.ts';
import { answering, proxy } from '../support/front.ts';
import { world } from '../support/onboard.ts';
import { linkStep, onlyResult } from '../support/step.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const BASIC = Buffer.from('sandbox-key:sandbox-secret').toString('base64');

test('secret, credential, link and token are masked before anything could print them', async () => {
  const { raw, masks, outputs } = await linkStep(sandbox, {}, { env: { RUNNER_DEBUG: '1' } });
  expect(masks).toEqual(['sandbox-secret', BASIC, outputs.link, outputs.token]);
  const lines = raw.split('\n');
  const isMask = (line: string) => line.startsWith('::add-mask::');
  expect(lines.slice(0, 2).every(isMask)).toBe(true);
  const rest = lines.filter((line) => !isMask(line)).join('\n');
  for (const secret of masks) expect(rest).not.toContain(secret);
});

test('mask-link: false masks the secret and the credential alone, and prints no link either', async () => {
  const { raw, masks, outputs } = await linkStep(sandbox, { 'mask-link': 'false' });
  expect(masks).toEqual(['sandbox-secret', BASIC]);
  expect(raw).not.toContain(outputs.token);
});

test('the summary never has the link, masked or not', async () => {
  for (const mask of ['true', 'false']) {
    const { summary, outputs } = await linkStep(sandbox, { 'mask-link': mask });
    expect(summary).not.toContain(outputs.token);
    expect(summary).not.toContain('***');
    expect(summary).toContain('`link`');
  }
});

test('a secret with a percent sign is masked as it is', async () => {
  const secret = '%0Aodd%25:secret';
  await sandbox.close();
  sandbox = await startSandbox({ apiSecret: secret });
  const { masks, outputs } = await linkStep(sandbox);
  expect(masks[0]).toBe(secret);
  expect(outputs.outcome).toBe('linked');
});

test('debug logging shows requests and no secret', async () => {
  sandbox.fault({ on: 'look-up', answer: { status: 401 } });
  const { log, raw } = await linkStep(sandbox, {}, { env: { RUNNER_DEBUG: '1' } });
  expect(log).toMatch(/##\[debug\]GET \/v1\/groups\/acme_group.*: 401 after \d+ ms/);
  expect(raw.replace(/^::add-mask::.*$/gm, '')).not.toMatch(/sandbox-secret|c2FuZGJveC1rZXk/);
});

describe("a credential in a server's words", () => {
  test.each([
    ['the API secret', 'sandbox-secret'],
    ['the API key', 'sandbox-key'],
    ['the Basic credential', BASIC],
    ['the Basic credential without padding', BASIC.replace(/=+$/, '')],
    ['the API secret in Base64', Buffer.from('sandbox-secret').toString('base64')],
    ['the GitHub token', 'ghs_sandboxToken'],
    ['the previous secret', 'former-secret'],
    ["a proxy's password", 'sword%2Ffish'],
    ["a proxy's password, decoded", 'sword/fish'],
  ])('%s is nowhere', async (_, secret) => {
    const message = `No entry for "${secret}" here.`;
    sandbox.fault({ on: 'look-up', answer: { status: 400, code: 'InvalidInput', message } });
    const given = { 'github-token': 'ghs_sandboxToken' };
    const step = await linkStep(sandbox, given, {
      env: {
        RUNNER_DEBUG: '1',
        'INPUT_PREVIOUS-FIVETRAN-API-SECRET': 'former-secret',
        HTTPS_PROXY: 'http://user:sword%2Ffish@127.0.0.1:9',
      },
    });
    expect(onlyResult(step).error.message).toMatch(/No entry for "\*\*\*=*" here/);
    expect(everythingIn(step)).toContain('No entry for');
    expect(everythingIn(step)).not.toContain(secret);
  });

  test('does not break the JSON that it is quoted in', async () => {
    await sandbox.close();
    const apiSecret = 'half"half\\';
    sandbox = await startSandbox({ apiSecret });
    const message = `Not ${apiSecret}, nor ${JSON.stringify(apiSecret)}.`;
    sandbox.fault({ on: 'look-up', answer: { status: 400, message } });
    const step = await linkStep(sandbox);
    expect(onlyResult(step).error.message).toContain('Not ***, nor "***"');
    expect(JSON.parse(step.resultsFile)).toEqual(JSON.parse(step.outputs.results ?? ''));
    expect(everythingIn(step)).not.toContain('half');
  });
});

describe('a value of config or auth that is quoted', () => {
  const KEY = '-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----\n';
  test.each([
    ['a password whose beginning is another value', 'hunter-two', 'hunter|-two'],
    ['a key of several lines, with \\n', JSON.stringify(KEY).slice(1, -1), 'MIIE|kqhk|BEGIN'],
    ['one line of it', 'MIIEvQIBADANBg', 'MIIE'],
    ['as JSON writes it', JSON.stringify('say "sesame"'), 'sesame'],
    ['as a URL has it', encodeURIComponent('p/ss w+rd'), 'p%2Fss|w%2Brd'],
    ['in Base64', Buffer.from('hunter-two').toString('base64'), 'aHVudGVy'],
    ['a number', '54321', '54321'],
    ['cut off', `${'x'.repeat(290)} hunter-two`, 'hunt'],
  ])('%s', async (_, quoted, part) => {
    const message = `Wrong: ${quoted}`;
    sandbox.fault({ on: 'create', answer: { status: 400, code: 'InvalidInput', message } });
    const step = await linkStep(sandbox, {
      config: JSON.stringify({ a: 'hunter', b: 'hunter-two', c: KEY, d: 'say "sesame"', e: 54321 }),
      settings: JSON.stringify({ auth: { secret: 'p/ss w+rd' } }),
    });
    expect(onlyResult(step).error.message).toContain('Wrong: ');
    expect(everythingIn(step)).not.toMatch(new RegExp(part));
  });

  test('of one request in the words about another', async () => {
    const requests = [
      { service: 'google_ads', schema: 'acme', config: { key: 'hunter2hunter2' } },
      { service: 'stripe', schema: 'acme_2', config: { key: 'opensesame' } },
    ];
    const message = 'Neither hunter2hunter2 nor opensesame.';
    sandbox.fault({ on: 'create', times: 2, answer: { status: 400, message } });
    const step = await batchStep(sandbox, requests);
    expect(everythingIn(step)).toContain('Neither ');
    expect(everythingIn(step)).not.toMatch(/hunter2|opensesame/);
  });

  test('names, ids and the link are whole, though such a value is part of them', async () => {
    const step = await linkStep(sandbox, {
      config: 'account: acme\nhost: acme.com\nservice: google',
      'redirect-uri': 'https://acme.com/thanks',
    });
    expect(step.outputs).toMatchObject({ outcome: 'linked', schema: 'acme' });
    expect(step.outputs.link).toContain('acme.com');
    await sandbox.completeCard(step.outputs.link ?? '');
    expect(step.summary).toContain('`acme`');
    expect(step.summary).not.toContain('***');
  });

  test('an issue’s names, its message and all addresses are whole, though such a value is part of them', async () => {
    const here = await world({
      config: 'account: acme\nrun: "4711"\nkind: docs\nvendor: Google\nfolder: data',
    });
    const refusal = { status: 400, code: 'InvalidInput', message: 'No account acme.' };
    here.fivetran.fault({ on: 'create', answer: refusal });
    const step = await here.onboard(
      { Service: 'Google Ads, Stripe', Schema: 'acme' },
      { env: { GITHUB_ACTION_REPOSITORY: 'acme/connect-card-link', GITHUB_ACTION_REF: 'v1' } },
    );
    const [comment] = await here.own();
    expect(comment?.body).not.toContain('***');
    expect(step.outputs.message).toContain('moves data for us');
    expect(comment?.body).toContain(step.outputs.message);
    for (const text of [
      '`acme_google_ads`',
      'https://fivetran.com/docs/connectors/',
      'https://github.com/acme/onboarding/actions/runs/4711',
    ]) {
      expect(comment?.body).toContain(text);
    }
    expect(step.summary).toContain(`${here.github.url}/acme/onboarding/issues/1#issuecomment-`);
    const [error] = step.annotations;
    expect(error?.message).toMatch(/^Google Ads as acme_google_ads: .* No account \*\*\*\. /);
    expect(error?.message).toContain('acme/connect-card-link/blob/v1/docs/errors.md#refused');
  });

  test('the path of a list is whole, though such a value is part of it', async () => {
    sandbox.fault({ on: 'create', answer: { status: 400, message: 'No account acme.' } });
    const files = { 'customers.csv': 'service,schema,config\ngoogle_ads,acme,account: customers' };
    const { annotations } = await batchStep(sandbox, 'customers.csv', {}, { files });
    expect(annotations).toMatchObject([
      { file: 'customers.csv', line: 2, message: expect.stringContaining('customers.csv:2') },
    ]);
  });

  test('a template that was not filled in does not make YAML warn with the text', async () => {
    for (const given of [
      { config: 'password: {{ hunter2 }}' },
      {
        service: '',
        schema: '',
        requests: '[{service: s, schema: a, config: {p: {{ hunter2 }}}}]',
      },
    ]) {
      const { raw, stderr } = await linkStep(sandbox, { ...given, 'dry-run': 'true' });
      expect(stderr).toBe('');
      expect(raw).not.toContain('hunter2');
    }
  });
});

test("a proxy's words can't repeat its password", async () => {
  const way = await proxy(407);
  const step = await linkStep(
    sandbox,
    { 'fivetran-api-url': 'https://127.0.0.1:9' },
    { env: { HTTPS_PROXY: `http://user:swordfish@127.0.0.1:${way.port}`, RUNNER_DEBUG: '1' } },
  );
  await way.close();
  expect(everythingIn(step)).not.toContain('swordfish');
});

test.each([
  'Wait ##[stop-commands]abc',
  '::stop-commands::abc',
  'First\n::stop-commands::abc',
  '\u0085::stop-commands::abc',
])('%j from a server is no command in any line', async (message) => {
  sandbox.fault({ on: 'look-up', times: 2, answer: { status: 500, code: 'X', message } });
  sandbox.fault({ on: 'look-up', answer: { status: 400, code: '', message } });
  const step = await linkStep(sandbox, {}, { env: { RUNNER_DEBUG: '1' } });
  expect(step.log).toContain('stop-commands');
  for (const text of [step.raw, step.log]) {
    // ##[debug] is what the runner itself makes of the debug command.
    expect(text.replaceAll('##[debug]', '')).not.toContain('##[');
    expect(text).not.toMatch(/^[\s\u0085]*::stop-commands/m);
  }
});

test('an answer that is no JSON is not shown at all', async () => {
  const front = await answering(403, 'text/html', `<html>${BASIC}</html>`);
  const step = await linkStep(sandbox, { 'fivetran-api-url': `http://127.0.0.1:${front.port}` });
  await front.close();
  expect(everythingIn(step)).not.toContain(BASIC);
});

test('a report that fails is an error like others, without a stack', async () => {
  const env = { GITHUB_STEP_SUMMARY: '/does/not/exist/sandbox-secret' };
  const step = await linkStep(sandbox, {}, { env });
  expect(step.exitCode).toBe(1);
  expect(step.stderr).toBe('');
  expect(step.annotations.at(-1)).toMatchObject({
    level: 'error',
    message: expect.stringContaining('/does/not/exist/***'),
  });
  expect(everythingIn(step)).not.toMatch(/sandbox-secret|at .*:\d+:\d+/);
});

/** All that left the process, but for the commands that mask. */
function everythingIn(step: StepResult): string {
  const { raw, stderr, summary, outputs, resultsFile } = step;
  const printed = raw.replace(/^::add-mask::.*$/gm, '');
  return [printed, stderr, summary, JSON.stringify(outputs), resultsFile].join('\n');
}
