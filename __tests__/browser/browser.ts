import { existsSync } from 'node:fs';
import { test } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';

// Debian's browser, where it is installed; CI installs it.
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);

/** A test that needs a browser: skipped where none is installed. */
export const inBrowser = executablePath ? test : test.skip;

/** Starts the browser; undefined where none is installed. */
export async function openBrowser(): Promise<Browser | undefined> {
  if (!executablePath) return undefined;
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
