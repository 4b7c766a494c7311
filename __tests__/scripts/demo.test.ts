import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { rendered } from '../../sandbox/demo/show.ts';
import { ROOT } from '../act/act.ts';

test('the demo shows an issue with two sources from the label to the end', () => {
  const told = stripVTControlCharacters(
    execFileSync(process.execPath, [join(ROOT, 'sandbox/demo/run.ts')], {
      encoding: 'utf8',
      timeout: 60_000,
    }),
  );
  // Long lines of a comment are wrapped.
  const flowing = told.replace(/\n\s*│ +/g, ' ');
  const steps = [
    'Created connection polished_headland',
    /Fivetran reports polished_headland: connected\./,
    'nina opens an issue from the form',
    'tess, who has triage rights, adds the label connect-card',
    'Creating links',
    /Done: 2 linked\./,
    /Fivetran reports \w+ \(google_ads\): connected\./,
    '1 of 2 connected',
    'Three days later',
    '@nina Stripe is still not connected, since',
    'nina comments /connect-card Stripe',
    /Fivetran reports \w+ \(stripe\): connected\./,
    'labels: connect-card, connected',
  ];
  const places = steps.map((text) => flowing.search(text));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));

  const posts = told.split('┌').slice(1);
  const links = posts.map((post) => [
    ...new Set(Array.from(post.matchAll(/setup\?…([\w-]{6})/g), ([, end]) => end)),
  ]);
  const [ads, stripe, fresh] = [links[2]?.[0], links[2]?.[1], links[5]?.[0]];
  // The issue, and the comment at once; when it has both links; after one was connected; as a reminder,
  // when the link has expired; with a fresh link; and when both are connected.
  expect(links).toEqual([[], [], [ads, stripe], [stripe], [], [fresh], []]);
  expect(new Set([ads, stripe, fresh])).toHaveProperty('size', 3);
  // The message is shown whole once.
  expect(told.match(/Hello Globex/g)).toHaveLength(1);
  // The outputs are a line each.
  expect(told).toMatch(/\n {2}message: Hello, Please .*\n {2}outcome: linked\n/);
  const lines = told.split('\n').filter((line) => line.startsWith('  │'));
  expect(lines.filter((line) => line.length > 90)).toEqual([]);
});

test('a comment is shown as readers see it on GitHub', () => {
  const shown = stripVTControlCharacters(
    rendered(
      '### Title\n\n**[Open it](<https://example.com/a?b=c&auth=1234567890>)** with `code` &#64;\n\n<!-- hidden -->',
    ),
  );
  expect(shown).toBe('Title\n\nOpen it (example.com/a?…567890) with code @');
});

test('a message in a code block is shown beside a bar, and its links are short', () => {
  const link = 'https://fivetran.com/connect-card/setup?redirect_uri=x&auth=1234567890';
  const shown = rendered(`Copy this:\n\n\`\`\`text\nYour link: ${link}\n\`\`\`\n\nThanks`);
  expect(stripVTControlCharacters(shown)).toBe(
    'Copy this:\n\n▏ Your link: fivetran.com/connect-card/setup?…567890\n\nThanks',
  );
});
