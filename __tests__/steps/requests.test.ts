import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { batchStep } from '../support/batch.ts';

// The input requests: what it takes, and how it says what is wrong, before anything is sent.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    groups: ['acme_group', 'other_group'].map((id) => ({ id, name: id })),
  });
});
beforeEach(() => {
  sandbox.requests.length = 0;
  for (const { id } of [...sandbox.connections]) sandbox.removeConnection(id);
});
afterAll(() => sandbox.close());

const YAML = `- name: Acme
  service: google_ads
  schema: acme
- service: google_sheets
  schema: globex
  table: leads
  group-id: other_group
  config:
    sheet_id: "12"
  settings: {paused: true}
`;
const JSON_LIST = JSON.stringify([
  { name: 'Acme', service: 'google_ads', schema: 'acme' },
  {
    service: 'google_sheets',
    schema: 'globex',
    table: 'leads',
    'group-id': 'other_group',
    config: { sheet_id: '12' },
    settings: { paused: true },
  },
]);
const CSV = `name,service,schema,table,group-id,config,settings
Acme,google_ads,acme,,,,
,google_sheets,globex,leads,other_group,"{""sheet_id"": ""12""}",paused: true
`;

test.each<[string, string, Record<string, string>]>([
  ['inline YAML', YAML, {}],
  ['inline JSON', JSON_LIST, {}],
  ['a YAML file', 'list.yml', { 'list.yml': YAML }],
  ['a YAML file with Windows line ends', 'list.yaml', { 'list.yaml': YAML.replace(/\n/g, '\r\n') }],
  ['a YAML file with a BOM', 'list.yml', { 'list.yml': `\uFEFF${YAML}` }],
  ['a JSON file', 'list.json', { 'list.json': JSON_LIST }],
  ['a JSON file with a BOM', 'list.json', { 'list.json': `\uFEFF${JSON_LIST}` }],
  ['a CSV file', 'list.csv', { 'list.csv': CSV }],
  ['a CSV file with Windows line ends', 'list.csv', { 'list.csv': CSV.replace(/\n/g, '\r\n') }],
  [
    'a CSV file with a header in capitals',
    'list.csv',
    { 'list.csv': CSV.replace('service', 'SERVICE') },
  ],
  ['a CSV file with a BOM', 'list.csv', { 'list.csv': `\uFEFF${CSV}` }],
])('%s', async (_, requests, files) => {
  const step = await batchStep(sandbox, requests, {}, { files });
  expect(step.log).toContain('Done: 2 linked.');
  expect(step.exitCode).toBe(0);
  expect(step.results).toMatchObject([
    { name: 'Acme', service: 'google_ads', schema: 'acme', table: null, group_id: 'acme_group' },
    {
      name: null,
      service: 'google_sheets',
      schema: 'globex',
      table: 'leads',
      group_id: 'other_group',
    },
  ]);
  expect(sandbox.connections.find(({ schema }) => schema === 'globex.leads')).toMatchObject({
    paused: true,
    config: { sheet_id: '12' },
  });
});

test('what an entry leaves out comes from the inputs, config and settings key by key', async () => {
  const step = await batchStep(
    sandbox,
    [
      { schema: 'acme' },
      { schema: 'globex', config: { b: '3' }, settings: { paused: false } },
      { schema: 'initech', service: 'facebook_ads', 'redirect-uri': 'https://example.com/i' },
    ],
    {
      service: 'google_ads',
      config: '{a: "1", b: "2"}',
      settings: 'paused: true',
      'redirect-uri': 'https://example.com/thanks',
    },
  );
  expect(step.exitCode).toBe(0);
  const of = (name: string) => sandbox.connections.find(({ schema }) => schema === name);
  expect(of('acme')).toMatchObject({
    service: 'google_ads',
    paused: true,
    config: { a: '1', b: '2' },
  });
  expect(of('globex')).toMatchObject({ paused: false, config: { a: '1', b: '3' } });
  expect(of('initech')?.service).toBe('facebook_ads');
  expect(step.results.map(({ link }) => String(link).includes('thanks'))).toEqual([
    true,
    true,
    false,
  ]);
});

test('an entry for a connection that exists, beside others', async () => {
  const { id } = sandbox.addConnection({
    groupId: 'acme_group',
    service: 'google_ads',
    schema: 'old',
  });
  const step = await batchStep(sandbox, [{ 'connection-id': id }, { schema: 'acme' }], {
    service: 'google_ads',
  });
  expect(step.results).toMatchObject([
    { connection_id: id, created: false, outcome: 'linked' },
    { created: true, outcome: 'linked' },
  ]);
});

test('all problems at once, each with its place', async () => {
  const list = `- service: google_ads
  schema: Acme; DROP
- service: Google Ads
  schema: b
- schemma: c
  service: google_ads
- service: google_ads
  schema: d
  settings:
    run_setup_tests: true
- just a text
- service: google_ads
  schema: d
`;
  const step = await batchStep(sandbox, 'list.yml', {}, { files: { 'list.yml': list } });
  expect(step.exitCode).toBe(1);
  const errors = step.annotations.filter(({ level }) => level === 'error');
  const said = errors.map(({ message }) => message.replace(/ \(bad-requests\)$/, ''));
  expect(said).toEqual([
    expect.stringMatching(/^list\.yml:2:11, schema must start with a letter.* acme_drop/),
    expect.stringMatching(/^list\.yml:3:12, service can't be a connector type.* google_ads/),
    expect.stringMatching(/^list\.yml:5:3, "schemma" isn't .* Did you mean schema\?/),
    expect.stringMatching(/^list\.yml:10:5, settings\.run_setup_tests can't be set/),
    expect.stringMatching(/^list\.yml:11:3 isn't a mapping/),
  ]);
  // GitHub shows each beside its line.
  expect(errors.map(({ file, line, col }) => [file, line, col])).toEqual([
    ['list.yml', 2, 11],
    ['list.yml', 3, 12],
    ['list.yml', 5, 3],
    ['list.yml', 10, 5],
    ['list.yml', 11, 3],
  ]);
  expect(step.outputs).toMatchObject({ outcome: 'failed' });
  expect(sandbox.requests).toEqual([]);
});

test.each<[string, string, RegExp]>([
  ['a mapping', 'service: google_ads', /requests:1:1 isn't a list/],
  ['an empty list', '[]', /requests:1:1 is empty/],
  ['unfinished YAML', '- service: [1,2', /requests:\d+:\d+ can't be read as YAML or JSON/],
  ['a list in a field', '- schema: [a]', /requests:1:11, schema is not a text/],
  ['a text for config', '- {schema: a, config: 12}', /config is not a mapping/],
  [
    'the same connection twice',
    '- schema: a\n- schema: a',
    /requests:2:3 has the same connection as line 1/,
  ],
  ['the same name twice', '- {name: x, schema: a}\n- {name: x, schema: b}', /same name as line 1/],
  ['the same id twice', '- connection-id: a\n- connection-id: a', /same connection-id as line 1/],
  [
    'a file that isn’t there',
    'nothing.csv',
    /^nothing\.csv doesn't exist: no file .*\/nothing\.csv .*repository/,
  ],
  ['a file outside', '../nothing.yml', /^\.\.\/nothing\.yml doesn't exist/],
])('wrong: %s', async (_, requests, message) => {
  const step = await batchStep(sandbox, requests, { service: 'google_ads' }, { dist: false });
  expect(step.exitCode).toBe(1);
  expect(step.annotations.map((one) => one.message).join('\n')).toMatch(message);
  expect(step.annotations.at(-1)?.message).toContain('(bad-requests)');
  expect(sandbox.requests).toEqual([]);
});

test.each<[string, string, RegExp]>([
  ['too few values', 'service,schema\ngoogle_ads', /list\.csv:2:1 has 1 values; the header has 2/],
  [
    'an open quote',
    'service,schema\n"google_ads,a',
    /list\.csv:2:1 isn't CSV \(quote not closed\)/,
  ],
  ['an unknown column', 'service,shcema\ngoogle_ads,a', /list\.csv:1:9, "shcema" .* mean schema/],
  [
    'a problem after a field of two lines',
    'name,service,schema\n"two\nlines",google_ads,a\nthree,google_ads,B',
    /list\.csv:4:18, schema must start/,
  ],
  ['only a header', 'service,schema\n', /list\.csv:1:1 is empty/],
  [
    'config that isn’t YAML',
    'service,schema,config\ngoogle_ads,a,"[1,"',
    /list\.csv:2:14, config can't be read/,
  ],
])('wrong CSV: %s', async (_, csv, message) => {
  const step = await batchStep(
    sandbox,
    'list.csv',
    {},
    { files: { 'list.csv': csv }, dist: false },
  );
  expect(step.exitCode).toBe(1);
  expect(step.annotations.map((one) => one.message).join('\n')).toMatch(message);
  expect(sandbox.requests).toEqual([]);
});

test('a file that isn’t UTF-8', async () => {
  const files = { 'list.csv': Buffer.from('service,schema\ngoogle_ads,m\xfcller', 'latin1') };
  const step = await batchStep(sandbox, 'list.csv', {}, { files: files as never });
  expect(step.annotations.at(-1)?.message).toMatch(/^list\.csv:2:13 isn't UTF-8/);
});

test('thousands of wrong entries don’t flood the log', async () => {
  const wrong = Array.from({ length: 3000 }, (_, n) => ({ schema: `Wrong ${n}` }));
  const files = { 'list.json': JSON.stringify(wrong) };
  const step = await batchStep(sandbox, 'list.json', { service: 'google_ads' }, { files });
  expect(step.annotations.length).toBeLessThan(110);
  expect(step.annotations.at(-1)?.message).toContain('2900 more problems');
});

test('what may be a secret isn’t quoted', async () => {
  const step = await batchStep(sandbox, '- schema: a\n  config: {password: hunter22, x: [}', {
    service: 'google_ads',
  });
  expect(step.exitCode).toBe(1);
  expect(step.raw + step.summary + step.resultsFile).not.toContain('hunter22');
});

test('connection-id as an input goes with no list, nor does another operation', async () => {
  const twice = await batchStep(sandbox, '- schema: a', { 'connection-id': 'x' });
  expect(twice.log).toContain("connection-id can't be combined with requests");
  const onboard = await batchStep(sandbox, '- schema: a', {
    operation: 'onboard',
    'github-token': 'x',
  });
  expect(onboard.log).toContain('requests is for operation: link');
});
