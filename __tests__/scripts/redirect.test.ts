import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { cardLink } from '../../scripts/pictures/card.ts';
import { ROOT } from '../act/act.ts';

type HasConnected = (
  address: string,
  saved: { connectionId: string; token: string },
  account: { key: string; secret: string; api: string },
) => Promise<boolean>;

const folder = mkdtempSync(join(tmpdir(), 'redirect-'));
let sandbox: Sandbox;
let hasConnected: HasConnected;
beforeAll(async () => {
  const [, code = ''] =
    /```js\n(.*?)```/s.exec(readFileSync(join(ROOT, 'docs/redirect.md'), 'utf8')) ?? [];
  const file = join(folder, 'example.mjs');
  writeFileSync(file, code);
  [sandbox, { hasConnected }] = await Promise.all([startSandbox(), import(file)]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await sandbox.close();
});

test('the example in docs/redirect.md believes an address only when all three checks agree', async () => {
  const link = await cardLink(sandbox);
  const connectionId = sandbox.connections[0]?.id ?? '';
  const saved = { connectionId, token: new URL(link).searchParams.get('auth') ?? '' };
  const account = { key: sandbox.apiKey, secret: sandbox.apiSecret, api: sandbox.url };
  const check = (address: string) => hasConnected(address, saved, account);

  // Somebody opens the address without having filled in the card.
  const forged = `${sandbox.url}/connect-card/thanks?id=${connectionId}`;
  expect(await check(forged)).toBe(false);

  const back = await sandbox.completeCard(link);
  expect(await check(back)).toBe(true);
  expect(await check(`${back}&any=${saved.token}`)).toBe(true);
  // Another link's token of the same length, and of another one.
  const other = saved.token.replace(/.{4}$/, (end) => (end === 'AAAA' ? 'BBBB' : 'AAAA'));
  expect(await check(`${back}&any=${other}`)).toBe(false);
  expect(await check(`${back}&any=${saved.token}A`)).toBe(false);
  // Another customer's connection, or none.
  expect(await check(back.replace(connectionId, 'rival_connection'))).toBe(false);
  expect(await check(`${sandbox.url}/connect-card/thanks`)).toBe(false);
});

test('the example throws where Fivetran refuses the key, and never guesses', async () => {
  const saved = { connectionId: 'any_connection', token: '' };
  const account = { key: 'wrong', secret: 'wrong', api: sandbox.url };
  const address = 'https://example.com/?id=any_connection';
  await expect(hasConnected(address, saved, account)).rejects.toThrow('responded with 401');
});
