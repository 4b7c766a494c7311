/** The card's links in a text, each once, with what stands before each on its line. */
export function cardLinks(text: string): Array<{ link: string; label: string }> {
  const found = text.matchAll(/^(.*?)(https?:[^\s<>"'`)\]]+\/connect-card\/setup[^\s<>"'`)\]]+)/gm);
  const labels = new Map<string, string>();
  for (const [, before = '', link = ''] of found) {
    if (!labels.has(link)) labels.set(link, /([\w .&+-]+): $/.exec(before)?.[1]?.trim() ?? '');
  }
  return [...labels].map(([link, label]) => ({ link, label }));
}
