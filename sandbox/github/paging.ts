import type { GitHubResponse } from './types.ts';

/**
 * One page of a list, with the links to the others.
 * https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export function pageOf<T>(all: T[], url: URL, view: (item: T) => unknown): GitHubResponse {
  const size = Math.min(whole(url.searchParams.get('per_page'), 30), 100);
  const page = whole(url.searchParams.get('page'), 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const links = [
    page > 1 && ['prev', page - 1],
    page < last && ['next', page + 1],
    page < last && ['last', last],
    page > 1 && ['first', 1],
  ]
    .filter((link) => link !== false)
    .map(([rel, number]) => {
      const other = new URL(url);
      other.searchParams.set('page', String(number));
      return `<${other}>; rel="${rel}"`;
    });
  return {
    status: 200,
    headers: links.length > 0 ? { link: links.join(', ') } : {},
    body: all.slice((page - 1) * size, page * size).map(view),
  };
}

/** GitHub takes what is no number, or less than one, for its default. */
function whole(text: string | null, byDefault: number): number {
  return text !== null && /^[1-9]\d*$/.test(text) ? Number(text) : byDefault;
}
