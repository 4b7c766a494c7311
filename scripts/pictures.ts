/**
 * Renders what people see, as GitHub shows it, to docs/pictures: comments, job summaries, and the
 * sandbox's card, for a desktop and for a phone.
 *
 *     npm run pictures
 *
 * It needs Debian's packages chromium, fonts-liberation and fonts-noto-color-emoji; with pngquant the
 * files are a third of the size.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox } from '../sandbox/fivetran/server.ts';
import {
  type Content,
  type Device,
  openBrowser,
  screenshot,
  smaller,
  WIDTHS,
} from './pictures/browser.ts';
import { cardLink } from './pictures/card.ts';
import { comments } from './pictures/comments.ts';
import { pageOf } from './pictures/page.ts';
import { summaries } from './pictures/summaries.ts';
import { NOW } from './pictures/world.ts';

const DEVICES = Object.keys(WIDTHS) as Device[];

/** The card's picture is of a page of the sandbox's; all others are of Markdown. */
export const CARD = 'card';

/** The pages of which there are pictures, by name. */
export async function pages(): Promise<Record<string, string>> {
  const framed = (place: 'comment' | 'summary', texts: Record<string, string>) =>
    Object.entries(texts).map(([name, text]) => [name, pageOf(place, text)]);
  return Object.fromEntries([
    ...framed('comment', await comments()),
    ...framed('summary', summaries()),
  ]);
}

/** The name of a picture's file. */
export function fileOf(name: string, device: Device): string {
  return device === 'desktop' ? `${name}.png` : `${name}-${device}.png`;
}

async function main(folder: string): Promise<void> {
  const sandbox = await startSandbox({ now: () => NOW });
  const browser = await openBrowser();
  try {
    const html = Object.entries(await pages()).map(([name, page]): [string, Content] => [
      name,
      { html: page },
    ]);
    const card: [string, Content] = [CARD, { address: await cardLink(sandbox) }];
    const pictures = new Map<string, Uint8Array>();
    for (const [name, content] of [...html, card]) {
      for (const device of DEVICES) {
        const png = smaller(await screenshot(browser, content, device));
        pictures.set(fileOf(name, device), png);
        console.log(`${fileOf(name, device)}: ${Math.ceil(png.length / 1000)} kB`);
      }
    }
    // Only now: where the program is stopped, the pictures from before stay.
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await Promise.all([...pictures].map(([name, png]) => writeFile(join(folder, name), png)));
  } finally {
    await Promise.all([browser.close(), sandbox.close()]);
  }
}

if (import.meta.main) await main(join(import.meta.dirname, '../docs/pictures'));
