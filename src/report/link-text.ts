/**
 * A link as a comment shows it: parsed and written again, it has nothing in it that would end it, in a
 * table or where it is read again, nor a character reference, which Markdown would decode.
 */
export function shownLink(link: string): string {
  const { href } = new URL(link);
  const path = href.indexOf('/', href.indexOf('//') + 2);
  return (
    href.slice(0, path) +
    href
      .slice(path)
      .replace(/[\\|()[\]'`]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
      .replace(/(&#?\w+);/g, '$1%3B')
  );
}

/** Markdown's link from these words to an address; the words alone where that is none of the web. */
export function linkTo(words: string, address: string): string {
  return /^https?:/i.test(address) && URL.canParse(address)
    ? `[${words}](<${shownLink(address)}>)`
    : words;
}
