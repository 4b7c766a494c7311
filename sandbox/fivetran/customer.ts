/**
 * What a customer does with a link, without a browser: opens the card, fills it in, and goes where
 * it sends them. A link to fivetran.com, as the older flow puts one together, is opened here.
 */
export async function completeCard(
  link: string,
  origin: string,
  fetch: (request: Request) => Promise<Response> = globalThis.fetch,
): Promise<string> {
  const address = new URL(link);
  if (![origin, 'https://fivetran.com'].includes(address.origin)) {
    throw new Error(`${address.origin} is neither this sandbox nor fivetran.com`);
  }
  const page = `${origin}${address.pathname}${address.search}`;
  const opened = await fetch(new Request(page));
  const html = await opened.text();
  if (!opened.ok || !html.includes('<form')) throw refused(opened.status, html);

  const submitted = await fetch(
    new Request(page, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ account: 'acme', user: 'sam', password: 'a customer’s secret' }),
    }),
  );
  const location = submitted.headers.get('location');
  const answer = await submitted.text();
  if (submitted.status !== 303 || !location) throw refused(submitted.status, answer);
  return location;
}

function refused(status: number, html: string): Error {
  const heading = /<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? 'no heading';
  return new Error(`the card's page refused (${status}): ${heading.trim()}`);
}
