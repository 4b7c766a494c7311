import { createHash } from 'node:crypto';
import { shownLink } from './link-text.ts';

/** By which a link is recognized without being on record: 128 bits of its SHA-256. */
export function fingerprintOf(link: string): string {
  return hash(shownLink(link));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** Links as this version writes them; and as earlier ones did, with brackets and quotes. */
const WRITTEN = [/https?:\/\/[^\s<>"'`)\]\u0080-\uffff]+/g, /https?:\/\/[^\s<>"\u0080-\uffff]+/g];
/** So many signs right behind a link may belong to the sentence that it is in. */
const MOST_SIGNS = 4;

/**
 * The links in a comment, by their fingerprints: today's, and those that records of earlier versions
 * have. Whoever may edit comments can have put others in there, so a link counts only where the signed
 * record has its fingerprint.
 */
export function linksIn(body: string): Map<string, string> {
  const links = new Map<string, string>();
  const found = WRITTEN.flatMap((pattern) => body.match(pattern) ?? []);
  for (const link of new Set(found.flatMap(withoutSigns))) {
    if (!URL.canParse(link)) continue;
    links.set(fingerprintOf(link), link);
    links.set(hash(new URL(link).href.replaceAll('\\', '%5C')), link);
  }
  return links;
}

/** What was found, and the same without one sign at its end, without two and so on. */
function withoutSigns(found: string): string[] {
  const signs = /[\W_]*$/.exec(found.slice(-MOST_SIGNS))?.[0].length ?? 0;
  const counts = Array.from({ length: signs + 1 }, (_, count) => count);
  return counts.map((count) => found.slice(0, found.length - count));
}
