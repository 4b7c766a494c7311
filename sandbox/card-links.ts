/** A card's link in a text, and its source's name where the text says it. */
interface CardLink {
  link: string;
  name: string | undefined;
}

/** The card's links in a text, each once. */
export function cardLinks(text: string): CardLink[] {
  const found = text.matchAll(/^(.*?)(https?:[^\s<>"'`)\]]+\/connect-card\/setup[^\s<>"'`)\]]+)/gm);
  const names = new Map<string, string | undefined>();
  for (const [, before = '', link = ''] of found) {
    if (!names.has(link)) names.set(link, nameIn(before));
  }
  return [...names].map(([link, name]) => ({ link, name }));
}

/** A message has `Stripe: https…` where there are several, a comment `[Connect Stripe](<https…`. */
function nameIn(before: string): string | undefined {
  return (/^(.+): $/.exec(before) ?? /\[([^\]]+)\]\(<?$/.exec(before))?.[1];
}
