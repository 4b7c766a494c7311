import type { Entry } from '../src/model/issue-record.ts';
import { issueText } from '../src/report/comment.ts';
import { fingerprintOf } from '../src/report/links-in-comment.ts';

/** Where the quoted links lead: to the section that quotes them. */
const SECTION = '#what-happens';

/** The comment of an issue with two sources, as docs/onboarding.md shows it: a link in it opens nothing. */
export function commentSample(): string {
  const sources = [source('google_ads'), source('stripe')];
  const view = {
    entries: sources.map(({ entry }) => entry),
    links: new Map(sources.map(({ link }) => [fingerprintOf(link), link])),
    showLinks: true,
    commandWorks: true,
    audience: 'team' as const,
    customer: 'Acme Ltd',
    requestedBy: 'nina',
    runUrl: 'https://github.com/acme/onboarding/actions/runs/1',
  };
  return issueText(view)
    .replace(/^### (.*)$/gm, '**$1**')
    .replace(/\]\(<https:\/\/fivetran\.com\/connect-card\/[^>]*>\)/g, `](${SECTION})`);
}

function source(service: string): { entry: Entry; link: string } {
  const link = `https://fivetran.com/connect-card/setup?auth=TOKEN_FOR_${service.toUpperCase()}`;
  const entry: Entry = {
    request: { group: 'acme_group', service, schema: `acme_${service}` },
    connection: `connection_of_${service}`,
    intents: [],
    state: 'ready',
    expires: Date.parse('2026-12-01T09:30:00Z'),
    link: fingerprintOf(link),
    renewed: 0,
  };
  return { entry, link };
}
