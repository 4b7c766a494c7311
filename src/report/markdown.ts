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

/** A time as people write it, in UTC to the minute: `Wed 25 Nov 2026, 09:38 UTC`. */
export function readableTime(time: Date): string {
  // `Wed, 25 Nov 2026 09:38:00 GMT`: tc39.es/ecma262/#sec-date.prototype.toutcstring
  return time.toUTCString().replace(/^(\w+), 0?(.*) (\d\d:\d\d):\d\d GMT$/, '$1 $2, $3 UTC');
}
