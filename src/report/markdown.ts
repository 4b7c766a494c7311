/**
 * Text as text in Markdown on GitHub, in a table cell too: no markup, HTML, mention, reference or
 * link comes of it, whoever wrote it. What could mean something is written as a character
 * reference; `@`, `#` and `$` are cut off from what follows as well, and issues (`GH-1`) and commits are
 * cut in pieces, because GitHub looks for those, and may look for formulas, after it has decoded the text:
 * docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
export function plain(text: string): string {
  return (
    text
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim()
      .replace(/[\\`*[\]<>&#@|~!${}:]|(?<=www)\.|(?<![a-z0-9])_|_(?![a-z0-9])/gi, reference)
      // At a line's start these begin a list, a line or a heading.
      .replace(/^[-+=]|(?<=^\d{1,9})[.)]/, reference)
      .replace(/&#(35|36|64);|\bGH-(?=\d)/gi, CUT)
      .replace(/\b[0-9a-f]{7,64}\b/gi, (commit) => commit.replace(/.{6}(?=.)/g, CUT))
  );
}

/** An empty comment after what was found: GitHub looks for nothing across it. */
const CUT = '$&<!-- -->';

/** The same, set as code: for names and ids. */
export function code(text: string): string {
  return /^[\w./-]+(?: [\w.-]+)*$/.test(text) ? `\`${text}\`` : `<code>${plain(text)}</code>`;
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
