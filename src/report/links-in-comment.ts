import { createHash } from 'node:crypto';

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

/** By which a link is recognized without being on record: 128 bits of its SHA-256. */
export function fingerprintOf(link: string): string {
  return createHash('sha256').update(shownLink(link)).digest('base64url').slice(0, 22);
}

/**
 * The links in a comment, by their fingerprints. Whoever may edit comments can have put others in
 * there, so a link counts only where the signed record has its fingerprint.
 */
export function linksIn(body: string): Map<string, string> {
  const links = new Map<string, string>();
  for (const [link] of body.matchAll(/https?:\/\/[^\s<>"'`)\]]+/g)) {
    if (URL.canParse(link)) links.set(fingerprintOf(link), link);
  }
  return links;
}
