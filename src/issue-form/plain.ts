/** Letters, digits and marks that mean nothing to Markdown there; begins with a letter, a digit, `_` or `{`. */
const PLAIN = /^ {0,3}[\p{L}\p{N}_{][\p{L}\p{N}\p{M} _.,;:'"()&/!?%=+{}-]*$/u;
/** Entities, emoji, and addresses, which GitHub may shorten. */
const SHORTHAND = /&#?\w+;|:[\w+-]+:|:\/\//;
/** Characters without a shape of their own. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
/** What GitHub takes for a commit, and shows seven characters of. */
const COMMIT = /\b(?:[0-9a-f]{8,40}|[0-9a-f]{64})\b/i;

/**
 * Whether GitHub's page shows a paragraph of these lines exactly as they are written: no list, code
 * block, emphasis, link, entity or escape. https://spec.commonmark.org/0.31.2/#inlines
 */
export function isPlain(...lines: readonly string[]): boolean {
  if (!lines.every(isPlainAlone)) return false;
  // `_a_` is emphasis, over several lines as well: an underscore at the beginning of a word, and a
  // later one at the end of one.
  const text = lines.join('\n');
  const opens = text.search(/(?<![\p{L}\p{N}_])_/u);
  const closes = [...text.matchAll(/_(?![\p{L}\p{N}_])/gu)].at(-1)?.index ?? -1;
  return opens < 0 || closes <= opens;
}

function isPlainAlone(line: string): boolean {
  if (!PLAIN.test(line) || SHORTHAND.test(line)) return false;
  if (INVISIBLE.test(line) || COMMIT.test(line)) return false;
  // `1. ` begins a list.
  return !/^ *\d+[.)]( |$)/.test(line);
}
