import { expect, test } from '@jest/globals';
import { expectRefusal, onboardBody, RIVAL, writesOf } from '../support/attacks.ts';
import { FORM, form, shown, type World, world } from '../support/onboard.ts';
import { onlyResult } from '../support/step.ts';

// The maintainer approves what GitHub's page shows. A description that shows something else, or has
// something in a field that is no name, is refused, and not repeated anywhere.

const SHOWN = form(FORM).replaceAll('### ', '## ');

test.each<[string, string]>([
  ['a comment around the form that is read', `<!--\n\n${RIVAL}\n\n-->\n\n${SHOWN}`],
  ['a comment opened in the first field', form({ Customer: '<!--', Service: 'x' }) + RIVAL],
  ['<!-- as the answer to the first field', form({ ...FORM, Customer: '<!--' })],
  ['a paragraph that is hidden', `<p hidden>\n\n${RIVAL}\n\n</p>\n\n${SHOWN}`],
  ['details that are closed', `<details>\n\n${RIVAL}\n\n</details>\n\n${SHOWN}`],
  ['a block of code', `\`\`\`\n${RIVAL}\n\`\`\`\n\n${SHOWN}`],
  ['another level', form(FORM).replace('### Schema', '## Schema')],
  ['closing hashes', form(FORM).replace('### Schema', '### Schema ###')],
  ['an indent', form(FORM).replace('### Schema', ' ### Schema')],
  ['a tab', form(FORM).replace('### Schema', '###\tSchema')],
  ['an underlined heading', `Schema\n===\n\nacme\n\n${RIVAL}`],
  ['Cyrillic letters', `### Sсhеma\n\nacme\n\n${RIVAL}`],
  ['an invisible character', `### Sch\u2060ema\n\nacme\n\n${RIVAL}`],
])('a form that shows another one than it has: %s', async (_, body) => {
  const here = await world();
  const step = await onboardBody(here, body);
  expectRefusal(step, 'form-incomplete');
  const [comment, ...more] = await here.own();
  expect(more).toEqual([]);
  expect(shown(comment)).toContain('The form needs a correction');
  for (const text of [shown(comment), step.raw, step.summary]) expect(text).not.toContain('rival');
  expect(writesOf(here)).toEqual([]);
  // The command doesn't get around it.
  expectRefusal(await here.command(1, { by: 'mallory' }), 'not-approved');
  expect(writesOf(here)).toEqual([]);
});

const ODD: Record<string, string> = {
  mention: '@everyone',
  image: '![](http://evil.example/x.png)',
  html: '<img src=x onerror=alert(1)>',
  link: '](javascript:alert(1))',
  code: '`rm -rf` ```',
  table: 'a | b',
  'null bytes': 'ac\0me',
  'right to left': 'ac\u202Eme',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as somebody would write it in an issue
  expression: '${{ secrets.FIVETRAN_API_SECRET }}',
  command: '::set-output name=link::http://evil.example',
  endless: 'a'.repeat(64_000),
  lines: 'acme\n::error::hacked',
};

test.each(Object.entries(ODD))('a field with %s is refused and never repeated', async (_, odd) => {
  for (const heading of ['Service', 'Schema', 'Table']) {
    const here = await world();
    const step = await here.onboard({ ...FORM, [heading]: odd });
    expectRefusal(step, 'form-incomplete');
    const text = shown((await here.own())[0]);
    const about = odd === ODD['right to left'] ? 'Issue description' : heading;
    expect(text).toContain(`**${about}**`);
    const piece = odd.slice(0, 40);
    for (const place of [text, step.raw, step.summary, step.outputs.results]) {
      expect(place).not.toContain(piece);
    }
    expect(writesOf(here)).toEqual([]);
  }
});

test('headings that mean nothing here aren’t repeated', async () => {
  const here = await world();
  const odd = '@everyone [x](javascript:x) ::error::x';
  const { outputs, raw } = await here.onboard({ ...FORM, [odd]: odd }, { dist: true });
  expect(outputs.outcome).toBe('linked');
  expect(shown((await here.own())[0]) + raw).not.toContain('everyone');
});

test('a heading that exists twice is refused, wherever it comes from', async () => {
  const here = await world();
  const smuggled = { ...FORM, Notes: 'Hello\n\n### Schema\n\nglobex' };
  expectRefusal(await here.onboard(smuggled), 'form-incomplete');
  expect(shown((await here.own())[0])).toContain('**Schema** appears twice');
});

test('a service outside allowed-services', async () => {
  const here = await world({ 'allowed-services': 'google_*, facebook_ads' });
  expectRefusal(
    await here.onboard({ ...FORM, Service: 'postgres' }, { dist: true }),
    'form-incomplete',
  );
  expectRefusal(await here.onboard({ ...FORM, Service: 'xgoogle_ads' }), 'form-incomplete');
  // By its display name, and as one of several, it isn't allowed either.
  expectRefusal(await here.onboard({ ...FORM, Service: 'PostgreSQL' }), 'form-incomplete');
  expectRefusal(
    await here.onboard({ ...FORM, Service: 'Google Ads, postgres' }),
    'form-incomplete',
  );
  expect(writesOf(here)).toEqual([]);
  expect((await here.onboard(undefined, { dist: true })).outputs.outcome).toBe('linked');
});

test('what the workflow fixed, an issue can’t choose', async () => {
  const here = await world({
    schema: 'fixed',
    service: 'google_ads',
    'redirect-uri': 'https://a.co',
  });
  const step = await here.onboard({
    ...{ Service: 'postgres', Schema: 'globex', Destination: 'other_group', Group: 'other_group' },
    ...{ 'group-id': 'other_group', Config: '{"x": 1}', 'Redirect-uri': 'https://evil.example' },
  });
  expect(step.outputs).toMatchObject({ schema: 'fixed', service: 'google_ads' });
  expect(here.fivetran.connections).toMatchObject([{ group_id: 'acme_group' }]);
  const created = here.fivetran.requests.find(({ method }) => method === 'POST');
  expect(created?.body).toMatchObject({
    config: { schema: 'fixed' },
    connect_card_config: { redirect_uri: 'https://a.co' },
  });
  expect(JSON.stringify(created?.body)).not.toMatch(/other_group|evil|globex/);
});

test('a destination outside of groups is refused, also by its id', async () => {
  const here = await world({ 'group-id': '', groups: 'EU: acme_group' });
  for (const name of ['other_group', 'acme_group', '__proto__', 'constructor']) {
    expectRefusal(await here.onboard({ ...FORM, Destination: name }), 'form-incomplete');
  }
  expect(writesOf(here)).toEqual([]);
  expect((await here.onboard({ ...FORM, Destination: 'eu' })).outputs.outcome).toBe('linked');
});

test('a pattern that takes forever for some text ends the run, not the other way round', async () => {
  const here = await world({ 'schema-pattern': '(a+)+b?c' });
  const step = await here.onboard({ ...FORM, Schema: 'a'.repeat(200) }, { dist: true });
  expect(step.exitCode).toBe(1);
  expect(onlyResult(step).error.code).toBe('form-incomplete');
  expect(step.log).toContain('schema-pattern');
  expect(step.took).toBeLessThan(20_000);
  expect(writesOf(here)).toEqual([]);
});

test('schema-pattern is matched whole', async () => {
  const here = await world({ 'schema-pattern': 'cust_[a-z]+|x' });
  for (const schema of ['acme_cust_a', 'cust_a1', 'xx']) {
    expectRefusal(await here.onboard({ ...FORM, Schema: schema }), 'form-incomplete');
  }
  expect((await here.onboard({ ...FORM, Schema: 'cust_acme' })).outputs.outcome).toBe('linked');
});

test('operation: link never reads an issue’s text', async () => {
  const here: World = await world({ operation: 'link', service: 'google_ads', schema: 'fixed' });
  const step = await here.onboard({ ...FORM, Schema: 'globex' }, { dist: true });
  expect(here.fivetran.connections).toMatchObject([{ schema: 'fixed' }]);
  expect(step.outputs.outcome).toBe('linked');
});
