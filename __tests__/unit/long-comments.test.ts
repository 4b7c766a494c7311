import { expect, test } from '@jest/globals';
import { RecordSigner } from '../../src/github/record.ts';
import { type Entry, MOST_ENTRIES } from '../../src/model/issue-record.ts';
import { type IssueView, issueText } from '../../src/report/comment.ts';
import { fingerprintOf } from '../../src/report/links-in-comment.ts';

/** GitHub refuses a comment with more characters than these, record and all. */
const MOST = 65_536;

const signer = new RecordSigner('secret');

/** A full list whose names, links and ends have that many characters. */
function view(names: number, links: number, more: Partial<IssueView>): IssueView {
  const all = new Map<string, string>();
  const entries = Array.from({ length: MOST_ENTRIES }, (_, index): Entry => {
    const link = `https://fivetran.com/connect-card/setup?auth=${index}${'x'.repeat(links)}`;
    const fingerprint = fingerprintOf(link);
    all.set(fingerprint, link);
    const schema = `${index}_`.padEnd(names, 's');
    return {
      request: { group: 'acme_group', service: 'google_sheets', schema, table: schema },
      ...{ connection: 'polished_headland', intents: [], state: 'ready', link: fingerprint },
      ...{ expires: index * 60_000, renewed: 1e12, since: 1e12 },
      ...{ title: `Google Sheets ${'x'.repeat(names / 3)}`, destination: 'd'.repeat(names / 2) },
      docs: `https://fivetran.com/docs/connectors/files/google-sheets/setup-guide`,
    };
  });
  return {
    ...{ entries, links: all, showLinks: true, commandWorks: true, audience: 'team' },
    ...{ customer: 'Acme', requestedBy: 'nina', runUrl: 'https://github.com/a/b/actions/runs/1' },
    ...more,
  };
}

const LONG = 'x'.repeat(9_900);
const CASES = [
  { what: 'ordinary names', names: 12, links: 450, more: {} },
  { what: 'long names and links', names: 63, links: 1_500, more: {} },
  { what: 'a long message', names: 63, links: 490, more: { message: `${LONG}{links}` } },
  {
    what: 'every link three times',
    names: 30,
    links: 490,
    more: { message: '{links}{links}{links}' },
  },
  {
    what: 'names that aren’t ASCII',
    names: 63,
    links: 490,
    more: { message: `${'ß'.repeat(9_900)}{links}` },
  },
];

test.each(CASES)('with $what, fifty connections fit into a comment', ({ names, links, more }) => {
  for (const audience of ['team', 'customer'] as const) {
    const shown = view(names, links, { ...more, audience });
    const text = issueText(shown);
    const sealed = {
      generation: 2,
      entries: [...shown.entries],
      details: { customer: LONG.slice(0, 80) },
    };
    const marker = signer.sign(sealed, { repositoryId: 123_456_789, issue: 12_345 }, 1_234_567_890);
    expect(`${text}\n\n${marker}`.length).toBeLessThan(MOST);
    // As many links as have room are there: an ordinary list's take about half.
    expect(text.match(/connect-card\/setup/g)?.length).toBeGreaterThanOrEqual(3);
  }
});
