import { readableTime } from '../model/readable-time.ts';

/** A source with its link, as the message for the customer names it. */
export interface LinkedSource {
  /** What the connector type is called. */
  title: string;
  link: string;
  expiresAt: Date;
}

/** The message that is sent where the workflow has none of its own; short lines, as a block shows them. */
const DEFAULT = `Hello {customer},

Please connect your data here:

{links}

The page that opens belongs to Fivetran, the service that moves data for us.
Sign in to your own account there and click "Save & Test".
We never see your credentials.

Valid until: {expires}

Please don't forward this message: whoever has it can connect a data source
in your place.`;

/**
 * The message for the customer, as plain text.
 * @param template the workflow's own, with placeholders; undefined for the action's
 * @param customer as the form has it; only what a name is made of is kept
 */
export function customerMessage(
  template: string | undefined,
  sources: readonly LinkedSource[],
  customer: string | undefined,
): string {
  const name = plainName(customer ?? '');
  const [only, ...others] = sources;
  const links =
    only && others.length === 0
      ? only.link
      : sources.map(({ title, link }) => `${title}: ${link}`).join('\n');
  const first = Math.min(...sources.map(({ expiresAt }) => expiresAt.getTime()));
  const values: Record<string, string> = {
    links,
    services: listed(sources.map(({ title }) => title)),
    expires: readableTime(new Date(first)),
    customer: name,
  };
  return (
    (template ?? DEFAULT)
      // Without a name the greeting ends with the word before it.
      .replace(/ ?\{customer\}/g, (whole) => (name ? whole : ''))
      .replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole)
  );
}

/**
 * A customer's name from a form. Anybody may have written it, and programs make links, mentions and
 * markup of what a message has: letters, digits, blanks and the signs that names have are kept.
 */
export function plainName(text: string): string {
  return (
    text
      .replace(/[^\p{L}\p{M}\p{N} .,&'’+-]+/gu, ' ')
      // Mail programs make a link of `evil.example`.
      .replace(/\.(?=[\p{L}\p{M}\p{N}]{2})/gu, ' ')
      .replace(/ +/g, ' ')
      // No language has more marks on a letter; a tower of them covers the lines around it.
      .replace(/(?<=\p{M}{4})\p{M}+/gu, '')
      .trim()
      .slice(0, 80)
      .replace(/[\ud800-\udbff]$/, '')
  );
}

/** `Google Ads, Stripe and Facebook Ads` */
function listed(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const last = unique.pop() ?? '';
  return unique.length > 0 ? `${unique.join(', ')} and ${last}` : last;
}
