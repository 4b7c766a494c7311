// How the demo looks in a terminal.

const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const LINK = '\u001b[4;34m';
const PLAIN = '\u001b[0m';

export function chapter(title: string): void {
  console.log(`\n${BOLD}━━ ${title} ${'━'.repeat(Math.max(3, 70 - title.length))}${PLAIN}`);
}

export function heading(title: string, rest = ''): void {
  console.log(`\n${BOLD}${title}${PLAIN}${rest && `, ${rest}`}`);
}

export function show(lines: string[]): void {
  for (const line of lines) console.log(`  ${line}`);
}

export function shorten(text: string, most = 90): string {
  return text.length > most ? `${text.slice(0, most - 3)}...` : text;
}

/** A comment as its readers see it: Markdown set, what is hidden left out. */
export function showComment(author: string, body: string): void {
  console.log(`  ${DIM}┌ ${author} commented${PLAIN}`);
  for (const line of rendered(body).split('\n')) console.log(`  ${DIM}│${PLAIN} ${line}`);
  console.log(`  ${DIM}└${PLAIN}`);
}

/** As much of GitHub's Markdown as the comments have. */
export function rendered(markdown: string): string {
  return markdown
    .replace(/<!--.*?-->/gs, '')
    .replace(
      /\[([^\]]+)\]\(<?([^)>]+)>?\)/g,
      (_, text, url) => `${LINK}${text}${PLAIN} ${DIM}(${shorten(url, 60)})${PLAIN}`,
    )
    .replace(/\*\*([^*]+)\*\*/g, `${BOLD}$1${PLAIN}`)
    .replace(/`([^`]+)`|<code>(.*?)<\/code>/g, (_, one, other) => `${DIM}${one ?? other}${PLAIN}`)
    .replace(/^#+ (.*)$/gm, `${BOLD}$1${PLAIN}`)
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
