import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { linkStep } from '../support/step.ts';

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
