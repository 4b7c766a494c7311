import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ROOT } from '../act/act.ts';
import { until } from '../support/wait.ts';
import { inBrowser, openBrowser } from './browser.ts';

let browser: Browser | undefined;
let demo: ChildProcess | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  demo?.kill('SIGKILL');
  await browser?.close();
});

inBrowser('npm run demo -- --keep: both issues and the card can be used in a browser', async () => {
  demo = spawn(process.execPath, [join(ROOT, 'sandbox/demo/run.ts'), '--keep']);
  const closed = once(demo, 'close');
  let told = '';
  // What it prints may come in parts.
  let card: string | undefined;
  while (!card) {
    told += (await once(demo.stdout as NodeJS.ReadableStream, 'data'))[0];
    [, card] =
      /The card of the first step:\s+(http:\S+\/connect-card\/setup\S+)\s/.exec(told) ?? [];
  }
  const [first = '', second = ''] = told.match(/http:\S+\/issues\/\d+$/gm)?.slice(-2) ?? [];
  const page = (await browser?.newPage()) as Page;

  await page.goto(first);
  expect(await page.textContent('h1')).toBe('Connect: Globex #1');
  expect(await page.locator('.label').allTextContents()).toEqual(['connect-card', 'connected']);

  await page.goto(second);
  const comment = page.locator('article').last();
  expect(await comment.textContent()).toContain('2 links are ready to send');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await comment.getByRole('button', { name: 'Copy' }).click();
  await comment.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = String(await page.evaluate('navigator.clipboard.readText()'));
  expect(copied).toMatch(/^Hello Initech,[\s\S]*in your place\.$/);
  await connect(page, 'Google Ads');
  // Follow-up runs by itself.
  await expectSoon(page, second, '1 of 2 connected');

  await page.getByLabel('Comment').fill('/connect-card Stripe');
  await page.getByRole('button', { name: 'Comment' }).click();
  expect(await page.locator('.reactions').textContent()).toContain('👍');
  await connect(page, 'Open the link');
  await expectSoon(page, second, 'All 2 sources are connected');

  await page.goto(card);
  expect(await page.textContent('h1')).toBe('Connect Google Ads');
  demo.kill('SIGINT');
  expect(await closed).toEqual([0, null]);
});

/** Opens a link from the page as the customer does, in another tab, and fills in the card. */
async function connect(page: Page, name: string): Promise<void> {
  const [card] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name, exact: true }).click(),
  ]);
  await card.getByLabel('Account').fill('12-34');
  await card.getByLabel('User name').fill('ada');
  await card.getByLabel('Password or API key').fill('not a real one');
  await card.getByRole('button', { name: 'Save & Test' }).click();
  await card.getByText('Thank you').waitFor();
  await card.close();
}

/** Reloads a page until it says that. */
function expectSoon(page: Page, address: string, text: string): Promise<void> {
  return until(async () => {
    await page.goto(address);
    return (await page.textContent('main'))?.includes(text) ?? false;
  });
}
