import { createHash } from 'node:crypto';

/** A link as a comment shows it: parsed and written again, it has no blank, `>` or backslash in it. */
export function shownLink(link: string): string {
  return new URL(link).href.replaceAll('\\', '%5C');
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
