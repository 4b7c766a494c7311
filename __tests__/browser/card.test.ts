import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { linkStep } from '../support/step.ts';
import { inBrowser, openBrowser } from './browser.ts';

let sandbox: Sandbox;
let browser: Browser | undefined;
beforeAll(async () => {
  sandbox = await startSandbox();
  browser = await openBrowser();
});
afterAll(() => Promise.all([browser?.close(), sandbox.close()]));

inBrowser('a customer opens the link, fills in the card and lands at the redirect', async () => {
  const thanks = `${sandbox.url}/connect-card/thanks?customer=acme`;
  const step = await linkStep(sandbox, { 'redirect-uri': thanks });
  const page = (await browser?.newPage()) as Page;
  await page.goto(step.outputs.link ?? '');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Google Ads');
  await page.getByLabel('Account').fill('12-34');
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password or API key').fill('not a real one');
  await page.getByRole('button', { name: 'Save & Test' }).click();
  await page.waitForURL(({ href }) => href.startsWith(`${thanks}&id=`));
  expect(await page.textContent('h1')).toBe('Thank you');
  expect(sandbox.connections[0]?.status.setup_state).toBe('connected');

  const again = await linkStep(sandbox);
  expect(again.outputs).toMatchObject({ outcome: 'connected', 'setup-state': 'connected' });
});
