import { stripVTControlCharacters, styleText } from 'node:util';

// How the demo looks in a terminal: with styles, unless the output goes elsewhere or NO_COLOR is set.

const WIDTH = Math.min(process.stdout.columns || 90, 90);

type Style = Parameters<typeof styleText>[0];
const style = (format: Style, text: string) => styleText(format, text, { stream: process.stdout });

export function chapter(title: string): void {
  console.log(`\n${style('bold', `━━ ${title} ${'━'.repeat(Math.max(3, 70 - title.length))}`)}`);
}

export function heading(title: string, rest = ''): void {
  console.log(`\n${style('bold', title)}${rest && `, ${rest}`}`);
}

export function show(lines: string[]): void {
  for (const line of lines) console.log(`  ${line}`);
}

export function shorten(text: string, most = WIDTH - 6): string {
  return text.length > most ? `${text.slice(0, most - 3)}...` : text;
}

/**
 * An issue or a comment as its readers see it: Markdown rendered, without what is hidden.
 * @param length `brief` leaves out what the message for the customer says around its links
 */
export function showPost(title: string, body: string, length?: 'brief'): void {
  console.log(`  ${style('dim', `┌ ${title}`)}`);
  for (const line of rendered(length ? withShortMessage(body) : body)
    .split('\n')
    .flatMap(wrapped)) {
    console.log(`  ${style('dim', '│')} ${line}`.trimEnd());
  }
  console.log(`  ${style('dim', '└')}`);
}

/** Of every block of code only the lines with links. */
function withShortMessage(markdown: string): string {
  return markdown.replace(/^(```\w*\n)(.*?)^```$/gms, (_, fence: string, text: string) => {
    const links = text.split('\n').filter((line) => /https?:/.test(line));
    return `${fence}…\n${links.join('\n')}\n…\n\`\`\``;
  });
}

/** As much of GitHub's Markdown as the comments have. */
export function rendered(markdown: string): string {
  return markdown
    .replace(/<!--.*?-->/gs, '')
    .replace(
      /\[([^\]]+)\]\(<?([^)>]+)>?\)/g,
      (_, text, url) => `${style(['underline', 'blue'], text)} ${style('dim', `(${target(url)})`)}`,
    )
    .replace(/^```\w*\n(.*?)^```$/gms, (_, text: string) =>
      text.trimEnd().replace(/^/gm, `${style('dim', '▏')} `),
    )
    .replace(CARD_LINKS, (url) => style('dim', `${target(url)}`))
    .replace(/\*\*([^*]+)\*\*/g, (_, text) => style('bold', text))
    .replace(/`([^`]+)`|<code>(.*?)<\/code>/g, (_, one, other) => style('cyan', one ?? other))
    .replace(/^_([^_]+)_$/gm, (_, text) => style('italic', text))
    .replace(/^#+ (.*)$/gm, (_, text) => style('bold', text))
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A card's link in a message, where Markdown doesn't hide it. */
const CARD_LINKS = /https?:[^\s<>"'`)\]]+\/connect-card\/setup[^\s<>"'`)\]]+/g;

/** Where a link leads, and its last characters, which tell one card's link from another's. */
function target(address: string): string {
  const { host, pathname, search } = new URL(address);
  return `${host}${pathname}${search && `?…${search.slice(-6)}`}`;
}

/** A line in pieces that fit; the text of a list's item stays aligned. */
function wrapped(line: string): string[] {
  const [item = ''] = /^(\d+\.|-) /.exec(line) ?? [];
  const pieces = [''];
  for (const word of line.split(' ')) {
    const piece = [pieces.at(-1), word].join(pieces.at(-1) ? ' ' : '');
    if (stripVTControlCharacters(piece).length <= WIDTH - 6) pieces[pieces.length - 1] = piece;
    else pieces.push(' '.repeat(item.length) + word);
  }
  return pieces;
}
