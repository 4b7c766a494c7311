import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  type Device,
  findChromium,
  openBrowser,
  SCALE,
  screenshot,
  WIDTHS,
} from '../../scripts/pictures/browser.ts';
import { pageOf } from '../../scripts/pictures/page.ts';
import { CARD, fileOf, pages } from '../../scripts/pictures.ts';
import { ROOT } from '../act/act.ts';

const DEVICES = Object.keys(WIDTHS) as Device[];
const inBrowser = findChromium() ? test : test.skip;
const picture = (file: string) => readFileSync(join(ROOT, 'docs/pictures', file));

/** The width that a PNG names in its first chunk: w3.org/TR/png-3/#11IHDR */
const widthOf = (png: Buffer) => png.readUInt32BE(16);

test('docs/pictures has every picture of npm run pictures, and no other', async () => {
  const names = [...Object.keys(await pages()), CARD];
  const files = names.flatMap((name) => DEVICES.map((device) => fileOf(name, device)));
  expect(readdirSync(join(ROOT, 'docs/pictures')).toSorted()).toEqual(files.toSorted());
  for (const file of files) {
    const device = file.endsWith('-phone.png') ? 'phone' : 'desktop';
    expect(picture(file).subarray(1, 4).toString()).toBe('PNG');
    expect(widthOf(picture(file))).toBe(SCALE * WIDTHS[device]);
  }
});

test('pictures are small files', () => {
  const sizes = readdirSync(join(ROOT, 'docs/pictures')).map((file) => picture(file).length);
  expect(Math.max(...sizes)).toBeLessThan(100_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
});

test('every picture in the README and the docs exists', () => {
  for (const path of globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT })) {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const shown = [
      ...text.matchAll(/!\[[^\]]*\]\(([^)\s]+)\)|<(?:img|source)[^>]*?src(?:set)?="([^"]+)"/g),
    ]
      .map(([, markdown, html]) => markdown ?? html ?? '')
      .filter((target) => !/^https?:/.test(target))
      .map((target) => normalize(join(dirname(path), target)));
    for (const file of shown) expect(globSync(file, { cwd: ROOT })).toEqual([file]);
  }
});

test('Markdown is shown as on GitHub: tables, no hidden comments, and a button on every block of code', () => {
  const html = pageOf(
    'comment',
    '| a |\n| --- |\n| <code>b</code> |\n\n<!-- c -->\n\n```text\nd\n```\n\n```\ne\n```',
  );
  expect(html).toContain('<th>a</th>');
  expect(html).toContain('<td><code>b</code></td>');
  expect(html).not.toContain('<!--');
  expect(html.match(/<div class="snippet"><pre>/g)).toHaveLength(2);
});

inBrowser('a picture is as wide as its device, and a page that is wider is refused', async () => {
  const browser = await openBrowser();
  try {
    const html = (await pages())['comment-team'] ?? '';
    const png = await screenshot(browser, { html }, 'phone');
    expect(widthOf(png)).toBe(SCALE * WIDTHS.phone);
    const wide = { html: '<div style="width: 500px">wide</div>' };
    await expect(screenshot(browser, wide, 'phone')).rejects.toThrow('is 508 px wide on a phone');
    await screenshot(browser, wide, 'desktop');
  } finally {
    await browser.close();
  }
});
