import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Form, readForm } from '../../src/issue-form/form.ts';
import { character } from '../support/character.ts';

const GOOD = '### Service\n\ngoogle_ads\n\n### Schema\n\nacme';
const form = (expected: Partial<Form>): Form => ({
  services: [],
  values: {},
  customer: undefined,
  problems: [],
  ...expected,
});

describe('an issue form', () => {
  test.each<[string, string, Partial<Form>]>([
    ['as GitHub writes it', '### Service\n\ngoogle_ads', { services: ['google_ads'] }],
    ['with Windows line ends', '### Schema\r\n\r\nacme\r\n', { values: { schema: 'acme' } }],
    ['with the line ends of old Macs', '### Schema\r\racme\r', { values: { schema: 'acme' } }],
    ['empty answers', '### Service\n\n_No response_\n\n### Schema\n\nNone\n\n### Table\n\n', {}],
    [
      'other headings end an answer',
      '### Schema\n\na\n\n### Notes\n\nb',
      { values: { schema: 'a' } },
    ],
    ['in capitals', '### SCHEMA\n\na', { values: { schema: 'a' } }],
    ['a heading within a line', 'x ### Schema\n\nb', {}],
    [
      'several services, as a multi-select dropdown has them',
      '### Service\n\nGoogle Ads, Stripe, Google Ads (new)',
      { services: ['Google Ads', 'Stripe', 'Google Ads (new)'] },
    ],
    [
      'several services, as checkboxes',
      '### Service\n\n- [x] Google Ads\n- [ ] Facebook Ads\n- [X] Stripe',
      { services: ['Google Ads', 'Stripe'] },
    ],
    ['no box checked', '### Service\n\n- [ ] Google Ads\n- [ ] Stripe', {}],
    [
      'several services, one per line',
      '### Service\n\ngoogle_ads\n\nstripe\nAha!',
      { services: ['google_ads', 'stripe', 'Aha!'] },
    ],
    [
      'a customer and a destination',
      '### Customer\n\nAcme & Söhne [Ltd]\n\n### Destination\n\nÄrzte 2',
      { customer: 'Acme & Söhne [Ltd]', values: { destination: 'Ärzte 2' } },
    ],
    [
      'a placeholder in Schema',
      '### Schema\n\nacme_{service}',
      { values: { schema: 'acme_{service}' } },
    ],
    [
      'code, lists and headings in another answer',
      `### Notes\n\n## Why\n\n- *soon*, see <https://example.com>\n- 1 < 2\n\n\`\`\`html\n<p>\n\`\`\`\n\n> x\n\n${GOOD}`,
      { services: ['google_ads'], values: { schema: 'acme' } },
    ],
    [
      'a pasted image, and a title with a tag in it',
      `### Notes <img onerror=x>\n\n<img width="5" alt="a" src="https://example.com/a.png" />\n\n${GOOD}`,
      { services: ['google_ads'], values: { schema: 'acme' } },
    ],
    [
      'a pasted image in the last line',
      `${GOOD}\n\n### Notes\n\n<img src="https://example.com/a.png">`,
      { services: ['google_ads'], values: { schema: 'acme' } },
    ],
    [
      'prices in another answer',
      `### Notes\n\nIt costs $5 a month\nor $60 a year, US$6\n\n$HOME and\n$PATH\n\n$a\n\nb$\n\n${GOOD}`,
      { services: ['google_ads'], values: { schema: 'acme' } },
    ],
    [
      'a heading that has a number',
      `### Table 2\n\nx\n\n${GOOD}`,
      { services: ['google_ads'], values: { schema: 'acme' } },
    ],
    [
      'a number with a full stop within a name',
      '### Destination\n\nAcme 2. Werk',
      { values: { destination: 'Acme 2. Werk' } },
    ],
    [
      'headings in other languages',
      `### Клиент\n\nx\n\n### Сервис\n\nx\n\n### Схема и таблица\n\nx\n\n### 顧客\n\nx\n\n### 👍👍👍👍👍\n\nx\n\n${GOOD}`,
      { services: ['google_ads'], values: { schema: 'acme' } },
    ],
  ])('%s', (_, body, expected) => expect(readForm(body)).toEqual(form(expected)));

  test.each([
    ['none', ''],
    ['two lines', '### Customer\n\na\nb'],
    ['two of them', '### Customer\n\na\n\n### Customer\n\na'],
    ['too long', `### Customer\n\n${'a'.repeat(101)}`],
    ['left empty', '### Customer\n\n_No response_'],
    ['with invisible characters', '### Customer\n\na\u200bb'],
  ])('an odd customer isn’t there, and is no problem: %s', (_, body) => {
    expect(readForm(body)).toMatchObject({ customer: undefined, problems: [] });
  });

  test('any text is read, in time', () => {
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 2000 }), (body) => {
        const { values } = readForm(body);
        for (const heading of Object.keys(values)) {
          expect(['schema', 'table', 'destination']).toContain(heading);
        }
      }),
    );
  });

  test.each([
    '](',
    '[a](',
    '<a',
    '&a',
    '&#97;',
    '#',
    '> ',
    '1. ',
    '`',
    '\u200b',
    '\u{10ffff}',
    '_a',
    '- [x]',
    '[^a]:',
  ])('%j over and over takes no time', (text) => {
    // Of this process alone, whatever else the machine does.
    const started = process.cpuUsage().user;
    readForm(`### Schema\n\n${text.repeat(60_000 / text.length)}`);
    readForm(`### Schema\n\n${`${text}\n`.repeat(60_000 / (text.length + 1))}`);
    expect(process.cpuUsage().user - started).toBeLessThan(5_000_000);
  });
});

/** Where it is no problem that the line stands below a good form: nobody takes it for an answer. */
const refused = (body: string) => expect(readForm(body).problems).not.toEqual([]);

describe('what could deceive a maintainer is refused', () => {
  const rival = '### Service\n\ngoogle_ads\n\n### Schema\n\nrival';
  test.each<[string, string]>([
    ['a comment around the form', `<!--\n${rival}\n-->\n\n## Schema\n\nacme`],
    ['a comment in the first answer', `### Customer\n\n<!--\n\n${rival}`],
    ['an image without a blank line below', `### Notes\n\n<img src="x">\n${rival}`],
    ['the same in capitals', `### Notes\n\n<IMG src="x">\n${rival}`],
    ['an image whose tag goes on', `### Notes\n\n<img alt="x>\n\n${rival}">`],
    ['a comment that is open', `${rival}\n<!--`],
    ['a paragraph that is hidden', `<p hidden>\n\n${rival}\n\n</p>`],
    ['details', `<details>\n\n${rival}\n\n</details>`],
    ['a tag over two lines', `x <p\nhidden> ${rival}`],
    ['an instruction', `<?x\n${rival}\n?>`],
    ['CDATA', `<![CDATA[\n${rival}\n]]>`],
    ['a declaration', `<!X\n${rival}\n>`],
    ['a script', `<script>\n${rival}\n</script>`],
    ['a closing tag', `</div>\n${rival}`],
    ['a fence', `\`\`\`\n${rival}\n\`\`\``],
    ['a fence of tildes', `~~~\n${rival}\n~~~`],
    ['a fence that is open', `${GOOD}\n\n### Notes\n\n\`\`\`\ntext`],
    ['an indented fence', `### Notes\n\n   \`\`\`\n\n${rival}\n\`\`\``],
    ['a formula', `### Notes\n\n$$\n${rival}\n$$`],
    ['a quote', '> ### Schema\n>\n> rival'],
    ['a list', '- ### Schema\n\n  rival'],
    ['a numbered list', '1. ### Schema\n\n   rival'],
    ['indented code', '    ### Schema\n\n    rival'],
    ['another level', '## Schema\n\nrival'],
    ['level four', '#### Schema\n\nrival'],
    ['closing hashes', '### Schema ###\n\nrival'],
    ['an indent', ' ### Schema\n\nrival'],
    ['a tab', '###\tSchema\n\nrival'],
    ['setext', 'Schema\n===\n\nrival'],
    ['setext with dashes', 'Schema\n---\n\nrival'],
    ['a link with a colon', '### [Schema](x):\n\nrival'],
    ['brackets with a colon', '### [Schema]:\n\nrival'],
    ['a footnote', '[^1]: Schema\n\nrival'],
    ['bold text', '**Schema**\n\nrival'],
    ['Cyrillic letters', '### Sсhеmа\n\nrival'],
    ['Cyrillic letters alone', '### Ѕсһемѕ\n\n### ТаЬӏе\n\nrival'],
    ['Greek letters', '### Τable\n\nrival'],
    ['Lisu letters', '### ꓢꓚꓧꓰꓟꓮ\n\nrival'],
    ['full width', '### Ｓｃｈｅｍａ\n\nrival'],
    ['mathematical letters', '### 𝐒𝐜𝐡𝐞𝐦𝐚\n\nrival'],
    ['accents', '### Schémä\n\nrival'],
    ['a capital I for an l', '### TabIe\n\nrival'],
    ['a digit', '### Tab1e\n\nrival'],
    ['digits for vowels', '### Sch3m4\n\nrival'],
    ['signs for letters', '### S¢hem@\n\nrival'],
    ['a small number above the line', '### Schema¹\n\nrival'],
    ['a letter that shows nothing', '### Sche\u3164ma\u115f\n\nrival'],
    ['something crossed out', '### ~~Name~~ Schema\n\nrival'],
    ['r and n for m', '### Scherna\n\nrival'],
    ['a zero-width space', '### Sche\u200bma\n\nrival'],
    ['U+2060', '### Schema\u2060\n\nrival'],
    ['a soft hyphen', '### Sche\u00adma\n\nrival'],
    ['reversed letters', '### \u202eamehcS\n\nrival'],
    ['markup in the heading', '### **Schema**\n\nrival'],
    ['code in the heading', '### `Schema`\n\nrival'],
    ['an entity', '### &#83;chema\n\nrival'],
    ['a hexadecimal entity', '### &#x53;chema\n\nrival'],
    ['a named entity', '### Sche&shy;ma\n\nrival'],
    ['entities over and over', `### S${'&shy;'.repeat(1000)}chema\n\nrival`],
    ['an image beside it', '### Schema ![a](https://example.com/b.png)\n\nrival'],
    ['an emoji beside it', '### Schema :white_check_mark:\n\nrival'],
    ['a footnote', '### Schema[^1]\n\nrival'],
    ['question marks', '### Schema???\n\nrival'],
    ['a number of hashes', `### Schema ${'#'.repeat(5000)}\n\nrival`],
    ['a link', '### [Schema](https://example.com)\n\nrival'],
    ['an escape', '### Schem\\a\n\nrival'],
    ['a colon', '### Schema:\n\nrival'],
    ['a table', '| Schema |\n|---|\n| rival |'],
    [
      'a fence that only seems to end',
      `\`\`\`\nok\n\`\`\`\u00a0\n\`\`\`\n\n<!--\n\`\`\`\u00a0\n${rival}`,
    ],
    ['tildes that only seem to end', `~~~\nok\n~~~\u2028\n${rival}\n~~~`],
    ['an image above a line that only seems blank', `### Notes\n\n<img src="x">\n\u00a0\n${rival}`],
    ['a link with parentheses', '### [Schema](https://a/b(c)d)\n\nrival'],
    ['a link with a title', '### [Schema](/a "(x)")\n\nrival'],
    ['a link with an escape', '### [Schema](a\\(b)\n\nrival'],
    ['a link in angle brackets', '### [Schema](<u(v>)\n\nrival'],
    ['an empty link in the middle', '### Sch[](a(b))ema\n\nrival'],
    ['brackets in a link', '### [[Schema]](a(b))\n\nrival'],
    ['letters in squares', '### 🆂🅲🅷🅴🅼🅰\n\nrival'],
    ['letters in circles', '### 🅢🅒🅗🅔🅜🅐\n\nrival'],
    ['letters of flags', '### 🇸 🇨 🇭 🇪 🇲 🇦\n\nrival'],
    ['a formula as heading', '### $\\textsf{Schema}$\n\nrival'],
    ['a formula in a heading', '### Sch$\\textsf{e}$ma\n\nrival'],
    ['a formula in backticks', '### $`\\textsf{Schema}`$\n\nrival'],
    ['a block of formulas', '### Notes\n\n```math\n\\textsf{Schema}\n```'],
    ['a formula over two lines', '### Notes\n\n$\\textsf{Sch\nema}$'],
    ['a formula between character references', '### Notes\n\n&#36;\\textsf{Schema}&dollar;'],
    ['a block of formulas by another name', '### Notes\n\n```m&#97;th\n\\textsf{Schema}\n```'],
    ['a code block that an indented fence ends', '```\n   ```\n```'],
  ])('%s', (_, part) => {
    // Also by itself: beside a good form a heading that it has stands there twice.
    refused(part);
    refused(`${part}\n\n${GOOD}`);
    refused(`${GOOD}\n\n${part}`);
  });

  test.each(['### Schema\n\nrival', '### Schema\n\n'])('the same heading again: %j', (part) => {
    refused(`${part}\n\n${GOOD}`);
    refused(`${GOOD}\n\n${part}`);
  });

  test.each([
    '_acme_',
    '__acme__',
    'x_ _acme_',
    'a*b*',
    '`acme`',
    '~~acme~~',
    '\\_acme',
    'acme\\',
    '&#97;cme',
    'a&amp;b',
    '[acme](x)',
    '![acme](x)',
    '[acme]',
    '<b>acme</b>',
    '    acme',
    '\tacme',
    '- acme',
    '* acme',
    '1. acme',
    '1) acme',
    '> acme',
    '# acme',
    'acme\nother',
    '_acme\nother_',
    'acme\n---',
    'acme\n===',
    '```\nacme\n```',
    ':acme:',
    'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3',
    'deadbeef',
    'https://github.com/a/b/issues/1',
    'acme\u200b',
    'acme\ufe0f',
    '\u3164acme',
    'acme\u00a0',
    '\t\ufeff',
    '\u00a0',
    'a&copy;b',
    'a=b:x:',
    'a'.repeat(256),
  ])('%j as an answer', (answer) => {
    expect(readForm(`### Schema\n\n${answer}`).values).toEqual({});
    refused(`### Schema\n\n${answer}`);
    refused(`### Service\n\n${answer}`.replace(/acme\nother$/, '- acme'));
  });

  test('problems quote nothing and name the heading', () => {
    const { problems } = readForm('<!-- swordfish -->\n\n### Schema\n\n*swordfish*\n\n## Table');
    expect(problems.map(({ heading }) => heading)).toEqual([undefined, 'table', 'schema']);
    expect(JSON.stringify(problems)).not.toContain('swordfish');
  });
});
