export { readableTime } from '../model/readable-time.ts';

/**
 * Text as text in Markdown on GitHub, in a table cell too: no markup, HTML, mention, reference or
 * link comes of it, whoever wrote it. What could mean something is written as a character
 * reference; `@` and `#` are cut off from what follows as well, because GitHub looks for mentions
 * and references after it has decoded those.
 */
export function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .replace(/[\\`*[\]<>&#@|~!${}:]|(?<=www)\.|(?<![a-z0-9])_|_(?![a-z0-9])/gi, reference)
    .replace(/&#(35|64);/g, '$&<!-- -->');
}

/** The same, set as code: for names and ids. */
export function code(text: string): string {
  return /^[\w.-]+$/.test(text) ? `\`${text}\`` : `<code>${plain(text)}</code>`;
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
