import { describe, expect, test } from '@jest/globals';
import { InputError, LinkError, NotBegun, type Problem } from '../../src/model/errors.ts';
import { newEntry } from '../../src/model/issue-record.ts';
import type { LinkResult, RequestedTarget } from '../../src/model/link.ts';
import { batchSummary } from '../../src/report/batch-summary.ts';
import { followUpSummary } from '../../src/report/follow-up-summary.ts';
import { helpOf } from '../../src/report/help.ts';
import { asReported } from '../../src/report/reported.ts';
import { failureLines } from '../../src/report/shared-failures.ts';
import { singleSummary } from '../../src/report/summary.ts';

const help = helpOf({
  GITHUB_ACTION_REPOSITORY: 'acme/connect-card-link',
  GITHUB_ACTION_REF: 'v1',
  GITHUB_SERVER_URL: 'https://github.example',
});
const page = 'https://github.example/acme/connect-card-link/blob/v1/docs/errors.md';
const link = 'https://fivetran.com/connect-card/setup?auth=secret-token';

const targetOf = (n: number): RequestedTarget => ({
  name: `Customer ${n}`,
  groupId: 'acme_group',
  service: 'google_ads',
  schema: `customer_${n}`,
});
const linked = (n: number): LinkResult => ({
  target: targetOf(n),
  outcome: 'linked',
  created: true,
  connection: {
    id: `id_${n}`,
    service: 'google_ads',
    name: `customer_${n}`,
    groupId: 'acme_group',
    setupState: 'incomplete',
    createdAt: 0,
  },
  card: { link, token: 'secret-token', expiresAt: new Date('2026-11-25T09:38:59Z') },
});
const failed = (n: number, message = 'No.'): LinkResult => ({
  target: targetOf(n),
  outcome: 'failed',
  error: new LinkError('refused', message, 'Fix it.'),
});
const inFile = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    path: 'customers.csv',
    file: 'customers.csv',
    line: at + 2,
    column: 1,
  }));
const only = (result: LinkResult, details = {}) => {
  const [one] = asReported([result]);
  if (!one) throw new Error('none');
  return singleSummary(one, { help, ...details });
};

describe('the summary of one link', () => {
  test('says how it ended, where the link is, and what is known of the connection', () => {
    expect(
      only(linked(1), { comment: { url: 'https://github.example/c', hasLinks: true } }),
    ).toBe(`## Connect Card Link

✅ **Link created.** It works until **Wed 25 Nov 2026, 09:38 UTC**.

The link is in the step's output \`link\` and in [the issue's comment](<https://github.example/c>). It isn't shown here: whoever has it can connect the source.

| Connection | Connection id | Service | Group | New connection | Setup state |
| --- | --- | --- | --- | --- | --- |
| \`customer_1\` | \`id_1\` | Google Ads (\`google_ads\`) | \`acme_group\` | yes | incomplete |
`);
  });

  test('doesn’t promise a link in a comment that has none', () => {
    const text = only(linked(1), { comment: { url: 'https://github.example/c', hasLinks: false } });
    expect(text).toContain(
      "The link is in the step's output `link`. It isn't shown here: whoever has it can connect the source. How things stand is in [the issue's comment](<https://github.example/c>), without links.",
    );
  });

  test('begins with the reason of a failure, which leads to its help', () => {
    expect(only(failed(1))).toMatch(
      `## Connect Card Link\n\n❌ **No.** Fix it. ([\`refused\`](<${page}#refused>))\n\n| Connection |`,
    );
  });

  test('lists several problems, each with its help', () => {
    const problem = (input: string, code: Problem['code']): Problem => ({
      ...{ code, input, message: 'is <b>wrong</b>.', fix: 'Fix it.' },
    });
    const error = new InputError([
      problem('service', 'bad-service'),
      problem('a|b', 'invalid-input'),
    ]);
    expect(only({ target: {}, outcome: 'failed', error })).toBe(`## Connect Card Link

❌ **2 problems:**

- \`service\` is &#60;b&#62;wrong&#60;/b&#62;. Fix it. ([\`bad-service\`](<${page}#bad-service>))
- <code>a&#124;b</code> is &#60;b&#62;wrong&#60;/b&#62;. Fix it. ([\`invalid-input\`](<${page}#invalid-input>))
`);
  });

  test('of a link that was created before something failed isn’t a plain failure', () => {
    const error = new LinkError('github-forbidden', 'No comment.', 'Fix it.');
    const text = only({ ...linked(1), outcome: 'failed', error });
    expect(text).toContain('| incomplete | Wed 25 Nov 2026, 09:38 UTC |');
    expect(text).toMatch(/⚠️ \*\*No comment\.\*\*.*\n\nThe link is in the step's output `link`/);
  });

  test('names the connector type as people do, and as the API does', () => {
    expect(only(linked(1))).toContain('| Google Ads (`google_ads`) |');
  });
});

describe('the summary of many', () => {
  test('has what failed first, what is the same for all once, and no link', () => {
    const results = [linked(1), failed(2), linked(3)];
    const text = batchSummary(asReported(results, inFile(3)), { help });
    expect(text).toBe(`## Connect Card Link

⚠️ **1 of 3 requests failed.** 2 links created.

- **Customer 2 (customers.csv&#58;3): No.** Fix it. ([\`refused\`](<${page}#refused>))

The links are in the step's outputs \`results\` and \`results-file\`. They aren't shown here: whoever has a link can connect its source.

The same for all 3: **Service:** Google Ads (\`google_ads\`) · **Group:** \`acme_group\`

| Line | Name | Result | Connection | Connection id | Link works until |
| ---: | --- | --- | --- | --- | --- |
| 3 | Customer 2 | ❌ Failed: No. ([\`refused\`](<${page}#refused>)) | \`customer_2\` |  |  |
| 2 | Customer 1 | ✅ Link created | \`customer_1\` | \`id_1\` | Wed&nbsp;25&nbsp;Nov&nbsp;2026, 09:38&nbsp;UTC |
| 4 | Customer 3 | ✅ Link created | \`customer_3\` | \`id_3\` | Wed&nbsp;25&nbsp;Nov&nbsp;2026, 09:38&nbsp;UTC |
`);
  });

  test('says of each whether its connection existed, and whether that is broken', () => {
    const [one, other] = [linked(1), linked(2)];
    if (!one.connection) throw new Error('none');
    const connection = { ...one.connection, setupState: 'broken' as const };
    const results = [{ ...one, created: false, connection } as LinkResult, other];
    const text = batchSummary(asReported(results), { help });
    expect(text).toContain('✅ Link created for the existing connection, which is broken |');
    expect(text).toContain('| ✅ Link created |');
  });

  test('without failures says once that all went well', () => {
    const text = batchSummary(asReported([linked(1), linked(2)]), { help });
    expect(text).toContain('✅ **2 links created.**');
    expect(text).toContain('| No. | Name | Connection |');
  });

  test('says first what failed although every link was created', () => {
    const error = new LinkError('github-forbidden', 'No comment.', 'Fix it.');
    const text = batchSummary(asReported([linked(1), linked(2)]), { help, error });
    expect(text).toMatch(/^## Connect Card Link\n\n⚠️ \*\*No comment\.\*\*/);
  });

  test('of requests that all failed says so, and the reason once', () => {
    const results = [failed(1), failed(2), failed(3)];
    const text = batchSummary(asReported(results), { help });
    expect(text).toContain('❌ **All 3 requests failed.**');
    expect(text).toContain('- **Customer 1 and 2 more: No.** Fix it.');
    expect(text).not.toContain('❌ Failed');
  });

  test('of a dry run shows what would be created, reused and set, and no value that may be secret', () => {
    const held = (n: number, config: Record<string, unknown>): LinkResult => {
      const body = { group_id: 'acme_group', service: 'google_ads', config, paused: true };
      return {
        target: targetOf(n),
        outcome: 'dry-run',
        wouldSend: { path: '/v1/connections', body },
      };
    };
    const { connection } = linked(3);
    if (!connection) throw new Error('none');
    const reused: LinkResult = {
      ...{ target: targetOf(3), connection, created: false, outcome: 'dry-run' },
      wouldSend: { path: '/v1/connections/id_3/connect-card' },
    };
    const results = [
      held(1, { schema: 'customer_1', api_token: 'hunter2' }),
      held(2, { schema: 'customer_2' }),
      reused,
    ];
    const text = batchSummary(asReported(results), { help });
    expect(text).toContain(
      '✅ **Dry run: nothing was created or changed.** 2 connections would be created, 1 existing connection would be reused.',
    );
    expect(text).toContain('✅ Would create the connection and its link | `customer_1` |');
    expect(text).toContain('✅ Would create a link for the existing connection | `customer_3` |');
    expect(text).toContain('| `config.api_token`, `paused` |');
    expect(text).toContain('```\nPOST /v1/connections\n{');
    expect(text).not.toContain('hunter2');
  });

  test('is cut where GitHub would cut it, the failed ones kept, and says so', () => {
    const results = [...Array.from({ length: 5000 }, (_, n) => linked(n)), failed(5000)];
    const text = batchSummary(asReported(results), { help }, 10_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(10_000);
    const rows = text.match(/^\| \d+ \|/gm)?.length ?? 0;
    expect(rows).toBeGreaterThan(50);
    expect(text).toContain(`${5001 - rows} more rows`);
    expect(text).toContain('| 5001 | Customer 5000 | ❌ Failed');
    expect(batchSummary(asReported(results), { help })).not.toContain('more rows');
  });

  test('shows names as text', () => {
    const result = { ...failed(1, '<img> @all'), target: { name: 'a | b @c' } };
    const text = batchSummary(asReported([result, linked(2)]), { help });
    expect(text).not.toMatch(/a \| b|@c|<img>|@all/);
  });
});

describe('the annotations of many', () => {
  test('the same failure is said once, of its first request by name and line', () => {
    const results = [failed(1), failed(2, 'Odd.'), failed(3)];
    const { lines, more } = failureLines(asReported(results, inFile(3)), help);
    expect(lines).toEqual([
      {
        text: `Customer 1 (customers.csv:2) and 1 more: No. Fix it. (refused: ${page}#refused)`,
        position: { path: 'customers.csv', file: 'customers.csv', line: 2, column: 1 },
      },
      {
        text: `Customer 2 (customers.csv:3): Odd. Fix it. (refused: ${page}#refused)`,
        position: { path: 'customers.csv', file: 'customers.csv', line: 3, column: 1 },
      },
    ]);
    expect(more).toBe(0);
  });

  test('what wasn’t begun counts with what it would have failed like', () => {
    const error = new LinkError('unauthorized', 'Rejected.', 'Fix it.');
    const { lines } = failureLines(
      asReported([
        { target: { schema: 'a' }, outcome: 'failed', error },
        { target: { schema: 'b' }, outcome: 'failed', error: new NotBegun(error) },
      ]),
      helpOf({}),
    );
    expect(lines).toEqual([
      { text: 'a and 1 more: Rejected. Fix it. (unauthorized)', position: undefined },
    ]);
  });

  test('of requests that aren’t from a list say the service and the connection', () => {
    const { name: _, ...target } = targetOf(1);
    const known = { ...failed(1), target };
    const { lines } = failureLines(asReported([known, linked(2)]), helpOf({}));
    expect(lines[0]?.text).toMatch(/^Google Ads as customer_1: No\./);
  });

  test('are ten at most', () => {
    const results = Array.from({ length: 12 }, (_, n) => failed(n, `${n}`));
    const { lines, more } = failureLines(asReported(results), help);
    expect([lines.length, more]).toEqual([10, 2]);
  });
});

describe('the address of help', () => {
  test.each([
    ['refs with slashes', 'releases/v1', 'releases/v1'],
    ['refs with characters that mean something', 'a>b#c', 'a%3Eb%23c'],
    ['commits', 'f'.repeat(40), 'f'.repeat(40)],
  ])('is at the version that runs: %s', (_, GITHUB_ACTION_REF, path) => {
    const env = { GITHUB_ACTION_REPOSITORY: 'acme/card', GITHUB_ACTION_REF };
    expect(helpOf(env)('refused')).toBe(
      `https://github.com/acme/card/blob/${path}/docs/errors.md#refused`,
    );
  });

  test.each([
    {},
    { GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' },
    { GITHUB_ACTION_REPOSITORY: 'acme/card' },
    { GITHUB_ACTION_REPOSITORY: '../x y', GITHUB_ACTION_REF: 'v1' },
  ])('isn’t known for a local action: %j', (env) => {
    expect(helpOf(env)('refused')).toBeUndefined();
  });
});

test('the summary of a follow-up isn’t longer than GitHub shows', () => {
  const request = { group: 'g', service: 'stripe', schema: 'a' };
  const entries = Array.from({ length: 50 }, (_, index) => ({
    ...newEntry(request),
    connection: `speak_inexpensive_${index}`,
  }));
  const results = Array.from({ length: 2000 }, (_, issue) => ({
    ...{ issue, outcome: 'waiting' as const, changed: false, entries, cards: new Map() },
  }));
  const summary = followUpSummary(results, { isDryRun: false, unfinished: undefined });
  expect(Buffer.byteLength(summary)).toBeLessThan(1_000_000);
  expect(summary).toMatch(/\d+ more rows don't fit into the summary: see `results-file`\.\n$/);
});
