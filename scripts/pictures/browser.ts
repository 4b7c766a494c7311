import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { SHORTEN } from './page.ts';

/** Widths of pages in CSS pixels: GitHub's column on a desktop, and a phone. */
export const WIDTHS = { desktop: 900, phone: 390 } as const;
export type Device = keyof typeof WIDTHS;

/** Pixels of a picture in each of those: sharp on dense screens, and still a small file. */
export const SCALE = 1.5;

/** Debian's browser; undefined where it isn't installed. */
export function findChromium(): string | undefined {
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
}

/** Starts the browser. Throws where there is none. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no /usr/bin/chromium: install it first.');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** What a page shows: HTML, or what is at an address. */
export type Content = { html: string } | { address: string };

/**
 * A picture of a whole page, as PNG.
 * @throws where the page is wider than the device, so that readers would have to scroll sideways
 */
export async function screenshot(
  browser: Browser,
  content: Content,
  device: Device,
): Promise<Buffer> {
  const page = await browser.newPage({
    viewport: { width: WIDTHS[device], height: 100 },
    deviceScaleFactor: SCALE,
    colorScheme: 'light',
  });
  try {
    if ('html' in content) await page.setContent(content.html);
    else await page.goto(content.address);
    const width = await widthOf(page);
    if (width > WIDTHS[device]) throw new Error(`The page is ${width} px wide on a ${device}.`);
    await page.evaluate(SHORTEN);
    return await page.screenshot({ fullPage: true });
  } finally {
    await page.close();
  }
}

function widthOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth');
}

/** The same picture in 64 colours, a third of the size; as it was where pngquant isn't installed. */
export function smaller(png: Buffer): Buffer {
  try {
    return execFileSync('pngquant', ['--speed', '1', '--strip', '64', '-'], { input: png });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return png;
    throw error;
  }
}
