import { describe, expect, test } from '@jest/globals';
import type { Fields } from '../../src/inputs/fields.ts';
import { InputReader } from '../../src/inputs/input-reader.ts';
import { readOnboardingInputs } from '../../src/inputs/onboarding-inputs.ts';
import { readForm } from '../../src/issue-form/form.ts';
import { readIssueRequests } from '../../src/issue-form/issue-request.ts';
import { matchesWhole } from '../../src/issue-form/pattern.ts';

/** What a workflow with these inputs reads from a form with these answers. */
async function read(
  answers: Record<string, string>,
  inputs: Record<string, string> = {},
  known: Record<string, string> = {},
) {
  const given: Record<string, string> = { 'github-token': 'x', 'group-id': 'g', ...inputs };
  const env = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const reader = new InputReader(env);
  const fields: Fields = {
    groupId: reader.text('group-id'),
    service: reader.text('service'),
    schema: reader.text('schema'),
    table: reader.text('table'),
    connectionId: '',
    redirectUri: 'https://fivetran.com',
    config: await reader.mapping('config'),
    settings: {},
    hideSetupGuide: false,
    allFields: false,
    allowUnknownService: reader.flag('allow-unknown-service', false),
  };
  const onboarding = await readOnboardingInputs(reader, fields);
  expect(reader.problems).toEqual([]);
  const body = Object.entries(answers)
    .map(([heading, answer]) => `### ${heading}\n\n${answer}`)
    .join('\n\n');
  const asked: string[] = [];
  const result = await readIssueRequests(readForm(body), onboarding, async (name) => {
    asked.push(name);
    return known[name];
  });
  return {
    ...result,
    asked,
    made: result.requests.map(({ connection: { service, schema, table } }) =>
      [service, schema, table].filter(Boolean).join(' '),
    ),
    said: result.problems.map(({ input, message, fix }) => `${input} ${message} ${fix}`),
  };
}

describe('the connections that an issue asks for', () => {
  test.each<[string, Record<string, string>, Record<string, string>, string[]]>([
    ['one', { Service: 'google_ads', Schema: 'acme' }, {}, ['google_ads acme']],
    ['one by its display name', { Service: 'Google ADS', Schema: 'a' }, {}, ['google_ads a']],
    [
      'several: the connector type goes into the name',
      { Service: 'Google Ads, Stripe', Schema: 'acme' },
      {},
      ['google_ads acme_google_ads', 'stripe acme_stripe'],
    ],
    [
      'several with a place for it',
      { Service: '- [x] Stripe\n- [ ] S3\n- [x] HubSpot', Schema: 'a_{service}_raw' },
      {},
      ['stripe a_stripe_raw', 'hubspot a_hubspot_raw'],
    ],
    [
      'several with a schema of the workflow',
      { Service: 'google_ads\nstripe', Schema: 'rival' },
      { schema: 'issue_7_{service}' },
      ['google_ads issue_7_google_ads', 'stripe issue_7_stripe'],
    ],
    [
      'several with a schema of the workflow that has no place for it',
      { Service: 'google_ads\nstripe' },
      { schema: 'issue_7' },
      ['google_ads issue_7_google_ads', 'stripe issue_7_stripe'],
    ],
    [
      'one with a place for it in the workflow',
      { Service: 'stripe' },
      { schema: 'x_{service}' },
      ['stripe x_stripe'],
    ],
    [
      'services of the workflow, whatever the form says',
      { Service: '*x*', Schema: 'acme' },
      { service: 'google_ads, stripe\nstripe' },
      ['google_ads acme_google_ads', 'stripe acme_stripe'],
    ],
    [
      'the same one by many names',
      { Service: 'Google Ads\ngoogle_ads\nGOOGLE ADS\nadwords', Schema: 'a' },
      {},
      ['google_ads a'],
    ],
    [
      'a table where one belongs',
      { Service: 'Google Sheets, Stripe', Schema: 'a', Table: 'leads' },
      {},
      ['google_sheets a_google_sheets leads', 'stripe a_stripe'],
    ],
    [
      'a table of the workflow, whatever the form says',
      { Service: 'google_sheets', Schema: 'a', Table: 'rival' },
      { table: 'leads' },
      ['google_sheets a leads'],
    ],
    [
      'one with a long name, to which nothing is added',
      { Service: 'stripe', Schema: 'a'.repeat(63) },
      {},
      [`stripe ${'a'.repeat(63)}`],
    ],
    [
      'several with a long name, to which as much is added as can be',
      { Service: 'stripe, s3', Schema: 'a'.repeat(56), Table: 't' },
      {},
      [`stripe ${'a'.repeat(56)}_stripe`, `s3 ${'a'.repeat(56)}_s3 t`],
    ],
    [
      'everything fixed: the form isn’t read',
      { Service: '<!-- x -->', Schema: '*' },
      { service: 'stripe', schema: 'a' },
      ['stripe a'],
    ],
  ])('%s', async (_, answers, inputs, made) => {
    const result = await read(answers, inputs);
    expect(result).toMatchObject({ problems: [], workflowProblems: [], made });
  });

  test('a display name that isn’t a slug is looked up, and only that', async () => {
    const result = await read(
      { Service: 'Google Campaign Manager 360\nStripe\nadwords', Schema: 'a' },
      {},
      { 'Google Campaign Manager 360': 'double_click_campaign_manager' },
    );
    expect(result.asked).toEqual(['Google Campaign Manager 360']);
    expect(result.said).toEqual([expect.stringMatching(/^Table is missing/)]);
  });

  test('a new connector type is tried, with a warning', async () => {
    const result = await read({ Service: 'brand_new_service', Schema: 'a' });
    expect(result.made).toEqual(['brand_new_service a']);
    expect(result.warnings).toEqual([expect.stringContaining('not known')]);
  });

  test('a group of its own for each customer', async () => {
    const inputs = { 'group-id': '', groups: 'Acme: one\nÄrzte: two' };
    const right = await read(
      { Service: 's3', Schema: 'a', Table: 'b', Destination: 'ärzte' },
      inputs,
    );
    expect(right.requests[0]?.connection.groupId).toBe('two');
    const wrong = await read({ Service: 'stripe', Schema: 'a', Destination: 'rival' }, inputs);
    expect(wrong.said).toEqual(["Destination isn't one of those set up here. Choose another one."]);
    const none = await read({ Service: 'stripe', Schema: 'a' }, inputs);
    expect(none.said).toEqual(['Destination is empty. Fill it in.']);
    expect(none.workflowProblems).toEqual([]);
  });

  test('the customer is passed on', async () => {
    const result = await read({ Service: 'stripe', Schema: 'a', Customer: 'Acme Ltd' });
    expect(result.customer).toBe('Acme Ltd');
  });
});

describe('what is wrong with a form', () => {
  test.each<[string, Record<string, string>, Record<string, string>, string[]]>([
    [
      'nothing filled in',
      {},
      {},
      ['Service is empty. Fill it in.', 'Schema is empty. Fill it in.'],
    ],
    [
      'an unknown source',
      { Service: 'Gogle Ads', Schema: 'a' },
      {},
      ['Service names a source that is not known. Did you mean google_ads?'],
    ],
    [
      'a source like no other',
      { Service: 'Zzzzzzzzzzzzzzzz Yyyyyyyyyy', Schema: 'a' },
      {},
      [
        "Service names a source that is not known. Write Fivetran's name for it, for example Google Ads or google_ads.",
      ],
    ],
    [
      'a near miss',
      { Service: 'hubspott', Schema: 'a' },
      {},
      [
        'Service looks like a misspelled connector type. Did you mean hubspot? If it is right as it is, set allow-unknown-service: true.',
      ],
    ],
    [
      'a source that isn’t allowed, by whatever name',
      { Service: 'Stripe, Google Ads', Schema: 'a' },
      { 'allowed-services': 'google_ads, hubspot' },
      ["Service isn't one of those that can be asked for here. Choose from Google Ads, HubSpot."],
    ],
    [
      'a source outside the patterns',
      { Service: 'stripe', Schema: 'a' },
      { 'allowed-services': 'google_*' },
      ["Service isn't one of those that can be asked for here. Choose another one."],
    ],
    [
      'too many sources',
      { Service: Array(21).fill('stripe').join(', '), Schema: 'a' },
      {},
      ['Service names more than 20. Open another issue for the rest.'],
    ],
    [
      'a schema that doesn’t match',
      { Service: 'stripe', Schema: 'Acme Marketing!' },
      {},
      ["Schema isn't a name that can be used here. Try acme_marketing."],
    ],
    [
      'a schema for which there is no suggestion',
      { Service: 'stripe', Schema: 'acme' },
      { 'schema-pattern': 'c_[0-9]+' },
      ["Schema isn't a name that can be used here. It has to match c_[0-9]+."],
    ],
    [
      'a name that is too long when finished',
      { Service: 'stripe, hubspot', Schema: 'a'.repeat(60) },
      {},
      ['Schema is too long with the connector type added. Write a shorter name.'],
    ],
    [
      'a name as long as can be, to which something is added',
      { Service: 'stripe, hubspot', Schema: 'a'.repeat(63) },
      {},
      ['Schema is too long with the connector type added. Write a shorter name.'],
    ],
    [
      'a name that is too long by itself',
      { Service: 'stripe, hubspot', Schema: 'x'.repeat(64) },
      {},
      [`Schema isn't a name that can be used here. Try ${'x'.repeat(63)}.`],
    ],
    [
      'a finished name that doesn’t match',
      { Service: 'stripe', Schema: '{service}_{service}' },
      { 'schema-pattern': '[a-z]{1,10}' },
      ["Schema isn't a name that can be used here. It has to match [a-z]{1,10}."],
    ],
    [
      'another placeholder',
      { Service: 'stripe', Schema: 'a_{table}' },
      {},
      ["Schema isn't a name that can be used here. Try a_table."],
    ],
    [
      'a table where none belongs',
      { Service: 'stripe', Schema: 'a', Table: 'b' },
      {},
      ["Table isn't used by stripe, which is named by its schema alone. Leave table out."],
    ],
    [
      'a table with formatting, which may show another',
      { Service: 'stripe', Schema: 'a', Table: '~~b~~' },
      {},
      [
        "Table has formatting in it, or characters that can't be part of a name. Write it as plain text.",
      ],
    ],
    [
      'a table that doesn’t match',
      { Service: 'google_sheets', Schema: 'a', Table: 'B c' },
      {},
      ["Table isn't a name that can be used here. Try b_c."],
    ],
    [
      'formatting',
      { Service: '**stripe**', Schema: 'a' },
      {},
      [
        "Service has formatting in it, or characters that can't be part of a name. Write it as plain text.",
      ],
    ],
  ])('%s', async (_, answers, inputs, said) => {
    const result = await read(answers, inputs);
    expect(result.said).toEqual(said);
    expect(result.requests).toEqual([]);
    // Nobody has been waiting for the pattern.
    expect(result.warnings.join()).not.toContain('schema-pattern');
  });

  test('a name that can’t be used isn’t called too long as well', async () => {
    const { said } = await read({ Service: 'stripe, hubspot', Schema: `A ${'a'.repeat(58)}` });
    expect(said).toHaveLength(1);
  });

  test('HTML counts once, whatever is read', async () => {
    const { said } = await read({ Service: 'stripe', Schema: 'a', Notes: '<!-- x -->' });
    expect(said).toEqual([expect.stringMatching(/^Issue description has HTML/)]);
  });

  test('what the workflow’s author has to fix is apart', async () => {
    const named = await read({ Service: 'stripe', Schema: 'a' }, { config: 'schema: b' });
    expect(named).toMatchObject({ problems: [], workflowProblems: [{ input: 'config.schema' }] });
    const fixed = await read({ Service: 'stripe, hubspot' }, { schema: 'A' });
    expect(fixed).toMatchObject({ problems: [], workflowProblems: [{ input: 'schema' }] });
    expect(fixed.workflowProblems).toHaveLength(1);
  });

  test('a group whose name no form can have', async () => {
    const groups = { 'group-id': '', groups: '"EU #1": a\nUS & Canada (East): b' };
    const asked = await read({ Service: 'stripe', Schema: 'a', Destination: 'EU #1' }, groups);
    expect(asked.workflowProblems.map(({ input }) => input)).toEqual(['groups.eu #1']);
    // Whoever chooses another one isn't concerned.
    const destination = 'US & Canada (East)';
    const other = await read({ Service: 'stripe', Schema: 'a', Destination: destination }, groups);
    expect(other).toMatchObject({ problems: [], workflowProblems: [], requests: [{}] });
    expect(other.warnings).toEqual([expect.stringContaining('groups.eu #1')]);
    expect(asked.requests).toEqual([]);
  });

  test('as many problems of the form as of the workflow: nothing is requested', async () => {
    const both = await read(
      { Service: 'google_sheets, stripe, Zzzzzzzzzzzz', Schema: 'a', Table: 'leads' },
      { config: 'table: b' },
    );
    expect(both).toMatchObject({ problems: [{}], workflowProblems: [{}], requests: [] });
  });
});

test('services of the workflow are checked at its start', async () => {
  const reader = new InputReader({
    'INPUT_GROUP-ID': 'g',
    'INPUT_GITHUB-TOKEN': 'x',
    INPUT_SERVICE: 'hubspott, Google Ads, stripe',
  });
  const fields = { groupId: 'g', redirectUri: 'https://a.b', settings: {}, connectionId: '' };
  await readOnboardingInputs(reader, { ...fields, allowUnknownService: false } as never);
  expect(reader.problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
    expect.stringMatching(/^bad-service hubspott looks like a misspelled/),
    expect.stringMatching(/^bad-service Google Ads can't be/),
  ]);
});

describe('a pattern', () => {
  test('has to match the whole text', () => {
    expect(matchesWhole('acme', 'ac')).toBe(false);
    expect(matchesWhole('acme', 'ac|acme')).toBe(true);
  });

  test('that tries every way of dividing a text is stopped', () => {
    expect(matchesWhole(`${'a'.repeat(60)}!`, '(a+)+', 50)).toBeUndefined();
  });
});
