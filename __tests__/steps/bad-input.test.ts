import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { linkStep, onlyResult } from '../support/step.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => {
  sandbox.requests.length = 0;
});
afterAll(() => sandbox.close());

test.each<[string, Record<string, string>, string, string, RegExp]>([
  ['no key', { 'fivetran-api-key': '' }, 'fivetran-api-key', 'missing-credentials', /fork/],
  [
    'a blank secret',
    { 'fivetran-api-secret': ' ' },
    'fivetran-api-secret',
    'missing-credentials',
    /fork/,
  ],
  [
    'a line break in a key',
    { 'fivetran-api-key': 'a\nb' },
    'fivetran-api-key',
    'missing-credentials',
    /again/,
  ],
  ['no group', { 'group-id': '' }, 'group-id', 'invalid-input', /destination/],
  [
    'a group that leaves the path',
    { 'group-id': '../users' },
    'group-id',
    'invalid-input',
    /destination/,
  ],
  [
    'an operation there is none of',
    { operation: 'delete' },
    'operation',
    'invalid-input',
    /follow-up/,
  ],
  ['too much at a time', { concurrency: '33' }, 'concurrency', 'invalid-input', /1 to 32/],
  ['groups without onboarding', { groups: 'a: b' }, 'groups', 'invalid-input', /onboard/],
  [
    'an issue without a token',
    { 'issue-number': '1', 'github-token': '' },
    'github-token',
    'invalid-input',
    /default/,
  ],
  [
    'onboarding for a connection that exists',
    {
      operation: 'onboard',
      'github-token': 'x',
      service: '',
      schema: '',
      'group-id': 'g',
      'connection-id': 'c',
    },
    'connection-id',
    'invalid-input',
    /issue-number/,
  ],
  [
    'onboarding with both group-id and groups',
    { operation: 'onboard', 'github-token': 'x', groups: 'Acme: acme_group' },
    'groups',
    'invalid-input',
    /Leave one/,
  ],
  [
    'onboarding with neither',
    { operation: 'onboard', 'github-token': 'x', 'group-id': '' },
    'group-id',
    'invalid-input',
    /groups/,
  ],
  [
    'a group that isn’t an id',
    { operation: 'onboard', 'github-token': 'x', 'group-id': '', groups: 'Acme: ../users' },
    'groups.Acme',
    'invalid-input',
    /the id itself/,
  ],
  [
    'a pattern that is none',
    { operation: 'onboard', 'github-token': 'x', 'schema-pattern': '(' },
    'schema-pattern',
    'invalid-input',
    /JavaScript/,
  ],
  [
    'a redirect that runs, when onboarding',
    { operation: 'onboard', 'github-token': 'x', 'redirect-uri': 'javascript:alert(1)' },
    'redirect-uri',
    'bad-redirect-uri',
    /https/,
  ],
  ['no service', { service: '' }, 'service', 'bad-service', /google_ads/],
  ['a title for a service', { service: 'Google Ads' }, 'service', 'bad-service', /mean google_ads/],
  ['a near miss', { service: 'hubspott' }, 'service', 'bad-service', /Did you mean hubspot\?/],
  [
    'several services for one link',
    { service: 'google_ads, stripe' },
    'service',
    'bad-service',
    /requests for several/,
  ],
  [
    'a line break in the previous secret',
    { 'previous-fivetran-api-secret': 'the-old\none' },
    'previous-fivetran-api-secret',
    'missing-credentials',
    /again/,
  ],
  [
    'another placeholder',
    { schema: 'a_{table}' },
    'schema',
    'invalid-input',
    /letters, digits and underscores/,
  ],
  ['no schema', { schema: '' }, 'schema', 'invalid-input', /schema/],
  ['SQL for a schema', { schema: 'Acme; DROP' }, 'schema', 'invalid-input', /acme_drop/],
  ['upper case', { schema: 'Acme' }, 'schema', 'invalid-input', /For example acme\./],
  ['a table where none belongs', { table: 'x' }, 'table', 'invalid-input', /Leave table out/],
  ['a table missing', { service: 'google_sheets' }, 'table', 'invalid-input', /second half/],
  [
    'a script for a redirect',
    { 'redirect-uri': 'javascript:alert(1)' },
    'redirect-uri',
    'bad-redirect-uri',
    /https/,
  ],
  [
    'half a redirect',
    { 'redirect-uri': 'example.com/x' },
    'redirect-uri',
    'bad-redirect-uri',
    /https/,
  ],
  [
    'plain http',
    { 'fivetran-api-url': 'http://example.com' },
    'fivetran-api-url',
    'invalid-input',
    /https/,
  ],
  [
    'a URL with credentials',
    { 'fivetran-api-url': 'https://a:b@example.com' },
    'fivetran-api-url',
    'invalid-input',
    /https/,
  ],
  ['half a list for config', { config: '[1,2' }, 'config', 'invalid-input', /line 1, column/],
  ['a list for config', { config: '[1,2]' }, 'config', 'invalid-input', /mapping/],
  ['aliases without end', { config: bomb() }, 'config', 'invalid-input', /mapping/],
  [
    'the name in config',
    { config: 'schema: other' },
    'config.schema',
    'invalid-input',
    /input schema/,
  ],
  [
    'the service in settings',
    { settings: 'service: other' },
    'settings.service',
    'invalid-input',
    /input service/,
  ],
  [
    'setup tests',
    { settings: 'run_setup_tests: true' },
    'settings.run_setup_tests',
    'invalid-input',
    /Leave it out/,
  ],
  [
    'trusting certificates',
    { settings: 'trust_certificates: true' },
    'settings.trust_certificates',
    'invalid-input',
    /Leave it out/,
  ],
  [
    'trusting fingerprints',
    { settings: 'trust_fingerprints: true' },
    'settings.trust_fingerprints',
    'invalid-input',
    /Leave it out/,
  ],
  [
    'a card in settings',
    { settings: 'connect_card_config: {}' },
    'settings.connect_card_config',
    'invalid-input',
    /redirect-uri/,
  ],
  ['a word for a boolean', { 'dry-run': 'yes' }, 'dry-run', 'invalid-input', /true or false/],
  [
    'an unknown choice',
    { 'on-existing': 'replace' },
    'on-existing',
    'invalid-input',
    /Use reuse, fail or ignore\./,
  ],
  [
    'an unknown API',
    { 'fivetran-api': 'v2' },
    'fivetran-api',
    'invalid-input',
    /Use connections or connectors\./,
  ],
  ['no time at all', { timeout: '0' }, 'timeout', 'invalid-input', /seconds/],
  ['a negative wait', { 'max-wait': '-1' }, 'max-wait', 'invalid-input', /seconds/],
  [
    'both ways to name it',
    { 'connection-id': 'a_b', service: 'google_ads' },
    'service',
    'invalid-input',
    /connection-id/,
  ],
])('%s', async (_, given, input, code, wayOut) => {
  const step = await linkStep(sandbox, given, { dist: false });
  expect(step.exitCode).toBe(1);
  expect(sandbox.requests).toEqual([]);
  const [annotation, ...more] = step.annotations.filter(({ level }) => level === 'error');
  expect(more).toEqual([]);
  expect(annotation?.message).toMatch(new RegExp(`^${input.replace('.', '\\.')} .*\\(${code}\\)$`));
  expect(annotation?.message).toMatch(wayOut);
  expect(step.outputs.outcome).toBe('failed');
  expect(onlyResult(step).error.code).toBe(code);
  expect(step.summary).toContain(input);
});

test('warnings are shown beside errors', async () => {
  const step = await linkStep(sandbox, { service: 'adwords', schema: 'Acme' });
  expect(step.annotations.map(({ level }) => level)).toEqual(['warning', 'error']);
});

test('all problems are reported at once, and the results say what was asked for', async () => {
  const step = await linkStep(sandbox, {
    'fivetran-api-secret': '',
    'group-id': '',
    service: 'Google Ads',
    schema: 'Acme; DROP',
    'redirect-uri': 'ftp://example.com',
    config: '[1,2',
  });
  expect(step.annotations).toHaveLength(6);
  expect(step.outputs).toMatchObject({ service: 'Google Ads', schema: 'Acme; DROP' });
  expect(sandbox.requests).toEqual([]);
});

describe('what is accepted', () => {
  test('a line break at the end of a key', async () => {
    const step = await linkStep(sandbox, { 'fivetran-api-key': `${sandbox.apiKey}\n` });
    expect(step.outputs.outcome).toBe('linked');
  });

  test('a near miss, with allow-unknown-service', async () => {
    const step = await linkStep(sandbox, { service: 'hubspott', 'allow-unknown-service': 'true' });
    expect(sandbox.requests).not.toEqual([]);
    expect(step.log).toContain('service: hubspott is not known to this version.');
  });

  test('{service} in the schema', async () => {
    const step = await linkStep(sandbox, { schema: 'own_{service}' });
    expect(step.outputs).toMatchObject({ outcome: 'linked', schema: 'own_google_ads' });
  });

  test('the previous secret, which is masked and never sent', async () => {
    const step = await linkStep(sandbox, {
      schema: 'rotated',
      'previous-fivetran-api-secret': 'old-secret-1234',
    });
    expect(step.outputs.outcome).toBe('linked');
    expect(step.raw).toContain('::add-mask::old-secret-1234');
    expect(JSON.stringify(sandbox.requests)).not.toContain('old-secret-1234');
  });

  test('a broken config is reported without its text', async () => {
    const step = await linkStep(sandbox, { config: 'password: "swordfish\nother: x' });
    expect(step.exitCode).toBe(1);
    expect(step.raw + step.summary).not.toContain('swordfish');
  });
});

/** YAML whose aliases multiply tenfold a line. */
function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level++) {
    const tenTimes = Array(10)
      .fill(`*a${level - 1}`)
      .join(', ');
    lines.push(`a${level}: &a${level} [${tenTimes}]`);
  }
  return lines.join('\n');
}
