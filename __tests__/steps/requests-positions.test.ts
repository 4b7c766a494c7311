import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { batchStep } from '../support/batch.ts';

// The input requests: what entries share with the inputs and with one another, and how that is told.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => {
  sandbox.requests.length = 0;
  for (const { id } of [...sandbox.connections]) sandbox.removeConnection(id);
});
afterAll(() => sandbox.close());

/** A file of this repository that is no list. */
const OUTSIDE = fileURLToPath(new URL('../../package.json', import.meta.url));

const said = ({ annotations }: Awaited<ReturnType<typeof batchStep>>) =>
  annotations.map(({ message }) => message);

test('what is wrong with an input is said of the input, once', async () => {
  const step = await batchStep(sandbox, '- schema: a\n- schema: b', {
    service: 'google_ads',
    'redirect-uri': 'example.com',
    settings: 'run_setup_tests: true',
  });
  expect(said(step)).toEqual([
    expect.stringMatching(/^redirect-uri must be .*\(bad-redirect-uri\)$/),
    expect.stringMatching(/^settings\.run_setup_tests can't be set here.*\(invalid-input\)$/),
  ]);
  expect(sandbox.requests).toEqual([]);
});

test('what all entries lack is said once, with how many they are', async () => {
  const step = await batchStep(sandbox, '- schema: a\n- schema: b\n- schema: c');
  expect(said(step)).toEqual([
    expect.stringMatching(
      /^requests:1:3, service is missing\. The same applies to 2 entries after/,
    ),
  ]);
});

test('an unusual service is pointed out once', async () => {
  const step = await batchStep(sandbox, '- schema: a\n- schema: b', { service: 'adwords' });
  const warnings = step.annotations.filter(({ level }) => level === 'warning');
  expect(warnings).toMatchObject([
    { message: expect.stringMatching(/^requests:1:3, service: adwords is a retired name/) },
  ]);
});

test('lines are counted from the first, blank or not', async () => {
  const step = await batchStep(sandbox, '\n\n    - schema: A\n    - schema: b\n', {
    service: 'google_ads',
  });
  expect(said(step)).toEqual([expect.stringMatching(/^requests:3:15, schema must start/)]);
});

test('semicolons and empty rows, as spreadsheets write them', async () => {
  const csv = '\uFEFFname;service;schema;config\r\nÄrzte;google_ads;acme;a: "1;2"\r\n;;;\r\n\r\n';
  const quoted = csv.replace('a: "1;2"', '"a: ""1;2"""');
  const step = await batchStep(sandbox, 'list.csv', {}, { files: { 'list.csv': quoted } });
  expect(step.results).toMatchObject([{ name: 'Ärzte', schema: 'acme', outcome: 'linked' }]);
  expect(sandbox.connections[0]?.config).toMatchObject({ a: '1;2' });
});

test.each([
  ['no header', 'google_ads,acme\n', /^list\.csv:1:1 has no header row/],
  ['a column twice', 'schema,service,schema\n', /^list\.csv:1:16, schema is a column already/],
  [
    'no column that is known',
    'E-Mail,Owner\na@b.c,Nina\n',
    /^list\.csv:1:1 has no header row: none of its columns is known/,
  ],
  [
    'a column twice, in another case',
    'schema,service,SCHEMA\n',
    /^list\.csv:1:16, schema is a col/,
  ],
  ['an own column twice', 'schema,Owner,Owner\n', /^list\.csv:1:14, "Owner" is a column already/],
  [
    'a value without a column',
    'service,schema,\ngoogle_ads,a,x',
    /^list\.csv:2:14 is in a column w/,
  ],
  ['a bare quote', 'service,schema\ngoogle_ads,a"b\n', /^list\.csv:2:12 isn't CSV \(invalid/],
])('CSV with %s', async (_, csv, message) => {
  const step = await batchStep(
    sandbox,
    'list.csv',
    {},
    { files: { 'list.csv': csv }, dist: false },
  );
  expect(said(step)[0]).toMatch(message);
  expect(sandbox.requests).toEqual([]);
});

test('one message says that no column is known, whatever the rows have', async () => {
  const step = await batchStep(sandbox, 'l.csv', {}, { files: { 'l.csv': 'a,b\n1\n2,3,4\n' } });
  expect(said(step)).toHaveLength(1);
});

test('a text that is neither a list nor a path', async () => {
  const step = await batchStep(sandbox, 'customers.txt');
  expect(said(step)).toEqual([
    expect.stringMatching(/^requests:1:1 isn't a list.*path of a \.yml/),
  ]);
});

test('a table from the inputs counts only where the service has one', async () => {
  const step = await batchStep(
    sandbox,
    '- {service: google_sheets, schema: a}\n- {service: google_ads, schema: b}',
    { table: 'leads' },
  );
  expect(step.results).toMatchObject([
    { connection_name: 'a.leads', outcome: 'linked' },
    { connection_name: 'b', outcome: 'linked' },
  ]);
});

test('an entry with a connection-id is in the group of its connection', async () => {
  const { id } = sandbox.addConnection({
    groupId: 'other_group',
    service: 's3',
    schema: 'old.files',
  });
  const step = await batchStep(sandbox, [{ 'connection-id': id }, { schema: 'new' }], {
    service: 'google_ads',
    config: 'a: b',
  });
  expect(step.results).toMatchObject([
    { connection_id: id, group_id: 'other_group', service: 's3', outcome: 'linked' },
    { group_id: 'acme_group', outcome: 'linked' },
  ]);
});

test('numbers stay as they are written, and one entry may repeat another by an alias', async () => {
  const list = '- &one {name: 0012, schema: a}\n- {name: 1e3, schema: b}\n- *one\n';
  const step = await batchStep(sandbox, list, { service: 'google_ads' });
  expect(said(step)).toEqual([
    expect.stringMatching(/^requests:3:3 has the same connection as line 1/),
    expect.stringMatching(/^requests:3:3 has the same name as line 1/),
  ]);
  const right = await batchStep(
    sandbox,
    list.replace('- *one\n', ''),
    { service: 'google_ads' },
    { dist: false },
  );
  expect(right.results.map(({ name }) => name)).toEqual(['0012', '1e3']);
});

test('warnings are shown beside errors', async () => {
  const step = await batchStep(sandbox, '- {service: adwords, schema: a}\n- {service: stripe}');
  expect(step.annotations.map(({ level }) => level)).toEqual(['warning', 'error']);
});

test('a warning about a file is shown beside its line', async () => {
  const files = { 'list.yml': '- schema: a\n- {service: adwords, schema: b}\n' };
  const step = await batchStep(sandbox, 'list.yml', { service: 'google_ads' }, { files });
  expect(step.annotations[0]).toMatchObject({
    level: 'warning',
    message: expect.stringMatching(/^list\.yml:2:3, /),
    file: 'list.yml',
    line: 2,
    col: 3,
  });
});

test('a file’s name reaches GitHub as it is', async () => {
  const name = 'EU, 100%: customers.csv';
  const files = { [name]: 'service,schema\ngoogle_ads,A\n' };
  const [error] = (await batchStep(sandbox, name, {}, { files })).annotations;
  expect(error).toMatchObject({ file: name, line: 2, col: 12 });
});

test.each([
  ['a list in the workflow', '- schema: A'],
  ['a file that doesn’t exist', 'nothing.csv'],
  ['a file outside of the workspace', OUTSIDE],
])('%s isn’t shown beside a line', async (_, requests) => {
  const step = await batchStep(sandbox, requests, { service: 'google_ads' }, { dist: false });
  expect(step.annotations[0]?.message).toContain('(bad-requests)');
  expect(step.annotations[0]).not.toHaveProperty('file');
});

test('{service} in a schema stands for the connector type of each entry', async () => {
  const list = '- service: google_ads\n- {service: stripe, schema: "own_{service}"}';
  const step = await batchStep(sandbox, list, { schema: 'acme_{service}' });
  expect(step.results).toMatchObject([
    { schema: 'acme_google_ads', outcome: 'linked' },
    { schema: 'own_stripe', outcome: 'linked' },
  ]);
});

test('a list that is wrong sets no value of a single request', async () => {
  const { outputs } = await batchStep(sandbox, '- schema: A', { service: 'google_ads' });
  expect(Object.keys(outputs).sort()).toEqual(['outcome', 'results', 'results-file']);
});
